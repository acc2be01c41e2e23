"""What a queue asks of its staff: handling, patience, goals, callers, skill, shrinkage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np

from forecasting.errors import InputError, quoted
from forecasting.staffing.callers import CallBack, Redial, Turn
from forecasting.staffing.erlang import ServiceLevel
from forecasting.staffing.goals_at import GoalAt
from forecasting.staffing.needs import Goals
from forecasting.staffing.poisson import Floats
from forecasting.staffing.pots import Pot, check_pots
from forecasting.staffing.shrinkage import (
    ASSUMED_SHRINKAGE,
    ShrinkagePart,
    in_shift_shrinkage,
)
from forecasting.staffing.tables import document, read, read_fields

Medium = Literal["calls", "chats", "backlog"]
"""Calls are answered one at a time, chats several side by side, backlog when there is time."""

Clock = Literal["own", "published"]
"""The room's own clock starts when a call reaches the room, the published one of 999 when the
operator first hands it over."""

Urgency = tuple[int, float, float]

MOST_LATE_CALL_POINTS = 10_000.0
"""A call that weighs as much as a thousand wishes is worth all there can be."""

MOST_RATE_VARIATION = 1.0
"""Beyond this a forecast says nothing: days at twice the level are as usual as days at half."""


@dataclass(frozen=True, slots=True)
class QueueTerms:
    """One queue's terms of staffing.

    Attributes:
        queue: its name; no "+", which joins names of sets.
        aht_seconds: average handling time (talk, hold, wrap-up), > 0.
        patience_seconds: mean time a caller waits before hanging up, > 0; None: nobody hangs up
            (Erlang C).
        share: service goal: least share answered in time, by `definition`.
        within_seconds: service goal: what "in time" means, on the clock that `clock` names.
        definition: which of the four service levels `share` speaks of.
        most_abandonment: most abandoned / offered; None: no such goal.
        most_occupancy: most occupancy; None: no such goal.
        skill: what lets an officer serve the queue; empty: the queue's own name.
        shrinkage: paid time in which nobody answers, in parts.
        minimum: fewest people rostered at any time, open or closed; shrinkage adds nothing to it.
        variation: coefficient of variation of lognormal handling times; None: exponential.
        goals_at: goals of some hours of the local week; the first whose window holds replaces
            the queue's there.
        redial: callers who hang up and call again; None: nobody does.
        turn: callers who hang up and call another queue; None: nobody does.
        call_back: call-backs that are offered; None: none are.
        pots: kinds of callers in order of priority; empty: all are alike.
        medium: calls, chats or backlog. Chats yield to calls, and backlog to both: it is put
            down when they need the person.
        side_by_side: chats that one person holds at once; 1 for calls and backlog.
        deadline_seconds: a piece of backlog is due this long after it came; None for calls and
            chats.
        transfer_seconds: what passes at the operator before the room's own clock starts.
        clock: the clock of `within_seconds` here, in `goals_at` and in `pots`.
        rate_variation: coefficient of variation of a day's level of calls around its forecast.
        late_call_points: what a call answered late or lost weighs in a roster, in points; a
            wish weighs up to 10.

    Raises:
        InputError: a number out of its range, or terms that do not go together.
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
    goals_at: tuple[GoalAt, ...] = ()
    redial: Redial | None = None
    turn: Turn | None = None
    call_back: CallBack | None = None
    pots: tuple[Pot, ...] = ()
    medium: Medium = "calls"
    side_by_side: int = 1
    deadline_seconds: float | None = None
    transfer_seconds: float = 0.0
    clock: Clock = "own"
    rate_variation: float = 0.0
    late_call_points: float = 20.0

    def __post_init__(self) -> None:
        if not self.queue or "+" in self.queue:
            raise InputError(f"{quoted(self.queue)} is no name of a queue: no name, or a + in it.")
        try:
            self._check()
            self._check_medium()
            self._check_goals()
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
        if not 0 <= self.rate_variation <= MOST_RATE_VARIATION:
            raise InputError(
                f"the variation of a day's level must be from 0 to {MOST_RATE_VARIATION:g}, "
                f"not {self.rate_variation:g}."
            )
        if not 0 <= self.late_call_points <= MOST_LATE_CALL_POINTS:
            raise InputError(
                f"a late call must weigh 0 to {MOST_LATE_CALL_POINTS:g} points, "
                f"not {self.late_call_points:g}."
            )
        if self.turn is not None and self.turn.to == self.queue:
            raise InputError("callers cannot turn to the queue that they leave.")
        in_shift_shrinkage(self.shrinkage)
        check_pots(self.pots)

    def _check_medium(self) -> None:
        if self.medium not in get_args(Medium):
            known = ", ".join(get_args(Medium))
            raise InputError(f"unknown medium {quoted(str(self.medium))}: use one of {known}.")
        if self.side_by_side < 1 or self.side_by_side != int(self.side_by_side):
            raise InputError(
                f"chats side by side must be a whole number of 1 or more, not {self.side_by_side}."
            )
        if self.side_by_side > 1 and self.medium != "chats":
            raise InputError(f"only chats are held side by side, not {self.medium}.")
        if (self.deadline_seconds is not None) != (self.medium == "backlog"):
            raise InputError("backlog needs a deadline, and nothing else has one.")
        if self.deadline_seconds is not None and not 0 < self.deadline_seconds < np.inf:
            raise InputError(
                f"the deadline must be above 0 seconds, not {self.deadline_seconds:g}."
            )
        if self.medium != "calls" and (self.call_back or self.pots):
            raise InputError("only callers are called back and sorted into pots.")
        if self.medium == "backlog" and (self.redial or self.turn):
            raise InputError("nobody waits on the line for backlog, so nobody calls again.")

    def _check_goals(self) -> None:
        if self.clock not in get_args(Clock):
            known = ", ".join(get_args(Clock))
            raise InputError(f"unknown clock {quoted(str(self.clock))}: use one of {known}.")
        if not 0 <= self.transfer_seconds < np.inf:
            raise InputError(
                f"the operator's time must be 0 or more seconds, not {self.transfer_seconds:g}."
            )
        _ = self.goals
        for goal in self.goals_at:
            _ = self.during(goal)
        for pot in self.pots:
            _ = self.pot_goals(pot)

    def own_seconds(self, within_seconds: float) -> float:
        """A time on the clock that `clock` names, on the room's own clock, never below 0."""
        if self.clock == "own":
            return within_seconds
        return max(within_seconds - self.transfer_seconds, 0.0)

    @property
    def own_within_seconds(self) -> float:
        """What "in time" means on the room's own clock."""
        return self.own_seconds(self.within_seconds)

    @property
    def goals(self) -> Goals:
        """The queue's own goals, in seconds of the room's own clock."""
        return Goals(
            self.share,
            self.own_within_seconds,
            self.definition,
            self.most_abandonment,
            self.most_occupancy,
        )

    def pot_goals(self, pot: Pot) -> Goals:
        """A pot's goal of service, in seconds of the room's own clock."""
        within = self.within_seconds if pot.within_seconds is None else pot.within_seconds
        share = self.share if pot.goal_share is None else pot.goal_share
        return Goals(share, self.own_seconds(within), self.definition)

    def mean_aht(self, aht: Floats) -> Floats:
        """Handling seconds over all calls where those of the queue are `aht`.

        Pots with a time of their own keep its proportion to the queue's.
        """
        if not self.pots:
            return aht
        own = sum(pot.share * (pot.aht_seconds or self.aht_seconds) for pot in self.pots)
        return aht * (own / self.aht_seconds)

    def during(self, goal: GoalAt) -> QueueTerms:
        """The terms while a goal of some hours holds."""
        return replace(self, goals_at=(), **goal.replaced)  # type: ignore[arg-type]

    @property
    def patience(self) -> float:
        """Patience in seconds, infinite where nobody hangs up."""
        return np.inf if self.patience_seconds is None else self.patience_seconds

    @property
    def urgency(self) -> Urgency:
        """Sorts before every less urgent queue.

        Calls come before chats and those before backlog; then the shorter time on the room's own
        clock, then the higher share.
        """
        return get_args(Medium).index(self.medium), self.own_within_seconds, -self.share

    @property
    def in_shift_shrinkage(self) -> float:
        """Share of rostered time that does not answer calls."""
        return in_shift_shrinkage(self.shrinkage)

    def document(self) -> dict[str, Any]:
        """The terms as plain JSON, which `terms_from_document` takes back."""
        return document(self)


EMERGENCY_NAMES = ("999", "112", "911", "emergency")

ASSUMED_EMERGENCY: Mapping[str, float] = {
    "aht_seconds": 300,
    "patience_seconds": 120,
    "share": 0.9,
    "within_seconds": 10,
    "late_call_points": 100,
}
"""999: 90 % within 10 s is the national target (National Contact Management Strategy, HMICFRS
2023); no source for handling time and patience was found, both are guesses. That a late 999
call weighs as much as five others is a choice, and the force's to make."""

ASSUMED_OTHER: Mapping[str, float] = {
    "aht_seconds": 420,
    "patience_seconds": 180,
    "share": 0.8,
    "within_seconds": 120,
    "late_call_points": 20,
}
"""101 and all else: no national standard exists; 80 % within 2 minutes is one force's target
(North Yorkshire, 2023); handling time and patience are guesses. A late call weighs as much as two
wishes of the most weight, about what a person missing for a quarter hour was assumed to cost."""


def assumed_terms(queue: str) -> QueueTerms:
    """Terms of a queue of which nothing is known but the name: emergency, or any other."""
    return terms_from(queue, {})[0]


def terms_from(queue: str, given: Mapping[str, object]) -> tuple[QueueTerms, tuple[str, ...]]:
    """Terms of a queue from what a force gives, the rest assumed.

    Args:
        queue: the queue's name.
        given: fields of `QueueTerms` by name, nested terms as tables (`tables`).
            `patience_seconds` may be infinite: nobody hangs up.

    Returns:
        The terms, and the names of those fields that are assumed and change the requirement or
        what a shortage costs.

    Raises:
        InputError: an unknown field, or a value of the wrong kind or out of its range.
    """
    place = f"queue {quoted(queue)}"
    values = read_fields(QueueTerms, given, place)
    if "queue" in given:
        raise InputError(f"{place}: its name cannot be one of its own terms.")
    if values.get("patience_seconds") == np.inf:
        values["patience_seconds"] = None
    emergency = any(name in queue.lower() for name in EMERGENCY_NAMES)
    assumed = {**(ASSUMED_EMERGENCY if emergency else ASSUMED_OTHER)}
    missing = tuple(name for name in (*assumed, "shrinkage") if name not in given)
    return QueueTerms(queue=queue, **{**assumed, **values}), missing


def terms_from_document(said: object) -> QueueTerms:
    """The terms that `QueueTerms.document` gave, fields that were added since at their defaults.

    Raises:
        InputError: no such document.
    """
    return read(QueueTerms, said, "terms of a queue")
