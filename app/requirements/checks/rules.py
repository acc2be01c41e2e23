"""Rules of single values, and of the parts that terms of queues and of rooms share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from math import isfinite
from typing import Any

from app.errors import Place
from forecasting.errors import InputError
from forecasting.staffing.tables import read_window

Rule = tuple[Callable[[Any], bool], str]
"""Whether a value fits, and what to give."""

MOST_PARTS = 20
"""Rows of one term, such as parts of shrinkage or posts: more than anybody tells apart."""


def number(least: float, most: float, *, above: bool = False) -> Callable[[Any], bool]:
    """Whether a value is a number within these bounds, `above`: not the least itself."""

    def fits(value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
            return False
        return (least < value if above else least <= value) and value <= most

    return fits


def whole(least: int, most: int) -> Rule:
    """The rule of whole numbers within these bounds."""
    fits = number(least, most)
    return (
        lambda value: isinstance(value, int) and fits(value),
        f"Give a whole number, {least} to {most:,}.",
    )


def one_of(known: Collection[str]) -> Rule:
    """The rule of texts of which there are few."""
    return (
        lambda value: isinstance(value, str) and value in known,
        f"Give one of {', '.join(known)}.",
    )


def several(what: str) -> Rule:
    """The rule of lists."""
    return (
        lambda value: isinstance(value, list) and len(value) <= MOST_PARTS,
        f"Give a list of at most {MOST_PARTS} {what}.",
    )


def is_name(value: Any) -> bool:
    """Whether a value is a text that can be shown in a line."""
    return isinstance(value, str) and value.isprintable() and 0 < len(value.strip()) <= 100


def is_flag(value: Any) -> bool:
    """Whether a value is true or false."""
    return isinstance(value, bool)


NAME: Rule = (is_name, "Give 1 to 100 printable characters.")
FLAG: Rule = (is_flag, "Give true or false.")


def known_skill(skills: Collection[str]) -> Rule:
    """The rule of skills that the force has."""
    known = ", ".join(sorted(skills)) or "none yet"
    return (
        lambda value: isinstance(value, str) and value in skills,
        f"The force has no such skill; it has {known}.",
    )


def row_faults(
    where: str, row: Any, rules: Mapping[str, Rule], needed: Collection[str]
) -> Iterator[Place]:
    """What is wrong with one object of a list: no object, fields unknown, missing or unusable."""
    if not isinstance(row, Mapping) or not {*row} <= {*rules} or not {*needed} <= {*row}:
        yield Place(where, f"Give {', '.join(needed)}; known are {', '.join(rules)}.")
        return
    for name, value in row.items():
        fits, words = rules[name]
        if not fits(value):
            yield Place(f"{where}.{name}", words)


def is_window(value: Any) -> bool:
    """Whether a value is hours of the week."""
    try:
        read_window(value, "window")
    except InputError:
        return False
    return True


WINDOW: Rule = (
    is_window,
    'Give start and end such as "22:00", and days such as "fri", one at least.',
)


def part_faults(parts: list[Any]) -> list[Place]:
    """What is wrong with parts of shrinkage, each and together."""
    faults = []
    for index, part in enumerate(parts):
        if not isinstance(part, Mapping) or set(part) != {"name", "share", "in_shift"}:
            faults.append(Place(f"shrinkage[{index}]", "Give name, share and in_shift."))
        elif not is_name(part["name"]):
            faults.append(Place(f"shrinkage[{index}].name", NAME[1]))
        elif not number(0, 0.95)(part["share"]):
            faults.append(Place(f"shrinkage[{index}].share", "Give a share, 0 to 0.95."))
        elif not is_flag(part["in_shift"]):
            faults.append(Place(f"shrinkage[{index}].in_shift", FLAG[1]))
    if faults:
        return faults
    lost = (
        sum(part["share"] for part in parts if part["in_shift"] is in_shift)
        for in_shift in (True, False)
    )
    if max(lost) > 0.95:
        return [Place("shrinkage", "More than 95 % would be lost: give smaller shares.")]
    return []
