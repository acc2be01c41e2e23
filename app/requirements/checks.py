"""What is wrong with the terms of a queue, said before anything is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from math import isfinite
from typing import Any, get_args

from app.errors import InvalidInput, Place
from app.requirements.values import ENDLESS, Given
from forecasting.staffing.erlang import ServiceLevel

DAY = 86_400
"""Seconds; no call is handled, and nobody waits, for longer."""

MOST_PARTS = 20
"""Parts of shrinkage: more than anybody tells apart."""


def _number(least: float, most: float, *, above: bool = False) -> Callable[[Any], bool]:
    """Whether a value is a number within these bounds, `above`: not the least itself."""

    def fits(value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
            return False
        return (least < value if above else least <= value) and value <= most

    return fits


_seconds = _number(0, DAY, above=True)
_NEAR_ONE = 0.9999
"""The highest service goal: nearer to 1 no number of people would do."""

RULES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "aht_seconds": (_seconds, f"Give seconds, above 0 and up to {DAY:,}."),
    "patience_seconds": (
        lambda value: value == ENDLESS or _seconds(value),
        f'Give seconds, above 0 and up to {DAY:,}, or "{ENDLESS}" where nobody hangs up.',
    ),
    "share": (
        _number(0, _NEAR_ONE, above=True),
        f"Give a share above 0 and up to {_NEAR_ONE:g}, such as 0.9 for 90 %.",
    ),
    "within_seconds": (_number(0, DAY), f"Give seconds, 0 to {DAY:,}."),
    "definition": (
        lambda value: value in get_args(ServiceLevel),
        f"Give one of {', '.join(get_args(ServiceLevel))}.",
    ),
    "most_abandonment": (_number(0.001, 1), "Give a share, 0.001 to 1."),
    "most_occupancy": (_number(0.01, 1), "Give a share, 0.01 to 1."),
    "minimum": (
        lambda value: isinstance(value, int) and _number(0, 500)(value),
        "Give whole people, 0 to 500.",
    ),
    "variation": (_number(0.01, 9.9), "Give a coefficient of variation, 0.01 to 9.9."),
    "skill": (lambda value: isinstance(value, str), "Give the code of a skill."),
    "shrinkage": (
        lambda value: isinstance(value, list) and len(value) <= MOST_PARTS,
        f"Give a list of at most {MOST_PARTS} parts.",
    ),
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
        faults += _part_faults(given["shrinkage"])
    if faults:
        raise InvalidInput(faults)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable() and 0 < len(value.strip()) <= 100


def _part_faults(parts: list[Any]) -> list[Place]:
    """What is wrong with parts of shrinkage, each and together."""
    faults = []
    for index, part in enumerate(parts):
        if not isinstance(part, Mapping) or set(part) != {"name", "share", "in_shift"}:
            faults.append(Place(f"shrinkage[{index}]", "Give name, share and in_shift."))
        elif not _is_name(part["name"]):
            faults.append(Place(f"shrinkage[{index}].name", "Give 1 to 100 printable characters."))
        elif not _number(0, 0.95)(part["share"]):
            faults.append(Place(f"shrinkage[{index}].share", "Give a share, 0 to 0.95."))
        elif not isinstance(part["in_shift"], bool):
            faults.append(Place(f"shrinkage[{index}].in_shift", "Give true or false."))
    if faults:
        return faults
    lost = (
        sum(part["share"] for part in parts if part["in_shift"] is in_shift)
        for in_shift in (True, False)
    )
    if max(lost) > 0.95:
        return [Place("shrinkage", "More than 95 % would be lost: give smaller shares.")]
    return []
