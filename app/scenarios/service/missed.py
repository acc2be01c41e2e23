"""Why past days were missed: what was planned, what came, and what of it made calls late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from app.db.transaction import Reading
from app.demand import service as demand
from app.errors import Conflict, invalid
from app.people import service as people
from app.requirements import service as requirements
from app.rosters import service as rosters
from app.scenarios.series import missed as series
from app.scenarios.series.handling import handling_seconds
from app.scenarios.values.missed import Floats, Missed, PastDay, Told
from app.web.words import count, date_year, listed
from forecasting.calendar import Calendar
from forecasting.errors import InputError
from forecasting.staffing.holders import Answering, answering

MOST_DAYS = 7
"""Days looked at together: a week."""

HOURS_BEFORE = 6
"""Of calls before a day: longer than nearly any call is handled."""

PLANS = 200
"""Requirements looked through for the one that a day was planned by."""

PAGE = 5000
"""Rows read at a time, where so many are given."""

LAST_ID = UUID(int=(1 << 128) - 1)

FIGURES = ("offered", "answered", "handled_seconds", "answered_in_time")


def missed(reading: Reading, room_id: UUID, first_day: date, days: int = 1) -> Missed:
    """Why calls were late or lost on past local days.

    A day's plan is the newest requirement that was worked out before the day began, with its
    forecast; rostered is who was published when it began, worked who came.

    Args:
        reading: the caller's.
        room_id: the control room.
        first_day: local.
        days: how many, a week at most.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: when so many days cannot be looked at.
        Conflict: when none of the days has a plan and counts, saying what is missing.
    """
    if not 1 <= days <= MOST_DAYS:
        raise invalid("days", f"Give 1 to {MOST_DAYS} days.")
    room = people.room(reading, room_id)
    found: list[PastDay] = []
    without: list[str] = []
    for place in range(days):
        try:
            found.append(_past_day(reading, room, first_day + timedelta(days=place)))
        except Conflict as error:
            without.append(error.detail)
        except (OverflowError, InputError):
            raise invalid("first", "Give a day between 1971 and 2198.") from None
    if not found:
        raise Conflict(without[0])
    notes = tuple(dict.fromkeys(note for past in found for note in past.notes))
    queues = series.missed_of(tuple(found), first_day, room.zone)
    return Missed(first_day, days, room.zone, queues, (*without, *notes))


def latest_day(reading: Reading, room_id: UUID) -> date | None:
    """The last local day of which counts of a whole day may be there; None without counts."""
    seen = demand.observed(reading, room_id)
    if not seen:
        return None
    zone = Calendar(people.room(reading, room_id).zone)
    last = max(each.last + timedelta(minutes=each.queue.interval_minutes or 0) for each in seen)
    day = last.date() + timedelta(days=1)
    while zone.midnight(day + timedelta(days=1)) > np.datetime64(last.replace(tzinfo=None), "m"):
        day -= timedelta(days=1)
    return day


def _past_day(reading: Reading, room: people.Room, day: date) -> PastDay:
    """What is kept of a day.

    Raises:
        Conflict: when it has no plan or no counts.
    """
    start, end = (_midnight(day + timedelta(days=each), room.zone) for each in (0, 1))
    plan, notes = _plan(reading, room, day, start)
    values = requirements.expected(reading, plan)
    need = requirements.need(reading, room.id, plan.id)
    step = need.interval_minutes
    first = int((start - need.start) / timedelta(minutes=step))
    size = int((end - start) / timedelta(minutes=step))
    part = slice(first, first + size)
    told = _told(reading, room.id, (start, end), step)
    terms = tuple(each.terms for each in plan.terms)
    known = {each.queue for each in terms} & set(told)
    if not known:
        raise Conflict(f"No counts are kept of {date_year(day)}.")
    notes += list(_told_notes(day, told, [each.queue for each in terms]))
    others = sorted({each.queue for each in terms if each.medium != "calls"})
    if others:
        notes.append(f"{listed(others)} is no queue of calls and is left out.")
    at_posts = {skill: asked[part] for skill, asked in need.at_posts.items()}
    asked = {*need.skills.values(), *at_posts}
    duty, came, more = _people(reading, room, asked, (start, end))
    begin = np.datetime64(start.replace(tzinfo=None), "m")
    rostered, worked = (
        answering(series.present(shifts, begin, step, size), at_posts, terms)
        for shifts in (duty, duty if came is None else came)
    )
    more += _post_notes(rostered)
    local = Calendar(room.zone).local(begin, step, size)
    return PastDay(
        day=day,
        start=begin,
        interval_minutes=step,
        terms=terms,
        forecast={each.queue: values.by_queue[each.queue].mean[part] for each in terms},
        planned_aht={
            each.queue: handling_seconds(each, local, values, part) for each in plan.terms
        },
        need={group: asked[part].astype(np.float64) for group, asked in need.by_set.items()},
        told={queue: each for queue, each in told.items() if queue in known},
        rostered=rostered.by_queues,
        worked=None if came is None else worked.by_queues,
        notes=(*notes, *(words.format(day=date_year(day)) for words in more)),
    )


def _post_notes(rostered: Answering) -> Iterator[str]:
    """Who of those rostered is not counted."""
    if most := round(float(rostered.at_posts.max(initial=0))):
        words = count(most, "person", "people")
        yield f"Up to {words} at posts on {{day}} are not counted: they answer no calls."


def _midnight(day: date, zone: str) -> datetime:
    naive: datetime = Calendar(zone).midnight(day).astype("datetime64[us]").item()
    return naive.replace(tzinfo=UTC)


def _plan(
    reading: Reading, room: people.Room, day: date, start: datetime
) -> tuple[requirements.Requirement, list[str]]:
    """The newest requirement of a day from before it began, else the newest, and what to know."""
    covering = [
        each
        for each in requirements.requirements(reading, room.id, None, PLANS)
        if each.first_day <= day < each.until_day and each.purpose is None
    ]
    if not covering:
        raise Conflict(f"No requirement was worked out for {date_year(day)}.")
    before = next((each for each in covering if each.made_at < start), None)
    if before is not None:
        return before, []
    words = (
        f"No plan was made before {date_year(day)}: one worked out later stands in, from counts "
        f"before {date_year(covering[0].first_day)}."
    )
    return covering[0], [words]


def _told(
    reading: Reading, room_id: UUID, span: tuple[datetime, datetime], step: int
) -> dict[str, Told]:
    """What telephony told of a span and of the hours before, by queue."""
    start, end = span
    since = start - timedelta(hours=HOURS_BEFORE)
    names = {each.id: each.name for each in demand.queues(reading, room_id)}
    before = HOURS_BEFORE * 60 // step
    length = before + int((end - start) / timedelta(minutes=step))
    found: dict[str, dict[str, Floats]] = {}
    after = None
    while True:
        page = demand.intervals(reading, room_id, since=since, until=end, after=after, limit=PAGE)
        for each in page.intervals:
            row = found.setdefault(
                names[each.queue_id], {name: np.full(length, np.nan) for name in FIGURES}
            )
            place = int((each.start - since) / timedelta(minutes=step))
            for name in FIGURES:
                value = getattr(each.figures, name)
                row[name][place] = np.nan if value is None else value
        if page.following is None:
            break
        after = page.following
    cut = {queue: {name: row[name][before:] for name in FIGURES} for queue, row in found.items()}
    return {
        queue: Told(**row, before=found[queue]["offered"][:before])
        for queue, row in cut.items()
        if not np.isnan(row["offered"]).all()
    }


def _told_notes(day: date, told: Mapping[str, Told], queues: list[str]) -> Iterator[str]:
    """What telephony did not tell of a day."""
    absent = [queue for queue in queues if queue not in told]
    if absent:
        yield f"No counts of {listed(absent)} are kept of {date_year(day)}."
    for queue in queues:
        if queue not in told:
            continue
        each = told[queue]
        if gaps := int(np.isnan(each.offered).sum()):
            yield f"{gaps} intervals of {queue} on {date_year(day)} were not counted: left out."
        seen = ~np.isnan(each.offered)
        if np.isnan(each.answered_in_time[seen]).all():
            yield (
                f"The counts of {queue} on {date_year(day)} do not tell how many calls were "
                "answered in time."
            )
        if np.isnan(each.handled_seconds[seen]).all():
            yield (
                f"The counts of {queue} on {date_year(day)} tell no handling times: taken as "
                "planned."
            )


def _people(
    reading: Reading,
    room: people.Room,
    asked: Set[str],
    span: tuple[datetime, datetime],
) -> tuple[list[series.Presence], list[series.Presence] | None, list[str]]:
    """Who was on the roster when a day began, who came, and what to know of both.

    Of what they hold the skills asked for are told.
    """
    reach = people.Span(*span)
    known = {each.id: each.code for each in people.skills(reading, room.force_id)}
    held = people.skills_of(reading, room.id)
    zone = room.zone

    def holds(officer: UUID, start: datetime) -> frozenset[str]:
        day = _local_day(start, zone)
        codes = {
            known[each.skill_id]
            for each in held.get(officer, ())
            if each.from_day <= day and (each.until_day is None or day < each.until_day)
        }
        return frozenset(codes & asked)

    now = [(each.officer_id, each.start, each.end) for each in rosters.published(
        reading, room.id, reach
    )]  # fmt: skip
    then = now if room.as_of is not None else _as_it_stood(reading, room, reach, now)
    notes = []
    if now and not then:
        then = now
        notes.append("No roster was in force when {day} began: the one published later stands in.")
    if not then:
        notes.append("No shifts were published for {day}: nobody counts as rostered.")
    came = people.history(reading, room.id, "worked", reach)
    if not came:
        notes.append("No worked shifts are kept of {day}: everybody rostered counts as there.")
    worked = [(holds(each.officer_id, each.start), each.start, each.end) for each in came]
    duty = [(holds(officer, start), start, end) for officer, start, end in then]
    return duty, worked if came else None, notes


def _local_day(instant: datetime, zone: str) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


Shift = tuple[UUID, datetime, datetime]


def _as_it_stood(
    reading: Reading, room: people.Room, span: people.Span, now: list[Shift]
) -> list[Shift]:
    """Published shifts that touch a span as they stood when it began: later changes taken back."""
    later = [each.number for each in rosters.publications(reading, room.id) if each.at > span.start]
    if not later:
        return now
    day = _local_day(span.start, room.zone)
    first: dict[tuple[UUID, date], rosters.PublishedChange] = {}
    after = rosters.ChangePosition(min(later) - 1, LAST_ID, date.max)
    while changes := rosters.changes(reading, room.id, after, PAGE):
        for each in changes:
            if abs(each.day - day) <= timedelta(days=1):
                first.setdefault((each.officer_id, each.day), each)
        last = changes[-1]
        after = rosters.ChangePosition(last.number, last.officer_id, last.day)
    kept = [shift for shift in now if (shift[0], _local_day(shift[1], room.zone)) not in first]
    undone = [
        (each.officer_id, each.before.start, each.before.end)
        for each in first.values()
        if each.before is not None and each.before.start < span.end and each.before.end > span.start
    ]
    return kept + undone
