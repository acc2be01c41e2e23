"""The room's day: who is on duty against who is needed, the gaps, and who comes in next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.rosters.service import InForce
from app.web.charts.need_cover import Strip, need_cover_window
from app.web.views.answer import Figure
from app.web.views.kinds import kind_of
from app.web.views.shortfall import RoomCover, Stretch, room_cover
from app.web.words import count, date_year, hours, local, person_hours, signed, time_words

COMING = timedelta(hours=14)
"""How far ahead who comes in is told: past the next night."""

MOST_GAPS = 6


@dataclass(frozen=True, slots=True)
class Desk:
    """One set of queues now: people on duty, needed, and the difference in words and tone."""

    label: str
    on_duty: int
    needed: int
    spare: str
    tone: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which people are missing."""

    size: str
    when: str
    note: str


@dataclass(frozen=True, slots=True)
class Today:
    """The room's day.

    Attributes:
        day: the day in words, with its year.
        hours: from when to when it lasts.
        figures: the strip.
        strips: need and cover of the whole room, and of each set of queues that is short.
        gaps: in order of harm.
        more_gaps: how many more there are.
        desks: each set of queues that is one queue, now.
        coming: time, and who comes in.
        minute, time: the present, as an instant and in words.
        published: whether anybody is published to work.
        needed: whether a requirement covers the day.
    """

    day: str
    hours: str
    figures: tuple[Figure, ...]
    strips: tuple[Strip, ...]
    gaps: tuple[Gap, ...]
    more_gaps: int
    desks: tuple[Desk, ...]
    coming: tuple[tuple[str, str], ...]
    minute: int
    time: str
    published: bool
    needed: bool

    def now_at(self, strip: Strip) -> tuple[float, str] | None:
        """Where the present lies on a strip, in pixels, and its time; None outside of it."""
        share = (self.minute - strip.start) / (strip.count * strip.step)
        if not 0 <= share <= 1:
            return None
        return round(strip.left + share * strip.across_px, 1), self.time

    @property
    def desk_rows(self) -> list[list[str]]:
        """The desks as rows of a table."""
        return [[d.label, str(d.on_duty), str(d.needed), d.spare] for d in self.desks]


def today_view(
    force: InForce,
    gaps: Sequence[Stretch],
    now: datetime,
    day: tuple[datetime, datetime],
    zone: str,
) -> Today:
    """Lay the day out.

    Args:
        force: what is published on the local days that it touches.
        gaps: stretches in which people are missing from now on, in order of harm.
        now: the room's present.
        day: when the force's day begins and ends.
        zone: IANA time zone.
    """
    room = room_cover(force.problem, force.roster)
    minute, window = _minute(now), (_minute(day[0]), _minute(day[1]))
    coming = tuple(_coming(force, now, zone))
    return Today(
        day=date_year(day[0].astimezone(ZoneInfo(zone)).date()),
        hours=f"{day[0].astimezone(ZoneInfo(zone)):%H:%M}",
        figures=_figures(force, room, gaps, minute, coming),
        strips=tuple(_strips(force, room, window)) if room else (),
        gaps=tuple(_gap(each, now, zone) for each in gaps[:MOST_GAPS]),
        more_gaps=max(len(gaps) - MOST_GAPS, 0),
        desks=tuple(_desks(room, minute)) if room else (),
        coming=coming,
        minute=minute,
        time=time_words(minute, zone),
        published=any(force.roster.tours.values()),
        needed=force.is_needed_known,
    )


def _strips(force: InForce, room: RoomCover, window: tuple[int, int]) -> Iterable[Strip]:
    """The whole room first; then single queues that lack people when the room does not."""
    for each in room.sets:
        cover = each.cover
        first = (window[0] - cover.start) // cover.interval_minutes
        last = (window[1] - cover.start) // cover.interval_minutes
        short = each.missing[max(first, 0) : max(last, 0)].any()
        if each.is_whole or (short and len(cover.queues) == 1):
            strip = need_cover_window(
                force.problem,
                cover.start,
                cover.interval_minutes,
                window,
                need=cover.required,
                duty=each.on_duty,
                label=each.label,
            )
            if strip is not None:
                yield strip


def _figures(
    force: InForce,
    room: RoomCover | None,
    gaps: Iterable[Stretch],
    minute: int,
    coming: Sequence[tuple[str, str]],
) -> tuple[Figure, ...]:
    there = sum(
        tour.start <= minute < tour.end
        for officer in force.problem.officers
        for tour in (*officer.history, *force.roster.of(officer))
    )
    found = []
    at = _now_index(room, minute)
    needed = None if room is None or at is None else int(room.needed[at])
    spare = None if needed is None else there - needed
    found.append(
        Figure(
            "On duty now",
            str(there),
            tag="" if spare is None else f"{signed(spare)} of need" if spare else "as needed",
            tone="short" if spare is not None and spare < 0 else "ok" if spare == 0 else "",
            note="" if needed is None else f"needed {needed}",
        )
    )
    missing = sum(gap.hours for gap in gaps)
    worst = max(gaps, key=lambda gap: gap.worst, default=None)
    found.append(
        Figure(
            "Short from now to the end of the day",
            hours(missing) if missing else "nothing",
            tag=f"up to {worst.worst}" if worst else "covered",
            tone="short" if worst else "ok",
            note="person-hours" if missing else "every quarter hour has its people",
        )
    )
    if coming:
        found.append(Figure("Next to come in", coming[0][0], note=coming[0][1]))
    return tuple(found)


def _gap(gap: Stretch, now: datetime, zone: str) -> Gap:
    later = local(gap.start, zone).date() > now.astimezone(ZoneInfo(zone)).date()
    times = f"{time_words(gap.start, zone)} to {time_words(gap.end, zone)}"
    return Gap(
        size=signed(-gap.worst),
        when=f"Tomorrow {times}" if later else times,
        note=person_hours(gap.hours) + (f", on {gap.queues}" if gap.queues else ""),
    )


def _desks(room: RoomCover, minute: int) -> Iterable[Desk]:
    at = _now_index(room, minute)
    if at is None:
        return
    for each in room.sets:
        if len(each.cover.queues) == 1 or each.is_whole:
            there, needed = int(each.on_duty[at]), int(each.cover.required[at])
            spare = there - needed
            tone = "short" if spare < 0 else ""
            yield Desk(each.label, there, needed, signed(spare) if spare else "0", tone)


def _now_index(room: RoomCover | None, minute: int) -> int | None:
    if room is None:
        return None
    index = (minute - room.start) // room.interval_minutes
    return index if 0 <= index < len(room.missing) else None


def _coming(force: InForce, now: datetime, zone: str) -> Iterable[tuple[str, str]]:
    """Starts of shifts in the next hours: the time, and how many of which kind."""
    begin, end = _minute(now), _minute(now + COMING)
    starts: dict[tuple[int, str], int] = defaultdict(int)
    for tours in force.roster.tours.values():
        for tour in tours:
            if begin < tour.start <= end:
                shift = force.problem.shifts[force.problem.shift_index[tour.code]]
                starts[tour.start, kind_of(shift).name] += 1
    for (start, kind), people in sorted(starts.items()):
        yield time_words(start, zone), f"{kind}, {count(people, 'person', 'people')}"


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
