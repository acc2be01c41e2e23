"""What a new roster begins with where it goes on from another one: shifts, pins, extra work."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.people import service as people
from app.rosters.checks import check_again, check_like
from app.rosters.problem import choices_of, shifts_of
from app.rosters.service.again import first_to_change, laid_under
from app.rosters.service.desk import open_roster, roster
from app.rosters.store import extras
from app.rosters.store import rosters as store
from app.rosters.values import DayChanged, Edit, Pin, PinChanged, RosterShift, Wanted
from app.rosters.values.extras import ExtraShift
from app.web.words import count
from rostering.allowed import Allowed
from rostering.problem import Problem


@dataclass(frozen=True)
class Beginning:
    """What a roster begins with.

    Attributes:
        problem: what it is made from.
        shifts: where the search begins.
        pins: officer-days to keep.
        extras: extra shifts to keep, each one of `shifts`; their hours lie beyond `problem`.
    """

    problem: Problem
    shifts: tuple[RosterShift, ...] = ()
    pins: tuple[Pin, ...] = ()
    extras: tuple[ExtraShift, ...] = ()


def beginning(reading: Reading, room_id: UUID, wanted: Wanted, problem: Problem) -> Beginning:
    """The problem, with shifts, pins and extra work of the roster that is gone on from.

    What is fixed by now gives way to nothing: the search could not begin from something else.

    Raises:
        NotFound: when there is no such roster in the room.
        InvalidInput, Conflict: when it cannot be gone on from.
    """
    if wanted.like is None:
        return Beginning(problem)
    like = roster(reading, room_id, wanted.like)
    given = [each for each in extras.in_force(reading, like.id) if each.day >= problem.first_day]
    if wanted.least_change:
        check_again(wanted, like, first_to_change(people.room(reading, room_id)))
        desk = open_roster(reading, like)
        return _with_extras(Beginning(*laid_under(reading, problem, desk, given)), given)
    check_like(wanted, like)
    fits = [
        cell
        for cell in store.cells(reading, like.id)
        if str(cell[0]) in problem.officer_index and cell[2] in problem.shift_index
    ]
    pins = tuple(
        pin
        for pin in store.pins(reading, like.id)
        if str(pin.officer_id) in problem.officer_index
        and (pin.code is None or pin.code in problem.shift_index)
    )
    choices = choices_of(problem, fits)
    if any(officer.days for officer in problem.officers):
        choices = Allowed.of(problem).nearest(choices)
    return _with_extras(Beginning(problem, tuple(shifts_of(problem, choices)), pins), given)


def _with_extras(begun: Beginning, given: Iterable[ExtraShift]) -> Beginning:
    """The same with the extra shifts that can stay; they are pinned, since somebody agreed."""
    there = {(each.officer_id, each.day): each.duty.code for each in begun.shifts}
    kept = tuple(each for each in given if there.get((each.officer_id, each.day)) == each.code)
    pins = {(pin.officer_id, pin.day): pin for pin in begun.pins}
    pins |= {(it.officer_id, it.day): Pin(it.officer_id, it.day, it.code) for it in kept}
    return dataclasses.replace(begun, pins=tuple(pins.values()), extras=kept)


def keep_extras(
    transaction: Transaction, roster_id: UUID, begun: Beginning, by: UUID, of: UUID | None
) -> None:
    """Keep the extra shifts that a new roster begins with, as the first step of its trail."""
    if not begun.extras:
        return
    pinned = {(pin.officer_id, pin.day) for pin in store.pins(transaction, of)} if of else set()
    changed = tuple(DayChanged(it.officer_id, it.day, None, it.code) for it in begun.extras)
    pins = tuple(
        PinChanged(it.officer_id, it.day, None, Pin(it.officer_id, it.day, it.code))
        for it in begun.extras
        if (it.officer_id, it.day) not in pinned
    )
    note = f"Extra work kept: {count(len(changed), 'shift')}."
    edit = Edit(1, by, clock.now(), changed, None, note, "done", pins)
    store.add_edit(transaction, roster_id, edit)
    again = [dataclasses.replace(each, id=new_id(), roster_id=roster_id) for each in begun.extras]
    extras.add(transaction, roster_id, 1, again)
