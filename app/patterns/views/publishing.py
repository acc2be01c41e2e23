"""Rest days told ahead, in words and as a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.patterns.service import REST, Standing, Told
from app.web.views.month import Month, MonthDay, month_view
from app.web.words import count, date_year, when
from rostering.patterns import FREE, LETTERS


@dataclass(frozen=True)
class StandingView:
    """How far rest days are told.

    Attributes:
        good: how far, and when that was told.
        trouble: which rulebook asks for more, or whose days have changed; "" where all is well.
        sources: per rulebook its title, what it asks, and where the number comes from.
        differs: cells of the table of officers whose days have changed.
        proposed: the end of the month until which every rulebook asks.
    """

    good: str
    trouble: str
    sources: tuple[tuple[str, str], ...]
    differs: tuple[tuple[str, ...], ...]
    proposed: date | None


def standing_view(found: Standing, zone: str) -> StandingView:
    """Lay out how far rest days are told."""
    return StandingView(
        good=_told_until(found, zone),
        trouble=" ".join(_trouble(found)),
        sources=tuple(
            (each.title, f"{each.weeks} weeks ahead, until {date_year(each.until)}. {each.source}.")
            for each in found.due
        ),
        differs=tuple(
            (each.name, str(each.lost), str(each.gained), str(each.kinds)) for each in found.differs
        ),
        proposed=_month_end(max(each.until for each in found.due)) if found.due else None,
    )


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _told_until(found: Standing, zone: str) -> str:
    last_on = f"last on {when(found.latest.at, zone)}" if found.latest else ""
    if found.until:
        return f"Rest days are published until {date_year(found.until)}, {last_on}."
    if found.later:
        first, last = map(date_year, found.later)
        return f"Rest days are published from {first} until {last}, {last_on}; none before."
    return "No rest days are published from today on."


def _trouble(found: Standing) -> Iterator[str]:
    for each in found.due:
        if found.until is None or found.until < each.until:
            yield (
                f"{each.title}: the rule asks for {count(each.weeks, 'week')}, until "
                f"{date_year(each.until)}."
            )
        if each.late:
            yield f"What is told next is told with less than {each.lead_days} days’ notice."
    if found.differs:
        lost = sum(each.lost for each in found.differs)
        people = count(len(found.differs), "person has", "people have")
        yield f"{people} other days now than they were told; {count(lost, 'rest day')} were lost."


@dataclass(frozen=True)
class OwnRestDays:
    """An officer's days as told.

    Attributes:
        good: how far, in a sentence; "" where nothing is told.
        months: the calendar.
    """

    good: str
    months: tuple[Month, ...]


def own_view(told: Mapping[date, Told], today: date, zone: str) -> OwnRestDays:
    """Lay out what an officer was told from today on."""
    if not told:
        return OwnRestDays("", ())
    last = max(told)
    rests = sum(each.letter == REST for each in told.values())
    at = max(each.at for each in told.values())
    days = {day: _month_day(each.letter) for day, each in told.items()}
    months = []
    since = min(told)
    first = since.replace(day=1)
    while first <= last:
        months.append(month_view(first.year, first.month, days, today))
        first = (first + timedelta(days=31)).replace(day=1)
    return OwnRestDays(
        f"{count(rests, 'rest day')}{f' from {date_year(since)}' if since > today else ''} until "
        f"{date_year(last)}, as published on {when(at, zone)}.",
        tuple(months),
    )


def _month_day(letter: str) -> MonthDay:
    if letter == REST:
        return MonthDay("", "rest day")
    if letter == FREE:
        return MonthDay("*", "not settled yet", "plain")
    return MonthDay(letter, f"{LETTERS[letter]} shift")
