"""Pinning officer-days, as steps of the trail that are undone as any other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.errors import Conflict, Unlawful
from app.rosters.problem import with_pins
from app.rosters.service.desk import Opened, open_roster, opened
from app.rosters.service.making import held_to_change, written
from app.rosters.service.trying import cell_of
from app.rosters.store import rosters as store
from app.rosters.values import Edit, Pin, PinChanged, Roster
from app.web.words import count
from rostering.pins import contradictions


def set_pinned(
    transaction: Transaction,
    room_id: UUID,
    roster_id: UUID,
    version: int,
    cells: Iterable[tuple[UUID, date]],
    by: UUID,
    *,
    pinned: bool,
    kinds: bool = False,
) -> Roster:
    """Pin officer-days as they are, so that hands and the solver keep them, or let them go.

    With `kinds` a shift may still become another one of its kind. It is a step of the trail.

    Raises:
        InvalidInput: when an officer or a day is not of the roster; else as for an edit.
        Unlawful: when the pins cannot all be kept, whatever stands on the other days.
    """
    found = held_to_change(transaction, room_id, roster_id, version)
    desk = open_roster(transaction, found)
    before = {(pin.officer_id, pin.day): pin for pin in desk.pins}
    pins = dict(before)
    touched: dict[tuple[UUID, date], None] = {}
    for officer_id, day in cells:
        shift = desk.standing.shift(*cell_of(desk, officer_id, day, "cells"))
        pins.pop((officer_id, day), None)
        if pinned and shift and kinds:
            pins[officer_id, day] = Pin(officer_id, day, None, shift.kind)
        elif pinned:
            pins[officer_id, day] = Pin(officer_id, day, shift.code if shift else None)
        touched[officer_id, day] = None
    if pinned:
        problem = with_pins(desk.problem, pins.values())
        if broken := list(contradictions(problem, {str(officer) for officer, _ in touched})):
            raise Unlawful(f"These pins cannot all be kept. {broken[0]}", broken)
    changed = tuple(
        PinChanged(*cell, before.get(cell), pins.get(cell))
        for cell in touched
        if before.get(cell) != pins.get(cell)
    )
    if changed:
        store.set_pins(transaction, roster_id, pins.values())
        days = count(len(changed), "day")
        _keep(transaction, desk, changed, by, f"{'Pinned' if pinned else 'Unpinned'}: {days}.")
    return written(transaction, found)


def _keep(
    transaction: Transaction, desk: Opened, changed: tuple[PinChanged, ...], by: UUID, note: str
) -> None:
    trail = store.edits(transaction, desk.roster.id)
    undone = [each.number for each in trail if each.state == "undone"]
    store.mark_edits(transaction, desk.roster.id, undone, "dropped")
    edit = Edit(len(trail) + 1, by, clock.now(), (), None, note, "done", changed)
    store.add_edit(transaction, desk.roster.id, edit)


def pins_after(desk: Opened, step: Edit, *, back: bool) -> dict[tuple[UUID, date], Pin]:
    """The pins of a roster once a step of its trail is taken back, or made again.

    Raises:
        Conflict: when one of the days that the step pinned was pinned otherwise since.
    """
    pins = {(pin.officer_id, pin.day): pin for pin in desk.pins}
    for each in step.pins:
        cell = (each.officer_id, each.day)
        there, then = (each.after, each.before) if back else (each.before, each.after)
        if pins.pop(cell, None) != there:
            raise Conflict("One of these days was pinned otherwise since: unpin it first.")
        if then is not None:
            pins[cell] = then
    return pins


def pin_cells(
    reading: Reading,
    room_id: UUID,
    roster_id: UUID,
    officer_id: UUID,
    day: date,
    reach: Literal["day", "week", "room"],
) -> list[tuple[UUID, date]]:
    """The officer-days that are meant with one: itself, its week from Monday, or everybody's day.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    desk = opened(reading, room_id, roster_id)
    if reach == "room":
        return [(UUID(officer.id), day) for officer in desk.problem.officers]
    if reach == "day":
        return [(officer_id, day)]
    monday = day - timedelta(days=day.weekday())
    week = (monday + timedelta(days=ahead) for ahead in range(7))
    return [(officer_id, each) for each in week if each in desk.roster]
