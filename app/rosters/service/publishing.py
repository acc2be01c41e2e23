"""Bringing a roster into force: who is told what, and what the officers' wishes came to."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app import clock
from app.db.transaction import Reading, Transaction, unless_taken
from app.errors import Conflict, InvalidInput, Unlawful
from app.people import service as people
from app.preferences import service as preferences
from app.rosters.checks import check_can_change, check_reason
from app.rosters.problem import instant, shifts_of
from app.rosters.service.desk import Opened, is_being_made, open_roster, opened
from app.rosters.service.making import BUSY, away_days, held, written
from app.rosters.service.outcomes import outcomes
from app.rosters.store import publications as store
from app.rosters.values import Duty, Publication, PublishedChange, Roster
from app.web.words import day_words
from rostering.problem import Problem
from rostering.standing import Standing

MONTH = 28
"""Clear days of notice below which a manager says why: a month is good practice (PNB 10/1)."""

Cell = tuple[UUID, date]


@dataclass(frozen=True)
class Preview:
    """What publishing a roster would do.

    Attributes:
        roster: the roster.
        changes: what changes for whom against what is published now.
        told: how many officers something changes for.
        short_notice: how many of them have fewer than 28 clear days of notice.
        breaches: hard breaches in words; it cannot be published with any.
        hindrance: why it cannot be published now, a sentence; empty where it can.
        wishes_met, wishes: how many of how many.
    """

    roster: Roster
    changes: tuple[PublishedChange, ...]
    told: int
    short_notice: int
    breaches: tuple[str, ...]
    hindrance: str
    wishes_met: int
    wishes: int


def preview(reading: Reading, room_id: UUID, roster_id: UUID) -> Preview:
    """What publishing a roster would do; nothing is changed.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    desk = opened(reading, room_id, roster_id)
    room = people.room(reading, room_id)
    now = room.as_of or clock.now()
    changes = _changes(reading, desk, store.next_number(reading, room_id))
    short = {each.officer_id for each in changes if clear_days(room, now, each) < MONTH}
    met = [
        desk.standing.meets(row, wish)
        for row, officer in enumerate(desk.problem.officers)
        for wish in officer.preferences
    ]
    return Preview(
        roster=desk.roster,
        changes=changes,
        told=len({each.officer_id for each in changes}),
        short_notice=len(short),
        breaches=tuple(breach.words for breach in desk.standing.hard),
        hindrance=_hindrance(reading, desk),
        wishes_met=sum(met),
        wishes=len(met),
    )


def clear_days(room: people.Room, told: datetime, change: PublishedChange) -> int:
    """Clear days between being told and a changed duty, by days that start when the force's do.

    Neither the day of telling nor the day of the duty counts.
    """
    duty = change.after or change.before
    zone, ahead = ZoneInfo(room.zone), timedelta(minutes=room.day_start)
    on = (duty.start.astimezone(zone).replace(tzinfo=None) - ahead).date() if duty else change.day
    told_on = (told.astimezone(zone).replace(tzinfo=None) - ahead).date()
    return (on - told_on).days - 1


def _hindrance(reading: Reading, desk: Opened) -> str:
    roster = desk.roster
    if roster.state == "published":
        return "This roster is published."
    try:
        check_can_change(roster)
    except Conflict as error:
        return error.detail
    if is_being_made(reading, roster):
        return BUSY
    if breaches := len(desk.standing.hard):
        places = "one place" if breaches == 1 else f"{breaches} places"
        return f"The roster breaks the rules in {places}."
    return away_words(reading, roster, _cells(desk))


def _cells(desk: Opened) -> Iterator[Cell]:
    """Officer-days on which the roster puts a shift."""
    return ((it.officer_id, it.day) for it in shifts_of(desk.problem, desk.standing.choices))


def away_words(reading: Reading, roster: Roster, cells: Iterable[Cell]) -> str:
    """Which of these shifts of a roster lie on leave or other absence, a sentence; empty: none.

    A roster leaves free whoever was away when it was asked for; absence may be recorded later.
    """
    away = away_days(reading, roster.room_id, roster.first_day, roster.last_day)
    clashes = sorted(
        (day, officer_id) for officer_id, day in cells if day in away.get(officer_id, ())
    )
    if not clashes:
        return ""
    day, officer_id = clashes[0]
    name = people.officer(reading, roster.room_id, officer_id).details.name
    more = f" and {len(clashes) - 1} more like it" if len(clashes) > 1 else ""
    return (
        f"{name} is away on {day_words(day)} and has a shift{more}: make it a rest day, or make "
        "the roster again."
    )


def publish(
    transaction: Transaction, room_id: UUID, roster_id: UUID, version: int, reason: str, by: UUID
) -> Publication:
    """Bring a roster into force on all of its days; the same call twice changes nothing.

    What was published on these days for its officers is replaced, rosters that lie wholly within
    it are superseded, and officers are told what came of their wishes.

    Raises:
        NotFound: when there is no such roster in the room.
        Stale: when it is no longer at that version.
        InvalidInput: when there is no reason.
        Unlawful: when it breaks a hard rule.
        Conflict: when it is put aside or being made, or shifts around it have changed since.
    """
    said = check_reason(reason, needed=True)
    if (again := _published_already(transaction, room_id, roster_id, version)) is not None:
        return again
    desk = open_roster(transaction, held(transaction, room_id, roster_id, version))
    if hindrance := _hindrance(transaction, desk):
        if breaches := [breach.words for breach in desk.standing.hard]:
            raise Unlawful(hindrance, breaches)
        raise Conflict(hindrance)
    number = store.next_number(transaction, room_id)
    changes = _changes(transaction, desk, number)
    _tell(transaction, desk)
    now = clock.now()
    roster = written(
        transaction, desk.roster, state="published", published_by=by, published_at=now, reason=said
    )
    new = Publication(number, roster_id, roster.version, now, by, said, whole=True)
    _add(transaction, room_id, new, changes)
    store.supersede(transaction, room_id, roster)
    came = outcomes(transaction, dataclasses.replace(desk, roster=roster))
    preferences.record_outcomes(transaction, room_id, came)
    return new


def _published_already(
    reading: Reading, room_id: UUID, roster_id: UUID, version: int
) -> Publication | None:
    """The publication that this very call made before, if nothing has happened since."""
    newest = store.newest_of(reading, room_id, roster_id)
    if newest is None or not newest.whole or version not in {newest.version - 1, newest.version}:
        return None
    return newest


def _tell(transaction: Transaction, desk: Opened) -> None:
    """Let the roster's shifts be what is published for its officers on its days."""
    problem = desk.problem
    shifts = [
        people.PastShift(it.officer_id, it.duty.start, it.duty.end, it.duty.kind, it.duty.code)
        for it in shifts_of(problem, desk.standing.choices)
    ]
    whose = [UUID(officer.id) for officer in problem.officers]
    span = _span(problem, 0, problem.days)
    _set(transaction, desk.roster.room_id, whose, span, shifts)


def _set(
    transaction: Transaction,
    room_id: UUID,
    whose: Collection[UUID],
    span: people.Span,
    shifts: list[people.PastShift],
) -> None:
    try:
        people.set_history(transaction, room_id, "published", whose, span, shifts)
    except InvalidInput as error:
        raise Conflict(
            "People or shifts around this roster have changed since it was made, so that it no "
            "longer fits: make it again."
        ) from error


def _add(
    transaction: Transaction, room_id: UUID, new: Publication, changes: Iterable[PublishedChange]
) -> None:
    with unless_taken(transaction, "Another roster was published at this moment: try again."):
        store.add(transaction, room_id, new, changes)


def change_published(
    transaction: Transaction,
    roster: Roster,
    after: Standing,
    cells: Collection[Cell],
    by: UUID,
    reason: str,
) -> Publication:
    """Publish what has become of some officer-days of a published roster.

    Raises:
        Conflict: when a later roster is in force on one of the days, or shifts around it differ.
    """
    _check_in_force(transaction, roster, {day for _, day in cells})
    shifts_kept = {(it.officer_id, it.day) for it in shifts_of(after.problem, after.choices)}
    if hindrance := away_words(transaction, roster, shifts_kept & set(cells)):
        raise Conflict(hindrance)
    desk = Opened(roster, after, ())
    number = store.next_number(transaction, roster.room_id)
    changes = [
        each for each in _changes(transaction, desk, number) if (each.officer_id, each.day) in cells
    ]
    for change in changes:
        column = (change.day - roster.first_day).days
        shifts = [] if change.after is None else [
            people.PastShift(change.officer_id, change.after.start, change.after.end,
                             change.after.kind, change.after.code)]  # fmt: skip
        span = _span(after.problem, column, column + 1)
        _set(transaction, roster.room_id, [change.officer_id], span, shifts)
    new = Publication(number, roster.id, roster.version, clock.now(), by, reason, whole=False)
    _add(transaction, roster.room_id, new, changes)
    came = outcomes(transaction, desk, {officer for officer, _ in cells})
    preferences.record_outcomes(transaction, roster.room_id, came)
    return new


def _check_in_force(reading: Reading, roster: Roster, days: Collection[date]) -> None:
    for _, first, length in store.later_wholes(reading, roster.room_id, roster.id):
        if any(0 <= (day - first).days < length for day in days):
            raise Conflict("A later roster is in force on one of these days: change that one.")


# --- what changes -------------------------------------------------------------------------------


def _changes(reading: Reading, desk: Opened, number: int) -> tuple[PublishedChange, ...]:
    """Officer-days of the roster that differ from what is published, by officer and day."""
    problem = desk.problem
    before = _published(reading, desk)
    after = {(it.officer_id, it.day): it.duty for it in shifts_of(problem, desk.standing.choices)}
    return tuple(
        PublishedChange(number, *cell, before.get(cell), after.get(cell))
        for cell in sorted(before.keys() | after.keys())
        if before.get(cell) != after.get(cell)
    )


def _published(reading: Reading, desk: Opened) -> dict[Cell, Duty]:
    """What is published now for the roster's officers on its days; a split shift is one."""
    problem = desk.problem
    span = _span(problem, 0, problem.days)
    zone = ZoneInfo(problem.zone)
    found: dict[Cell, Duty] = {}
    for shift in people.history(reading, desk.roster.room_id, "published", span):
        cell = (shift.officer_id, shift.start.astimezone(zone).date())
        if shift.start < span.start or str(shift.officer_id) not in problem.officer_index:
            continue
        one = found.get(cell, Duty(shift.code, shift.kind, shift.start, shift.end))
        found[cell] = dataclasses.replace(one, end=max(one.end, shift.end))
    return found


def _span(problem: Problem, first: int, end: int) -> people.Span:
    return people.Span(instant(problem.midnight(first)), instant(problem.midnight(end)))
