"""Rosters laid out to be looked at and judged: problem, rules and people on duty.

A frozen problem never changes, so it is read once in a process and kept for the rosters that were
looked at last; how a roster stands is worked out anew for the lines that have changed. Which
version that is, is remembered only of what a read-only view saw: a transaction may yet be undone.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from uuid import UUID

from app.db.engine import READ_ONLY
from app.db.transaction import Reading
from app.errors import NotFound
from app.jobs import service as jobs
from app.leave import service as leave
from app.people import service as people
from app.rosters.problem import (
    Away,
    choices_of,
    thaw,
    with_absence,
    with_authorised,
    with_pins,
    without_fixed,
)
from app.rosters.problem.extras import with_extras
from app.rosters.store import authorised, extras
from app.rosters.store import rosters as store
from app.rosters.values import AuthorisedBreach, Pin, Roster
from app.rosters.values.extras import ExtraShift
from rostering.cover_grid import Counting
from rostering.problem import Problem
from rostering.standing import Standing

KEPT = 8
"""Rosters kept in a process: some 10 MB each at 300 people and 28 days."""


@dataclass(frozen=True)
class Opened:
    """A roster laid out.

    Attributes:
        roster: its row.
        standing: its shifts against the rules of its day, the pins among them.
        pins: the officer-days that the solver must keep.
        authorised: the breaches that may stand.
    """

    roster: Roster
    standing: Standing
    pins: tuple[Pin, ...]
    authorised: tuple[AuthorisedBreach, ...]

    @property
    def problem(self) -> Problem:
        """What it was made from."""
        return self.standing.problem


@dataclass(frozen=True)
class _Entry:
    version: int | None
    bare: Problem
    absence: tuple[Away, Away]
    pins: tuple[Pin, ...]
    authorised: tuple[AuthorisedBreach, ...]
    extras: tuple[ExtraShift, ...]
    standing: Standing

    @property
    def said(self) -> tuple[object, ...]:
        """What lies over the frozen problem."""
        return self.absence, self.pins, self.authorised, self.extras


_kept: OrderedDict[UUID, _Entry] = OrderedDict()
_lock = Lock()


def roster(reading: Reading, room_id: UUID, roster_id: UUID, *, hold: bool = False) -> Roster:
    """A roster of a control room; `hold` keeps other writers out until the transaction ends.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = store.roster(reading, room_id, roster_id, hold=hold)
    if found is None:
        raise NotFound("There is no such roster in this control room.")
    return found


def is_being_made(reading: Reading, roster: Roster) -> bool:
    """Whether a search may still change a roster."""
    if roster.stopped is not None:
        return False
    return not jobs.job(reading, roster.room_id, roster.job_id).has_ended


def opened(reading: Reading, room_id: UUID, roster_id: UUID) -> Opened:
    """A roster laid out, in a constant number of queries.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    return open_roster(reading, roster(reading, room_id, roster_id))


def open_roster(reading: Reading, found: Roster) -> Opened:
    """Lay out a roster that was read."""
    with _lock:
        entry = _kept.get(found.id)
    absence = absence_of(reading, found)
    if entry is None or entry.version != found.version or entry.absence != absence:
        entry = _laid_out(reading, found, entry, absence)
    _keep(found.id, entry)
    return Opened(found, entry.standing, entry.pins, entry.authorised)


def _laid_out(
    reading: Reading, found: Roster, before: _Entry | None, absence: tuple[Away, Away]
) -> _Entry:
    """The roster as its rows have it, only what differs from before judged anew."""
    pins = store.pins(reading, found.id)
    cells = store.cells(reading, found.id)
    bare = before.bare if before else _bare(reading, found)
    choices = choices_of(bare, cells)
    allowed = authorised.in_force(reading, found.id)
    more = extras.in_force(reading, found.id)
    said = (absence, pins, allowed, more)
    if before is not None and before.said == said:
        standing = before.standing.moved_to(choices)
    else:
        day_start = people.room(reading, found.room_id).day_start
        problem = with_pins(with_absence(bare, *absence, day_start), pins)
        problem = with_extras(problem, more)
        standing = Standing.of(Counting.of(with_authorised(problem, allowed)), choices)
    is_committed = bool(reading.get_execution_options().get(READ_ONLY))
    return _Entry(found.version if is_committed else None, bare, *said, standing)


def absence_of(reading: Reading, found: Roster) -> tuple[Away, Away]:
    """Days of a roster on which people are away now, and those on which they no longer are.

    The latter are of absence that was taken back, or for which somebody was recalled.
    """
    span = (found.first_day, found.last_day)
    holding = leave.whole_days_of(reading, found.room_id, *span)
    gone = leave.withdrawn_absences(reading, found.room_id, *span)
    back = [(each.officer_id, each.minutes) for each in gone]
    back += [(each.officer_id, each.recalled) for each in (*gone, *holding)]
    return _days([(each.officer_id, each.minutes) for each in holding], *span), _days(back, *span)


def away_days(reading: Reading, room_id: UUID, first: date, last: date) -> Away:
    """By officer id the days from `first` to `last` of absence, and the minutes each counts."""
    holding = leave.whole_days_of(reading, room_id, first, last)
    return _days([(each.officer_id, each.minutes) for each in holding], first, last)


def _days(
    absences: Iterable[tuple[UUID, Mapping[date, int]]], first: date, last: date
) -> dict[UUID, dict[date, int]]:
    found: dict[UUID, dict[date, int]] = defaultdict(dict)
    for officer_id, days in absences:
        for day, minutes in days.items():
            if first <= day <= last:
                found[officer_id][day] = minutes
    return dict(found)


def _bare(reading: Reading, found: Roster) -> Problem:
    return without_fixed(thaw(store.frozen(reading, found.room_id, found.id)))


def _keep(roster_id: UUID, entry: _Entry) -> None:
    with _lock:
        _kept[roster_id] = entry
        _kept.move_to_end(roster_id)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
