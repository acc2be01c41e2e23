"""A person's own terms: what they cannot do, and until when; never why.

Every term is one thing that holds for some days, on all weekdays or on some. Terms of one kind may
hold side by side: a flexible pattern is a few of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

TermKind = Literal[
    "free",
    "time",
    "kind",
    "shift_hours",
    "week_hours",
    "rest_hours",
    "skill",
    "opt_out",
    "other_job",
    "assessed",
]
"""What a term is about:

- free: a free day of part-time work, which is no rest day;
- time: a time of day that no shift may touch, such as `23:00-06:00`;
- kind: a kind of shift that cannot be worked;
- shift_hours, week_hours: most hours of a shift, and of any seven days;
- rest_hours: least hours between shifts;
- skill: a skill, by its code, for which the person is not to be counted on;
- opt_out: an agreement to work more than 48 hours a week on average; its value is the notice, in
  days, that ends it;
- other_job: hours a week in other jobs;
- assessed: the day of the last health assessment for night work.
"""

TERM_KINDS: tuple[TermKind, ...] = get_args(TermKind)

SHIFT_KINDS = ("early", "day", "late", "night")
"""Kinds of shift that a control room has: a term about another would keep nobody from anything."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

ON_WEEKDAYS: frozenset[TermKind] = frozenset(
    {"free", "time", "kind", "shift_hours", "week_hours", "rest_hours"}
)
"""What may hold on some weekdays alone."""

HOURS: Mapping[TermKind, tuple[int, int]] = {
    "shift_hours": (1, 48),
    "week_hours": (0, 168),
    "rest_hours": (0, 168),
    "other_job": (0, 168),
}
"""Fewest and most hours that a term can say."""

SHORTEST_NOTICE, LONGEST_NOTICE = 7, 92
"""Days: Working Time Regulations 1998 reg 5, seven days where nothing is said, at most three
months."""

_TIMES = re.compile(r"([01]\d|2[0-3]):([0-5]\d) ?- ?([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a person, as `canonical` writes it.

    Attributes:
        weekdays: such as `Mon Tue`; empty means every day.
        value: what it says, in the form of its kind; empty where the kind says all.
    """

    what: TermKind
    from_day: date
    until_day: date | None = None
    weekdays: str = ""
    value: str = ""

    @property
    def weekday_numbers(self) -> frozenset[int]:
        """The weekdays it holds on, Monday 0; none stands for all."""
        return frozenset(map(WEEKDAYS.index, self.weekdays.split()))

    @property
    def minutes(self) -> int:
        """Its hours, as minutes."""
        return int(Decimal(self.value) * 60)

    @property
    def times(self) -> tuple[int, int]:
        """Its time of day: from and until, in minutes after midnight."""
        first, last = self.value.split("-")
        return _minute(first), _minute(last)

    def holds(self, day: date) -> bool:
        """Tell whether it holds on a day, whichever weekday that is."""
        return self.from_day <= day and (self.until_day is None or day < self.until_day)


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def canonical_weekdays(what: TermKind, given: str) -> str:
    """Weekdays in order, such as `Mon Tue`; empty where all are given.

    Raises:
        ValueError: with what to give instead.
    """
    names = {name[:3].title() for name in re.split(r"[ ,;]+", given.strip()) if name}
    if not names <= set(WEEKDAYS):
        raise ValueError("Give weekdays such as Mon Tue, or nothing for every day.")
    if names and what not in ON_WEEKDAYS:
        raise ValueError("This holds on every day: give no weekdays.")
    return "" if len(names) == len(WEEKDAYS) else " ".join(n for n in WEEKDAYS if n in names)


def canonical_value(what: TermKind, given: str) -> str:
    """What a term says in the form that is kept; of skills only the form is looked at.

    Raises:
        ValueError: with what to give instead.
    """
    given = given.strip()
    if what in HOURS:
        return _hours(what, given)
    if what == "time":
        match = _TIMES.fullmatch(given)
        if match is None:
            raise ValueError("Give a time of day such as 23:00-06:00.")
        return f"{match[1]}:{match[2]}-{match[3]}:{match[4]}"
    if what == "opt_out":
        if not (given.isascii() and given.isdecimal() and len(given) < 4):
            given = "0"
        if not SHORTEST_NOTICE <= int(given) <= LONGEST_NOTICE:
            raise ValueError(
                f"Give the days of notice that end it, {SHORTEST_NOTICE} to {LONGEST_NOTICE}."
            )
        return str(int(given))
    if what in {"kind", "skill"}:
        if not given:
            raise ValueError(f"Name the {'kind of shift' if what == 'kind' else 'skill'}.")
        if len(given) > 64 or not given.isprintable():
            raise ValueError("Give 1 to 64 characters on one line.")
        return given
    if given:
        raise ValueError("Nothing is to be said here: leave this empty.")
    return ""


def _hours(what: TermKind, given: str) -> str:
    least, most = HOURS[what]
    wrong = ValueError(f"Give hours such as 7.5, {least} to {most}, in whole quarters.")
    try:
        quarters = Decimal(given) * 4
    except ArithmeticError:
        raise wrong from None
    if not quarters.is_finite() or quarters != quarters.to_integral_value():
        raise wrong
    if not least * 4 <= quarters <= most * 4:
        raise wrong
    return f"{float(quarters / 4):g}"


def term_words(term: Term) -> str:
    """What a term says to people, such as `No shift from 23:00 to 06:00 on Mon Tue`."""
    hours = f"{term.value} {'hour' if term.value == '1' else 'hours'}"
    words = {
        "free": "Free day",
        "time": f"No shift between {term.value.replace('-', ' and ')}",
        "kind": f"No shift of kind {term.value}",
        "shift_hours": f"At most {hours} a shift",
        "week_hours": f"At most {hours} in any 7 days",
        "rest_hours": f"At least {hours} between shifts",
        "skill": f"Not counted on for {term.value}",
        "opt_out": f"Agreed to more than 48 hours a week; {term.value} days' notice ends it",
        "other_job": f"{hours} a week in other jobs",
        "assessed": "Health assessment for night work",
    }[term.what]
    return f"{words} on {term.weekdays}" if term.weekdays else words
