"""Bringing a roster into force: who is told what, and what the officers' wishes came to."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from app import clock
from app.db.transaction import Reading, Transaction, unless_taken
from app.errors import Conflict, InvalidInput, Unlawful
from app.people import service as people
from app.rosters.checks import check_can_change, check_reason, check_why
from app.rosters.problem import instant, shifts_of
from app.rosters.service import earning
from app.rosters.service.desk import Opened, is_being_made, open_roster, opened
from app.rosters.service.ground import Judged
from app.rosters.service.making import BUSY, held, written
from app.rosters.service.notice import check_judged, judge, taken_over
from app.rosters.service.outcomes import record_outcomes, unmet
from app.rosters.service.reasons import ask_reasons
from app.rosters.store import publications as store
from app.rosters.values import UNSAID, Duty, Publication, PublishedChange, Roster, Why
from app.web.views.wishes import wishes_met
from rostering.problem import Problem
from rostering.problem import Roster as Lines
from rostering.standing import Standing

MONTH = 28
"""Clear days of notice below which a manager says why: a month is good practice (PNB 10/1)."""

Cell = tuple[UUID, date]


@dataclass(frozen=True)
class Preview:
    """What publishing a roster would do.

    Attributes:
        roster: the roster.
        judged: what changes for whom against what is published now, with notice and price.
        told: how many officers something changes for.
        short_notice: how many of them have fewer than 28 clear days of notice.
        breaches: hard breaches in words; it cannot be published with any.
        hindrance: why it cannot be published now, a sentence; empty where it can.
        wishes_met, wishes: how many of how many.
    """

    roster: Roster
    judged: tuple[Judged, ...]
    told: int
    short_notice: int
    breaches: tuple[str, ...]
    hindrance: str
    wishes_met: int
    wishes: int

    @property
    def changes(self) -> tuple[PublishedChange, ...]:
        """What changes for whom against what is published now."""
        return tuple(each.change for each in self.judged)


def preview(reading: Reading, room_id: UUID, roster_id: UUID) -> Preview:
    """What publishing a roster would do; nothing is changed.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    desk = opened(reading, room_id, roster_id)
    changes = _changes(reading, desk, store.next_number(reading, room_id))
    judged = judge(reading, room_id, changes, UNSAID)
    short = {each.change.officer_id for each in judged if each.due.notice < MONTH}
    met, made = wishes_met(desk.problem, Lines.from_choices(desk.problem, desk.standing.choices))
    return Preview(
        roster=desk.roster,
        judged=judged,
        told=len({each.officer_id for each in changes}),
        short_notice=len(short),
        breaches=tuple(breach.words for breach in desk.standing.hard),
        hindrance=_hindrance(reading, desk),
        wishes_met=met,
        wishes=made,
    )


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
    return ""


def publish(
    transaction: Transaction,
    room_id: UUID,
    roster_id: UUID,
    version: int,
    reason: str,
    by: UUID,
    why: Why = UNSAID,
) -> Publication:
    """Bring a roster into force on all of its days; the same call twice changes nothing.

    What was published on these days for its officers is replaced, rosters that lie wholly within
    it are superseded, and officers are told what came of their wishes.

    Args:
        transaction: the caller's.
        room_id: the control room.
        roster_id: the roster.
        version: of the roster, as the caller saw it.
        reason: why it is published, in words.
        by: the user who does.
        why: why duties change that were published before; needed where there are such.

    Raises:
        NotFound: when there is no such roster in the room.
        Stale: when it is no longer at that version.
        InvalidInput: when there is no reason, or published duties may not change for the one given.
        Unlawful: when it breaks a hard rule.
        Conflict: when it is put aside or being made, or shifts around it have changed since.
    """
    said = check_reason(reason)
    check_why(why, needed=False)
    if (again := _published_already(transaction, room_id, roster_id, version)) is not None:
        return again
    desk = open_roster(transaction, held(transaction, room_id, roster_id, version))
    if hindrance := _hindrance(transaction, desk):
        if breaches := [breach.words for breach in desk.standing.hard]:
            raise Unlawful(hindrance, breaches)
        raise Conflict(hindrance)
    number = store.next_number(transaction, room_id)
    judged = judge(transaction, room_id, _changes(transaction, desk, number), why)
    check_judged(judged, why, "change_reason")
    _tell(transaction, desk)
    now = clock.now()
    roster = written(
        transaction, desk.roster, state="published", published_by=by, published_at=now, reason=said
    )
    changed = why.reason if any(each.is_change for each in judged) else None
    told = people.room(transaction, room_id).now()
    new = Publication(
        number=number,
        roster_id=roster_id,
        version=roster.version,
        at=now,
        by=by,
        reason=said,
        whole=True,
        change_reason=changed,
        told=told,
    )
    _add(transaction, room_id, new, judged)
    store.supersede(transaction, room_id, roster)
    _tell_outcomes(transaction, dataclasses.replace(desk, roster=roster), by)
    return new


def _tell_outcomes(
    transaction: Transaction, desk: Opened, by: UUID, whose: Collection[UUID] | None = None
) -> None:
    """Tell what came of the wishes of everybody, or of some officers; the reasons follow."""
    record_outcomes(transaction, desk, whose)
    if any(True for _ in unmet(transaction, desk, whose)):
        ask_reasons(transaction, desk.roster, by, whose)


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
    transaction: Transaction, room_id: UUID, new: Publication, judged: Iterable[Judged]
) -> None:
    changes, gone = taken_over(transaction, room_id, judged)
    with unless_taken(transaction, "Another roster was published at this moment: try again."):
        store.add(transaction, room_id, new, changes)
    earning.book(transaction, room_id, gone, changes, new.by)


def change_published(
    transaction: Transaction,
    roster: Roster,
    after: Standing,
    cells: Collection[Cell],
    by: UUID,
    why: Why,
) -> Publication:
    """Publish what has become of some officer-days of a published roster.

    Raises:
        InvalidInput: when it may not change for the reason given, or an authority is missing.
        Conflict: when a later roster is in force on one of the days, or shifts around it differ.
    """
    _check_in_force(transaction, roster, {day for _, day in cells})
    desk = Opened(roster, after, (), ())
    number = store.next_number(transaction, roster.room_id)
    changes = [
        each for each in _changes(transaction, desk, number) if (each.officer_id, each.day) in cells
    ]
    judged = judge(transaction, roster.room_id, changes, why)
    check_judged(judged, why, "reason")
    for change in changes:
        column = (change.day - roster.first_day).days
        shifts = [] if change.after is None else [
            people.PastShift(change.officer_id, change.after.start, change.after.end,
                             change.after.kind, change.after.code)]  # fmt: skip
        span = _span(after.problem, column, column + 1)
        _set(transaction, roster.room_id, [change.officer_id], span, shifts)
    new = Publication(
        number=number,
        roster_id=roster.id,
        version=roster.version,
        at=clock.now(),
        by=by,
        reason=why.note,
        whole=False,
        change_reason=why.reason,
        told=people.room(transaction, roster.room_id).now(),
    )
    _add(transaction, roster.room_id, new, judged)
    _tell_outcomes(transaction, desk, by, {officer for officer, _ in cells})
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
