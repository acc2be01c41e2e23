"""What a queue asks of its staff: handling, patience, goals, skill, shrinkage, least staffing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from forecasting.errors import InputError, quoted
from forecasting.staffing.erlang import ServiceLevel
from forecasting.staffing.needs import Goals
from forecasting.staffing.shrinkage import (
    ASSUMED_SHRINKAGE,
    ShrinkagePart,
    in_shift_shrinkage,
)

Urgency = tuple[float, float]


@dataclass(frozen=True, slots=True)
class QueueTerms:
    """One queue's terms of staffing.

    Attributes:
        queue: its name; no "+", which joins names of sets.
        aht_seconds: average handling time (talk, hold, wrap-up), > 0.
        patience_seconds: mean time a caller waits before hanging up, > 0; None: nobody hangs up
            (Erlang C).
        share: service goal: least share answered in time, by `definition`.
        within_seconds: service goal: what "in time" means.
        definition: which of the four service levels `share` speaks of.
        most_abandonment: most abandoned / offered; None: no such goal.
        most_occupancy: most occupancy; None: no such goal.
        skill: what lets an officer serve the queue; empty: the queue's own name.
        shrinkage: paid time in which nobody answers, in parts.
        minimum: fewest people rostered at any time, open or closed; shrinkage adds nothing to it.
        variation: coefficient of variation of lognormal handling times; None: exponential.

    Raises:
        InputError: a number out of its range.
    """

    queue: str
    aht_seconds: float
    patience_seconds: float | None
    share: float
    within_seconds: float
    definition: ServiceLevel = "answered_in_time_of_offered"
    most_abandonment: float | None = None
    most_occupancy: float | None = None
    skill: str = ""
    shrinkage: tuple[ShrinkagePart, ...] = ASSUMED_SHRINKAGE
    minimum: int = 0
    variation: float | None = None

    def __post_init__(self) -> None:
        if not self.queue or "+" in self.queue:
            raise InputError(f"{quoted(self.queue)} is no name of a queue: no name, or a + in it.")
        try:
            self._check()
        except InputError as error:
            raise InputError(f"queue {quoted(self.queue)}: {error.message}") from None
        if not self.skill:
            object.__setattr__(self, "skill", self.queue)

    def _check(self) -> None:
        if not 0 < self.aht_seconds < np.inf:
            raise InputError(f"the handling time must be above 0, not {self.aht_seconds:g}.")
        if self.patience_seconds is not None and not self.patience_seconds > 0:
            raise InputError(f"patience must be above 0, not {self.patience_seconds:g}.")
        if self.minimum < 0 or self.minimum != int(self.minimum):
            raise InputError(f"the minimum must be a whole number, not {self.minimum}.")
        if self.variation is not None and not 0 < self.variation < 10:
            raise InputError(f"variation must be above 0 and below 10, not {self.variation:g}.")
        in_shift_shrinkage(self.shrinkage)
        _ = self.goals

    @property
    def goals(self) -> Goals:
        """The goals, in seconds."""
        return Goals(
            self.share,
            self.within_seconds,
            self.definition,
            self.most_abandonment,
            self.most_occupancy,
        )

    @property
    def patience(self) -> float:
        """Patience in seconds, infinite where nobody hangs up."""
        return np.inf if self.patience_seconds is None else self.patience_seconds

    @property
    def urgency(self) -> Urgency:
        """Sorts before every less urgent queue: the shorter time first, then the higher share."""
        return self.within_seconds, -self.share

    @property
    def in_shift_shrinkage(self) -> float:
        """Share of rostered time that does not answer calls."""
        return in_shift_shrinkage(self.shrinkage)


EMERGENCY_NAMES = ("999", "112", "911", "emergency")

ASSUMED_EMERGENCY: Mapping[str, float] = {
    "aht_seconds": 300,
    "patience_seconds": 120,
    "share": 0.9,
    "within_seconds": 10,
}
"""999: 90 % within 10 s is the national target (National Contact Management Strategy, HMICFRS
2023); no source for handling time and patience was found, both are guesses."""

ASSUMED_OTHER: Mapping[str, float] = {
    "aht_seconds": 420,
    "patience_seconds": 180,
    "share": 0.8,
    "within_seconds": 120,
}
"""101 and all else: no national standard exists; 80 % within 2 minutes is one force's target
(North Yorkshire, 2023); handling time and patience are guesses."""


def assumed_terms(queue: str) -> QueueTerms:
    """Terms of a queue of which nothing is known but the name: emergency, or any other."""
    return terms_from(queue, {})[0]


def terms_from(queue: str, given: Mapping[str, object]) -> tuple[QueueTerms, tuple[str, ...]]:
    """Terms of a queue from what a force gives, the rest assumed.

    Args:
        queue: the queue's name.
        given: fields of `QueueTerms` by name; `shrinkage` as a list of tables of name, share,
            in_shift. `patience_seconds` may be infinite: nobody hangs up.

    Returns:
        The terms, and the names of those fields that change the requirement and are assumed.

    Raises:
        InputError: an unknown field, or a value of the wrong kind or out of its range.
    """
    known = {field.name for field in fields(QueueTerms)} - {"queue"}
    unknown = sorted(set(given) - known)
    if unknown:
        raise InputError(
            f"queue {quoted(queue)}: unknown field {quoted(unknown[0])}; "
            f"known are {', '.join(sorted(known))}."
        )
    values = {name: _value(queue, name, value) for name, value in given.items()}
    if values.get("patience_seconds") == np.inf:
        values["patience_seconds"] = None
    emergency = any(name in queue.lower() for name in EMERGENCY_NAMES)
    assumed = {**(ASSUMED_EMERGENCY if emergency else ASSUMED_OTHER)}
    missing = tuple(name for name in (*assumed, "shrinkage") if name not in given)
    return QueueTerms(queue=queue, **{**assumed, **values}), missing  # type: ignore[arg-type]


def _value(queue: str, name: str, value: object) -> object:
    """One given value in the type of its field."""
    wrong = InputError(f"queue {quoted(queue)}: {name} cannot be {quoted(repr(value))}.")
    if name == "shrinkage":
        return _parts(value, wrong)
    if name in ("definition", "skill"):
        if not isinstance(value, str):
            raise wrong
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise wrong
    if name == "minimum" and not isinstance(value, int):
        raise wrong
    return value


def _parts(value: object, wrong: InputError) -> tuple[ShrinkagePart, ...]:
    """Shrinkage parts from a list of tables."""
    parts = []
    for table in value if isinstance(value, (list, tuple)) else [None]:
        if isinstance(table, ShrinkagePart):
            parts.append(table)
            continue
        if not isinstance(table, Mapping) or set(table) != {"name", "share", "in_shift"}:
            raise wrong
        name, share, in_shift = table["name"], table["share"], table["in_shift"]
        number = isinstance(share, (int, float)) and not isinstance(share, bool)
        if not (isinstance(name, str) and number and isinstance(in_shift, bool)):
            raise wrong
        parts.append(ShrinkagePart(name, float(share), in_shift))
    return tuple(parts)
