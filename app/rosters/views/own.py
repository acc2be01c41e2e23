"""An officer's own shifts, for a phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.people.service import PastShift
from app.preferences.service import Wish
from app.rosters.service import Duty, Publication, PublishedChange
from app.rosters.views.notices import whole_words
from app.web.shell import Tone
from app.web.views.kinds import kind_of
from app.web.views.month import Month, MonthDay, month_view
from app.web.words import count, day_words, hours
from rostering.notice import REASON_WORDS
from rostering.problem import Shift

WEEKS = 2
"""Weeks that are listed day by day; what follows stands in the calendar."""


@dataclass(frozen=True, slots=True)
class Next:
    """The next shift, or the one that is on."""

    label: str
    soon: str
    letter: str
    times: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: a shift, or days off."""

    top: str
    day: str
    letter: str
    times: str
    words: str
    tag: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class OwnShifts:
    """Everything that the page of one's own shifts shows.

    Attributes:
        coming: the next shift; None when none is published.
        changes: what was changed lately, in words with the reason.
        lines: this week and the next.
        sums: nights and days off of these weeks, in words.
        months: this month and, where it is published, the next.
        until: last day for which a roster is published, in words; "" when none is.
    """

    coming: Next | None
    changes: tuple[str, ...]
    lines: tuple[Line, ...]
    sums: str
    months: tuple[Month, ...]
    until: str


def own_view(
    shifts: Sequence[PastShift],
    changes: Iterable[tuple[PublishedChange, Publication]],
    wishes: Iterable[Wish],
    now: datetime,
    zone: str,
    until: date | None,
) -> OwnShifts:
    """Lay an officer's shifts out; `until` is the last published day."""
    clock = ZoneInfo(zone)
    today = now.astimezone(clock).date()
    by_day = {shift.start.astimezone(clock).date(): shift for shift in shifts}
    came = {wish.day: wish for wish in wishes if wish.outcome is not None}
    coming = next((s for s in shifts if s.end > now), None)
    horizon = min(until or today, today + timedelta(days=7 * WEEKS - 1))
    lines = tuple(_lines(by_day, came, today, horizon, clock)) if until else ()
    return OwnShifts(
        coming=_next(coming, now, clock) if coming else None,
        changes=tuple(_change(change, why, clock) for change, why in changes),
        lines=lines,
        sums=_sums(by_day, today, horizon, clock) if lines else "",
        months=tuple(_months(by_day, today, until, clock)) if until else (),
        until=f"{day_words(until)} {until.year}" if until else "",
    )


def _next(shift: PastShift, now: datetime, clock: ZoneInfo) -> Next:
    start, day = shift.start.astimezone(clock), now.astimezone(clock).date()
    ahead = (start.date() - day).days
    when = "today" if ahead == 0 else "tomorrow" if ahead == 1 else ""
    if shift.start <= now:
        label, soon = "On duty now", f"until {shift.end.astimezone(clock):%H:%M}"
    else:
        label = f"Next shift, {when}" if when else "Next shift"
        soon = f"in {_ahead(shift.start - now)}"
    return Next(
        label, soon, _letter(shift, clock), _times(shift, clock), f"{day_words(start.date())}"
    )


def _ahead(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    if minutes >= 48 * 60:
        return count(minutes // 1440, "day")
    whole, rest = divmod(minutes, 60)
    return " ".join([f"{whole} h"] * bool(whole) + [f"{rest} min"] * bool(rest or not whole))


def _lines(
    by_day: Mapping[date, PastShift],
    came: Mapping[date, Wish],
    first: date,
    last: date,
    clock: ZoneInfo,
) -> Iterable[Line]:
    """A line a shift; days off that follow each other are one."""
    off: list[date] = []
    day = first
    while day <= last:
        shift = by_day.get(day)
        if shift is None:
            off.append(day)
        else:
            if off:
                yield _days_off(off, came)
                off = []
            yield _line(day, shift, came.get(day), clock)
        day += timedelta(days=1)
    if off:
        yield _days_off(off, came)


def _line(day: date, shift: PastShift, wish: Wish | None, clock: ZoneInfo) -> Line:
    end = shift.end.astimezone(clock).date()
    words = f"{hours((shift.end - shift.start) / timedelta(hours=1))} h"
    if end != day:
        words += f" · ends {end:%A}"
    tag, tone = _wish_tag(wish)
    return Line(
        f"{day:%a}", f"{day.day} {day:%b}", _letter(shift, clock), _times(shift, clock), words,
        tag, tone,
    )  # fmt: skip


def _days_off(days: Sequence[date], came: Mapping[date, Wish]) -> Line:
    wish = next((came[day] for day in days if day in came), None)
    tag, tone = _wish_tag(wish)
    first, last = days[0], days[-1]
    if first == last:
        return Line(f"{first:%a}", f"{first.day} {first:%b}", "", "Day off", "", tag, tone)
    top = f"{first:%a}–{last:%a}"
    span = f"{first.day}–{last.day} {last:%b}"
    if first.month != last.month:
        span = f"{first.day} {first:%b} – {last.day} {last:%b}"
    return Line(top, span, "", count(len(days), "day") + " off", "", tag, tone)


def _wish_tag(wish: Wish | None) -> tuple[str, Tone]:
    if wish is None or wish.outcome is None:
        return "", ""
    return ("✓ wish", "ok") if wish.outcome.met else ("wish not met", "short")


def _sums(by_day: Mapping[date, PastShift], first: date, last: date, clock: ZoneInfo) -> str:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    worked = [by_day[day] for day in days if day in by_day]
    nights = sum(_letter(shift, clock) == "N" for shift in worked)
    return f"{count(nights, 'night')}, {count(len(days) - len(worked), 'day')} off"


def _months(
    by_day: Mapping[date, PastShift], today: date, until: date, clock: ZoneInfo
) -> Iterable[Month]:
    """Every month from today's to the last that has published shifts."""
    days = _month_days(by_day, today, until, clock)
    first, last = (each.year * 12 + each.month - 1 for each in (today, max(today, until)))
    for month in range(first, last + 1):
        yield month_view(month // 12, month % 12 + 1, days, today)


def _month_days(
    by_day: Mapping[date, PastShift], today: date, until: date, clock: ZoneInfo
) -> Mapping[date, MonthDay]:
    first = min([today, *by_day])
    days = [first + timedelta(days=n) for n in range((until - first).days + 1)]
    return {
        day: MonthDay(_letter(by_day[day], clock), _times(by_day[day], clock))
        if day in by_day
        else MonthDay("", "day off")
        for day in days
    }


def _change(change: PublishedChange, why: Publication, clock: ZoneInfo) -> str:
    said = f"{day_words(change.day)}: {_duty(change.after, clock)}, not "
    said += f"{_duty(change.before, clock)}."
    because = f"{REASON_WORDS[why.change_reason]}." if why.change_reason else ""
    notice = whole_words(change.notice.due) if change.notice else ""
    return " ".join(filter(None, (said, because, why.reason, notice)))


def _duty(duty: Duty | None, clock: ZoneInfo) -> str:
    if duty is None:
        return "a day off"
    return f"{duty.start.astimezone(clock):%H:%M}–{duty.end.astimezone(clock):%H:%M}"


def _letter(shift: PastShift, clock: ZoneInfo) -> str:
    start = shift.start.astimezone(clock)
    minutes = int((shift.end - shift.start).total_seconds()) // 60
    return kind_of(Shift(shift.code, shift.kind, start.hour * 60 + start.minute, minutes)).letter


def _times(shift: PastShift, clock: ZoneInfo) -> str:
    return f"{shift.start.astimezone(clock):%H:%M}–{shift.end.astimezone(clock):%H:%M}"
