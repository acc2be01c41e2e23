"""Which numbers are law's, and what a force needs before it may go the other way.

A rulebook's own number is the law's where the rule stands here: a force may always be kinder, such
as 12 hours of daily rest in place of 11. To be harder it needs an agreement or a special case that
the law itself provides for, which it must name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rostering.rulebooks import Rulebook
from rostering.rulebooks.refreshment import refreshment, refreshment_minutes
from rostering.rules.base import Rule
from rostering.words import hours_words, listed_words

Side = Literal["least", "most"]
"""Whether the law's number is the least or the most that may be."""

_WTR = (
    "an agreement under reg 23 of the Working Time Regulations 1998, or a special case under "
    "reg 21, with compensatory rest"
)
_ANNEX_E = "an arrangement agreed with the Joint Branch Board under Police Regulations 2003 Annex E"


@dataclass(frozen=True, slots=True)
class Law:
    """What the law says of a rule.

    Attributes:
        needs: what lets a force go the other way, as part of a sentence.
        sides: by number of the rule, whether it is the least or the most; one that is not named
            may be changed freely.
    """

    needs: str
    sides: Mapping[str, Side] = field(default_factory=dict)


LAW: Mapping[str, Law] = {
    "daily_rest": Law(_WTR, {"minutes": "least"}),
    "weekly_rest": Law(_WTR, {"daily_rest_minutes": "least"}),
    "rest_day_interval": Law(_ANNEX_E, {"most": "most"}),
    "special_hazard_nights": Law(_WTR, {"most_minutes": "most"}),
    "average_hours": Law(_WTR, {"most_weekly_minutes": "most", "weeks": "most"}),
    "night_hours": Law(_WTR, {"most_daily_minutes": "most", "weeks": "most"}),
    "rest_days": Law(_ANNEX_E, {"per_week": "least"}),
}
"""By code of a rule; a rule that is not here is guidance or the force's own."""


LEAST_BY_LAW = frozenset({"leave.statutory"})
"""Parts of a rulebook whose numbers are the least by law, which no agreement lowers."""


LONGER_THAN, LEAST_BREAK = 360, 20
"""A break of at least 20 minutes in a working day longer than six hours: WTR reg 12."""


def break_too_short(book: Rulebook) -> str:
    """What the law says against the breaks of a rulebook; "" where they are long enough.

    Raises:
        InputError: when the book says nothing of refreshment, or something that cannot be.
    """
    steps = refreshment(book).steps
    longer = [step.minutes for step in steps if step.from_minutes > LONGER_THAN]
    if min([*longer, refreshment_minutes(book, LONGER_THAN + 1)]) >= LEAST_BREAK:
        return ""
    return (
        f"The law's own is {LEAST_BREAK} minutes in a tour longer than 6 h (Working Time "
        "Regulations 1998 reg 12): it may be more, never less."
    )


def is_law(path: str) -> bool:
    """Whether the numbers of a part of a rulebook may be more but never less."""
    return path in LEAST_BY_LAW


def weaker(rule: Rule, after: Rule) -> str:
    """What a force needs in order to go from a rulebook's rule to another one of the same code.

    Args:
        rule: as the rulebook has it.
        after: as the force would have it.

    Returns:
        What it needs, as part of a sentence; "" where it needs nothing.
    """
    law = LAW.get(rule.code)
    if law is None or not rule.is_hard:
        return ""
    falls = not after.is_hard or any(
        getattr(after, name) < getattr(rule, name)
        if side == "least"
        else getattr(after, name) > getattr(rule, name)
        for name, side in law.sides.items()
    )
    return law.needs if falls else ""


def law_words(rule: Rule) -> str:
    """The law's numbers of a rule that stands in `LAW`, such as `11 h` or `at most 7`."""
    said = [
        _side_words(name, side, getattr(rule, name)) for name, side in LAW[rule.code].sides.items()
    ]
    return listed_words(said) or "that it is always kept"


def _side_words(name: str, side: Side, number: int) -> str:
    if name.endswith("minutes"):
        return hours_words(number) if side == "least" else f"at most {hours_words(number)}"
    words = "" if name == side else f" {name.replace('_', ' ')}"
    return f"at {side} {number}{words}"
