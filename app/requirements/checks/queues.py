"""What is wrong with the terms of a queue, said before anything is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, get_args

from app.errors import InvalidInput, Place
from app.requirements.checks.rules import (
    FLAG,
    Rule,
    number,
    one_of,
    part_faults,
    several,
    whole,
)
from app.requirements.values import ENDLESS, Given
from forecasting.errors import InputError, quoted
from forecasting.staffing.callers import CallBack, Redial, Turn
from forecasting.staffing.erlang import ServiceLevel
from forecasting.staffing.goals_at import GoalAt
from forecasting.staffing.pots import Pot
from forecasting.staffing.tables import read
from forecasting.staffing.terms import MOST_LATE_CALL_POINTS, Clock, Medium

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

DAY = 86_400
"""Seconds; no call is handled, and nobody waits, for longer."""


def _reads(kind: type[DataclassInstance]) -> Callable[[Any], bool]:
    """Whether a value is one of the library's."""
    return lambda value: isinstance(value, Mapping) and not _refusal(kind, value, "")


def _refusal(kind: type[DataclassInstance], value: Any, place: str) -> str:
    """Why the library refuses a value; "" where it does not."""
    try:
        read(kind, value, place)
    except InputError as error:
        words = error.message
        return words[:1].upper() + words[1:]
    return ""


_seconds = number(0, DAY, above=True)
_NEAR_ONE = 0.9999
"""The highest service goal: nearer to 1 no number of people would do."""

RULES: Mapping[str, Rule] = {
    "aht_seconds": (_seconds, f"Give seconds, above 0 and up to {DAY:,}."),
    "patience_seconds": (
        lambda value: value == ENDLESS or _seconds(value),
        f'Give seconds, above 0 and up to {DAY:,}, or "{ENDLESS}" where nobody hangs up.',
    ),
    "share": (
        number(0, _NEAR_ONE, above=True),
        f"Give a share above 0 and up to {_NEAR_ONE:g}, such as 0.9 for 90 %.",
    ),
    "within_seconds": (number(0, DAY), f"Give seconds, 0 to {DAY:,}."),
    "definition": one_of(get_args(ServiceLevel)),
    "most_abandonment": (number(0.001, 1), "Give a share, 0.001 to 1."),
    "most_occupancy": (number(0.01, 1), "Give a share, 0.01 to 1."),
    "minimum": (
        lambda value: isinstance(value, int) and number(0, 500)(value),
        "Give whole people, 0 to 500.",
    ),
    "late_call_points": (
        number(0, MOST_LATE_CALL_POINTS),
        f"Give points, 0 to {MOST_LATE_CALL_POINTS:,.0f}; a wish has up to 10.",
    ),
    "variation": (number(0.01, 9.9), "Give a coefficient of variation, 0.01 to 9.9."),
    "skill": (lambda value: isinstance(value, str), "Give the code of a skill."),
    "shrinkage": several("parts"),
    "aht_by_hour": FLAG,
    "goals_at": several("goals"),
    "redial": (_reads(Redial), "Give the share who call again, 0 to 1, and seconds above 0."),
    "turn": (_reads(Turn), "Give another queue, and the share who turn to it, 0 to 1."),
    "call_back": (
        _reads(CallBack),
        "Give above_seconds of 0 or more, accepted and reached from 0 to 1, attempts of 1 or more.",
    ),
    "pots": several("pots"),
    "medium": one_of(get_args(Medium)),
    "side_by_side": whole(1, 20),
    "deadline_seconds": (number(0, 30 * DAY, above=True), f"Give seconds, up to {30 * DAY:,}."),
    "transfer_seconds": (number(0, DAY), f"Give seconds, 0 to {DAY:,}."),
    "clock": one_of(get_args(Clock)),
    "rate_variation": (number(0, 1), "Give a coefficient of variation, 0 to 1."),
}
"""For every field of a queue's terms: whether a value fits, and what to give."""


def refuse_unusable(given: Given, skills: Collection[str], queues: Collection[str]) -> None:
    """Refuse terms that cannot be used.

    Args:
        given: what the room gives.
        skills: codes of the force's skills.
        queues: names of the room's other queues.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    faults = [
        Place(name, RULES[name][1] if name in RULES else "This is no term of a queue.")
        for name, value in given.items()
        if name not in RULES or not RULES[name][0](value)
    ]
    wrong = {fault.field for fault in faults}
    if "skill" in given and "skill" not in wrong and given["skill"] not in skills:
        known = ", ".join(sorted(skills)) or "none yet"
        faults.append(Place("skill", f"The force has no such skill; it has {known}."))
    if "shrinkage" in given and "shrinkage" not in wrong:
        faults += part_faults(given["shrinkage"])
    for name, kind in (("goals_at", GoalAt), ("pots", Pot)):
        for index, row in enumerate(given.get(name, ()) if name not in wrong else ()):
            if words := _refusal(kind, row, f"row {index + 1}"):
                faults.append(Place(f"{name}[{index}]", words))
    turn = given.get("turn")
    if turn and "turn" not in wrong and turn["to"] not in queues:
        faults.append(Place("turn", f"The room has no other queue {quoted(turn['to'])}."))
    if faults:
        raise InvalidInput(faults)
