"""A room's calendar in words: when events take place, and what they do to calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID

from app.demand import service as demand
from app.forecasts.service import EventDone, LastEffect
from app.web.charts.hour_effect import HourEffect, hour_effect
from app.web.views.calendar import CalendarMonth, Dated, calendar_month
from app.web.words import MINUS, SPACE, count, date_year, listed, period_words
from forecasting.event_file import WEEKDAYS, clock
from forecasting.events import (
    MINUTES_PER_DAY,
    SHORT_DAYS,
    Event,
    Given,
    LikeLast,
    Stated,
    Yearly,
)

KINDS: Mapping[str, str] = {
    "festive": "Festive day",
    "school": "School holidays",
    "sport": "Sport",
    "festival": "Festival or show",
    "other": "Other",
}
"""What each kind is called."""

NATIONS: Mapping[str, str] = {
    "GB-ENG": "England",
    "GB-WLS": "Wales",
    "GB-SCT": "Scotland",
    "GB-NIR": "Northern Ireland",
}
"""The four nations' codes of public holidays."""

NTHS: Mapping[int, str] = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}

MONTHS_SHOWN = 6

CLEAR = 0.01
"""Share by which the calls of an event must differ for it to be called more or fewer."""

UNEVEN = 0.05
"""The same for the hour in which it is felt most."""

SHRUNK = 0.02
"""Share that must be left out of what came for the effect to be called shrunk."""


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What an event does to one queue: in words, and hour by hour where that is learned."""

    queue: str
    words: str
    chart: HourEffect | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in the list.

    Attributes:
        kind: in words.
        dates: when it recurs, in words.
        hours: at what hours; its queues, where it is not felt in all.
        following: its next day, in words.
        lead: a sentence on its effect as a whole.
        effects: what it does to each queue.
        ended: whether it takes place no more.
    """

    event: demand.RoomEvent
    kind: str
    dates: str
    hours: str
    following: str
    lead: str
    effects: tuple[EffectLine, ...]
    ended: bool


def months(
    first_month: date,
    holidays: Mapping[date, str],
    occurrences: Iterable[demand.Occurrence],
    today: date,
) -> tuple[CalendarMonth, ...]:
    """The months shown, with public holidays and events."""
    dated = [Dated("holiday", day, day, name, "public holiday") for day, name in holidays.items()]
    dated += [
        Dated(
            "long" if (each.last - each.first).days >= SHORT_DAYS else "short",
            each.first,
            each.last,
            each.event.name,
            hours_words(each.event.details.said),
        )
        for each in occurrences
    ]
    shown = [month_after(first_month, number) for number in range(MONTHS_SHOWN)]
    return tuple(calendar_month(month, dated, today) for month in shown)


def month_after(month: date, number: int) -> date:
    """The first day of the month so many months later, or earlier if negative."""
    place = month.year * 12 + month.month - 1 + number
    return date(place // 12, place % 12 + 1, 1)


def answer(
    holidays: Mapping[date, str], occurrences: Sequence[demand.Occurrence], today: date
) -> str:
    """What comes next, in a sentence."""
    coming = [(each.first, each.event.name) for each in occurrences if each.first >= today]
    coming += [(day, name) for day, name in holidays.items() if day >= today]
    if not coming:
        return "Nothing in the calendar in the coming year."
    day = min(day for day, _ in coming)
    names = listed(sorted(name for at, name in coming if at == day))
    now = [each.event.name for each in occurrences if each.first < today <= each.last]
    lead = f"Now: {listed(now)}. " if now else ""
    return f"{lead}Next: {names} on {date_year(day)}."


def rows(
    known: Sequence[demand.RoomEvent],
    last_effects: Mapping[UUID, LastEffect],
    queues: Mapping[UUID, str],
    present: datetime,
) -> tuple[EventRow, ...]:
    """The events with what the last forecast that saw each made of it; ended ones last.

    Args:
        known: the events.
        last_effects: by id of the event.
        queues: names of queues by id.
        present: the room's present, by its own clock.
    """
    laid = [_row(each, last_effects.get(each.id), queues, present) for each in known]
    return tuple(sorted(laid, key=lambda each: (each.ended, each.event.name.casefold())))


def _row(
    event: demand.RoomEvent, last: LastEffect | None, queues: Mapping[UUID, str], present: datetime
) -> EventRow:
    said, today = event.details.said, present.date()
    coming = next(said.spans(today, today + timedelta(days=3 * 366)), None)
    felt = [queues[each] for each in event.details.queue_ids if each in queues]
    hours = hours_words(said) or "all day"
    ended = coming is None and (said.last is not None or isinstance(said.when, Given))
    return EventRow(
        event,
        KINDS[event.details.kind],
        dates_words(said),
        f"{hours}, {listed(sorted(felt))} only" if felt else hours,
        "Takes place no more." if ended else _following(coming, today),
        lead_words(said, last, present.tzinfo),
        () if last is None else _effects(said, last, queues),
        ended,
    )


def _following(coming: tuple[date, date] | None, today: date) -> str:
    if coming is None:
        return "No day in the next three years."
    first, last = coming
    if first <= today:
        return "Today." if last == today else f"Now, until {date_year(last)}."
    return f"Next: {date_year(first) if first == last else period_words(first, last)}."


def dates_words(said: Event) -> str:
    """When an event recurs, such as `Every year on the last Monday of August`."""
    when = said.when
    if isinstance(when, Given):
        return count(len(when.each), "date") + " given"
    month = f"{date(2000, when.month, 1):%B}"
    if isinstance(when, Yearly):
        words = f"Every year on {when.day} {month}"
    else:
        words = f"Every year on the {NTHS[when.nth]} {WEEKDAYS[when.weekday]} of {month}"
    words += f", for {count(when.days, 'day')}" if when.days > 1 else ""
    words += f", since {date_year(said.since)}" if said.since else ""
    return f"{words}, until {date_year(said.last)}" if said.last else words


def hours_words(said: Event) -> str:
    """The hours of an event, such as `17:00 to 01:00`; "" for whole days."""
    if said.minutes == MINUTES_PER_DAY:
        return f"{clock(said.begins)} to the next {clock(said.begins)}" if said.begins else ""
    return f"{clock(said.begins)} to {clock((said.begins + said.minutes) % MINUTES_PER_DAY)}"


def lead_words(said: Event, last: LastEffect | None, zone: tzinfo | None) -> str:
    """How the effect of an event is known, days told by a zone."""
    if isinstance(said.effect, Stated):
        return f"{signed_percent(said.effect.percent / 100)} calls, as stated."
    known = "As it was the last time." if isinstance(said.effect, LikeLast) else "Learned."
    if last is None:
        return f"{known} No forecast has taken it into account yet."
    made = f"the forecast made on {date_year(last.made_at.astimezone(zone).date())}"
    if replace(last.event.said, queues=()) != replace(said, queues=()):
        return f"{known} In {made}, before it was changed:"
    if not last.event.by_queue:
        return f"{known} The model of {made} takes no account of events."
    return f"{known} In {made}:"


def _effects(said: Event, last: LastEffect, queues: Mapping[UUID, str]) -> tuple[EffectLine, ...]:
    """What it did to each queue; one that a person states needs no telling."""
    if isinstance(said.effect, Stated):
        return ()
    told = [(queues[each], done) for each, done in last.event.by_queue.items() if each in queues]
    return tuple(
        EffectLine(queue, effect_words(last.event.said, done), _chart(last.event.said, queue, done))
        for queue, done in sorted(told)
    )


def effect_words(said: Event, done: EventDone) -> str:
    """What an event does to a queue, such as `+38 % calls between 17:00 and 23:00, …`."""
    if isinstance(said.effect, Stated):
        return f"{signed_percent(done.whole - 1)} calls, as stated"
    if not done.seen:
        return "not seen in its counts, so no effect is assumed"
    hours = hours_words(said)
    when = f" between {hours.replace(' to ', ' and ')}" if hours else ""
    words = f"{signed_percent(done.whole - 1)} calls{when}"
    if abs(done.whole - 1) < CLEAR:
        words = f"no more and no fewer calls{when}"
    strongest = max(range(len(done.factors)), key=lambda hour: abs(done.factors[hour] - 1))
    if abs(done.factors[strongest] - done.whole) >= UNEVEN:
        at = clock((said.begins + 60 * strongest) % MINUTES_PER_DAY)
        words += f", most from {at} ({signed_percent(done.factors[strongest] - 1)})"
    words += f"; {_source(said, done)}"
    shown = None if done.shown is None else done.shown - 1
    if shown is not None and abs(shown) - abs(done.whole - 1) >= SHRUNK:
        words += f", shrunk since it is rare: alone they would say {signed_percent(shown)}"
    return words


def _source(said: Event, done: EventDone) -> str:
    if isinstance(said.effect, LikeLast):
        return (
            f"as the last of {count(done.seen, 'time')}" if done.seen > 1 else "as the one before"
        )
    yearly = not isinstance(said.when, Given)
    return f"learned from {count(done.seen, 'year' if yearly else 'time')}"


def _chart(said: Event, queue: str, done: EventDone) -> HourEffect | None:
    """Hour by hour, where the hours differ."""
    if not done.seen or max(done.factors) - min(done.factors) < UNEVEN:
        return None
    shares = [each - 1 for each in done.factors]
    ends = (clock(said.begins), clock((said.begins + said.minutes) % MINUTES_PER_DAY))
    told = ", ".join(
        f"{clock((said.begins + 60 * hour) % MINUTES_PER_DAY)} {signed_percent(share)}"
        for hour, share in enumerate(shares)
    )
    return hour_effect(shares, ends, f"{said.name}, {queue}, calls by hour: {told}.")


def signed_percent(share: float) -> str:
    """A share as per cent with its sign, such as `+38 %`."""
    return f"{share * 100:+.0f}{SPACE}%".replace("-", MINUS).replace("+0", "0")
