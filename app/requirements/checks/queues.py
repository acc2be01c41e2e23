"""What is wrong with the terms of a queue, said before anything is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import get_args

from app.errors import InvalidInput, Place
from app.requirements.checks.rules import Rule, number, part_faults, several
from app.requirements.values import ENDLESS, Given
from forecasting.staffing.erlang import ServiceLevel
from forecasting.staffing.terms import MOST_LATE_CALL_POINTS

DAY = 86_400
"""Seconds; no call is handled, and nobody waits, for longer."""

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
    "definition": (
        lambda value: value in get_args(ServiceLevel),
        f"Give one of {', '.join(get_args(ServiceLevel))}.",
    ),
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
}
"""For every field of a queue's terms: whether a value fits, and what to give."""


def refuse_unusable(given: Given, skills: Collection[str]) -> None:
    """Refuse terms that cannot be used.

    Args:
        given: what the room gives.
        skills: codes of the force's skills.

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
    if faults:
        raise InvalidInput(faults)
