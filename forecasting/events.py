"""Local events and school holidays: entered once, recurring, with an effect learned or stated."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from forecasting.errors import InputError, quoted

MINUTES_PER_DAY = 1440

LONGEST_NAME = 80

MOST_DAYS = 92
"""Days of one occurrence: the longest school holidays there are."""

LARGEST_PERCENT = 1000.0
"""An effect of eleven times the usual calls: more must be a slip of the pen."""

SHORT_DAYS = 3
"""Days up to which an occurrence is left out when the ordinary level is learned. A longer one,
such as a school holiday, is a part of the year, and its level is learned with the season."""

Span: TypeAlias = tuple[dt.date, dt.date]
"""First and last local day of an occurrence."""


@dataclass(frozen=True)
class Yearly:
    """A date of every year, such as 5 November.

    Attributes:
        month: 1 to 12.
        day: Day of the month; 29 February is 28 February in other years.
        days: Local days from that date on.
    """

    month: int
    day: int
    days: int = 1

    def __post_init__(self) -> None:
        if (
            not 1 <= self.month <= 12
            or not 1 <= self.day <= calendar.monthrange(2024, self.month)[1]
        ):
            raise InputError(f"Day {self.day} of month {self.month} does not exist.")
        _check_days(self.days)

    def spans(self, first: dt.date, last: dt.date) -> Iterator[Span]:
        """Occurrences that touch the days from `first` to `last`, in order."""
        for year in range(first.year - 1, last.year + 1):
            day = min(self.day, calendar.monthrange(year, self.month)[1])
            yield from _touching(dt.date(year, self.month, day), self.days, first, last)


@dataclass(frozen=True)
class NthWeekday:
    """A weekday of a month, such as the last Monday of August.

    Attributes:
        month: 1 to 12.
        weekday: 0 = Monday.
        nth: 1 for the first to 4 for the fourth, -1 for the last.
        days: Local days from that date on.
    """

    month: int
    weekday: int
    nth: int
    days: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12 or not 0 <= self.weekday <= 6:
            raise InputError("Give a month from 1 to 12 and a weekday from 0 (Monday) to 6.")
        if self.nth not in {-1, 1, 2, 3, 4}:
            raise InputError("Give the first to the fourth weekday of a month, or -1 for the last.")
        _check_days(self.days)

    def spans(self, first: dt.date, last: dt.date) -> Iterator[Span]:
        """Occurrences that touch the days from `first` to `last`, in order."""
        for year in range(first.year - 1, last.year + 1):
            begins, length = calendar.monthrange(year, self.month)
            earliest = 1 + (self.weekday - begins) % 7
            latest = earliest + 7 * ((length - earliest) // 7)
            day = latest if self.nth == -1 else earliest + 7 * (self.nth - 1)
            yield from _touching(dt.date(year, self.month, day), self.days, first, last)


@dataclass(frozen=True)
class Given:
    """Dates that follow no rule: school holidays, matches.

    Attributes:
        each: First and last local day of each occurrence.
    """

    each: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.each:
            raise InputError("Give at least one date.")
        for begin, end in self.each:
            if end < begin:
                raise InputError(f"An occurrence ends on {end}, before it begins on {begin}.")
            _check_days((end - begin).days + 1)

    def spans(self, first: dt.date, last: dt.date) -> Iterator[Span]:
        """Occurrences that touch the days from `first` to `last`, in order."""
        for begin, end in sorted(self.each):
            if begin <= last and end >= first:
                yield begin, end


When: TypeAlias = Yearly | NthWeekday | Given


@dataclass(frozen=True)
class Learned:
    """The effect is learned by hour from past occurrences, shrunk towards none when rare."""


@dataclass(frozen=True)
class LikeLast:
    """A person says that the next occurrence will be like the last one that was observed."""


@dataclass(frozen=True)
class Stated:
    """A person says how many more calls come.

    Attributes:
        percent: 20 for a fifth more than without the event, -30 for three tenths fewer.
    """

    percent: float

    def __post_init__(self) -> None:
        if not -100 <= self.percent <= LARGEST_PERCENT:
            raise InputError(
                f"An effect of {self.percent:g} % cannot be used; give -100 to {LARGEST_PERCENT:g}."
            )


Effect: TypeAlias = Learned | LikeLast | Stated


@dataclass(frozen=True)
class Event:
    """Something that recurs and changes how many people call.

    Attributes:
        name: What people call it.
        when: Its dates.
        begins: Minute of each of its days at which the effect begins, by the wall clock.
        minutes: Minutes that the effect lasts on each of its days; it may run past midnight.
        effect: Where the effect is taken from.
        since: First day on which it may have begun; None: as long as there are counts.
        last: Last day on which it may begin; None: it goes on.
        queues: Names of the queues in which it is felt; none of them: in all.

    Raises:
        InputError: When the name is empty or too long, the hours do not fit a day, or it ends
            before it began.
    """

    name: str
    when: When
    begins: int = 0
    minutes: int = MINUTES_PER_DAY
    effect: Effect = Learned()
    since: dt.date | None = None
    last: dt.date | None = None
    queues: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > LONGEST_NAME:
            raise InputError(f"An event needs a name of 1 to {LONGEST_NAME} characters.")
        if not 0 <= self.begins < MINUTES_PER_DAY or not 1 <= self.minutes <= MINUTES_PER_DAY:
            raise InputError(
                f"The event {quoted(self.name)} must begin within its day and last up to 24 hours."
            )
        if self.since is not None and self.last is not None and self.last < self.since:
            raise InputError(
                f"The event {quoted(self.name)} ends on {self.last}, before it begins on "
                f"{self.since}."
            )

    def spans(self, first: dt.date, last: dt.date) -> Iterator[Span]:
        """Occurrences that touch the days from `first` to `last`, in order."""
        for begin, end in self.when.spans(first, last):
            if (self.since or begin) <= begin <= (self.last or begin):
                yield begin, end

    @property
    def long(self) -> bool:
        """Whether an occurrence lasts longer than `SHORT_DAYS`."""
        if isinstance(self.when, Given):
            days = max((end - begin).days + 1 for begin, end in self.when.each)
        else:
            days = self.when.days
        return days > SHORT_DAYS

    @property
    def apart(self) -> bool:
        """Whether its hours are left out when the ordinary level is learned."""
        return not (self.long and isinstance(self.effect, Learned))


def _check_days(days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise InputError(f"An occurrence of {days} days cannot be used; give 1 to {MOST_DAYS}.")


def _touching(begin: dt.date, days: int, first: dt.date, last: dt.date) -> Iterator[Span]:
    """The occurrence from `begin` on, if it touches the days from `first` to `last`."""
    end = begin + dt.timedelta(days=days - 1)
    if begin <= last and end >= first:
        yield begin, end
