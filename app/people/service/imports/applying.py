"""A plan made true, in the transaction of the caller."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar
from uuid import UUID

from app.db.transaction import Transaction
from app.db.types import new_id
from app.people.service.house import create_skill, create_team
from app.people.service.imports.present import Present
from app.people.service.imports.refusals import details
from app.people.store import conditions, history, outside
from app.people.store import officers as store
from app.people.values import (
    Contract,
    HeldSkill,
    Officer,
    OutsideId,
    PastShift,
    Plan,
    Room,
    ShiftState,
    Stated,
    StatedContract,
    StatedId,
    StatedOfficer,
    StatedShift,
    StatedSkill,
    StatedTerm,
    Term,
)

S = TypeVar("S", bound=Stated)

STATES: tuple[ShiftState, ...] = ("published", "worked")


def write(transaction: Transaction, room: Room, mark: int, plan: Plan, now: Present) -> None:
    """Do what the plan says; `mark` is the room's, taken before the plan was made."""
    teams = now.teams | {
        name: create_team(transaction, room.id, name).id for name in plan.new_teams
    }
    skills = now.skills | {
        code: create_skill(transaction, room.force_id, code, code).id for code in plan.new_skills
    }
    ids = _officers(transaction, room, mark, plan, now, teams)
    _skills(transaction, plan, ids, skills)
    _contracts(transaction, plan, ids)
    _terms(transaction, plan, ids)
    _shifts(transaction, plan, ids)
    _identifiers(transaction, room, plan, ids)
    touched = {ids[number] for number in _touched(plan)}
    store.touch(transaction, room.id, touched, mark)


def _officers(
    transaction: Transaction,
    room: Room,
    mark: int,
    plan: Plan,
    now: Present,
    teams: dict[str, UUID],
) -> dict[str, UUID]:
    """Write officers; the ids of all of the room, by number."""
    ids = {number: officer.id for number, officer in now.officers.items()}
    said = list(_after(plan, StatedOfficer))
    changed = [(ids[each.number], details(each, teams)) for each in said if each.number in ids]
    store.change_officers(transaction, room.id, changed)
    new = [
        # The version is 1 when the plan is done: whoever the plan touches grows by one.
        Officer(new_id(), room.id, 0, details(each, teams), mark)
        for each in said
        if each.number not in ids
    ]
    store.add_officers(transaction, room.force_id, new)
    return ids | {each.details.number: each.id for each in new}


def _skills(
    transaction: Transaction, plan: Plan, ids: dict[str, UUID], skills: dict[str, UUID]
) -> None:
    gone, new = (
        [
            (ids[each.number], HeldSkill(skills[each.skill], each.from_day, each.until_day))
            for each in stated
        ]
        for stated in (_before(plan, StatedSkill), _after(plan, StatedSkill))
    )
    conditions.swap_held(transaction, gone, new)


def _contracts(transaction: Transaction, plan: Plan, ids: dict[str, UUID]) -> None:
    gone, new = (
        [
            (ids[each.number], Contract(each.from_day, each.until_day, each.weekly_minutes))
            for each in stated
        ]
        for stated in (_before(plan, StatedContract), _after(plan, StatedContract))
    )
    conditions.swap_contracts(transaction, gone, new)


def _terms(transaction: Transaction, plan: Plan, ids: dict[str, UUID]) -> None:
    gone, new = (
        [
            (
                ids[each.number],
                Term(each.term, each.from_day, each.until_day, each.weekdays, each.value),
            )
            for each in stated
        ]
        for stated in (_before(plan, StatedTerm), _after(plan, StatedTerm))
    )
    conditions.swap_terms(transaction, gone, new)


def _shifts(transaction: Transaction, plan: Plan, ids: dict[str, UUID]) -> None:
    for state in STATES:
        gone, new = (
            [
                PastShift(ids[each.number], each.start, each.end, each.kind, each.code)
                for each in stated
                if each.state == state
            ]
            for stated in (_before(plan, StatedShift), _after(plan, StatedShift))
        )
        history.drop_shifts(transaction, state, gone)
        history.add_shifts(transaction, state, new)


def _identifiers(transaction: Transaction, room: Room, plan: Plan, ids: dict[str, UUID]) -> None:
    gone = [OutsideId(each.system, each.id) for each in _before(plan, StatedId)]
    new = [(OutsideId(each.system, each.id), ids[each.number]) for each in _after(plan, StatedId)]
    outside.swap_officers_ids(transaction, room.force_id, gone, new)


def _touched(plan: Plan) -> set[str]:
    """Numbers of officers of whom anything but a shift becomes otherwise."""
    return {
        side.number
        for kind, changes in plan.changes.items()
        if kind != "shift"
        for change in changes
        for side in (change.before, change.after)
        if side is not None
    }


def _before(plan: Plan, kind: type[S]) -> Iterator[S]:
    """What of one kind is replaced or ended."""
    for changes in plan.changes.values():
        for change in changes:
            if isinstance(change.before, kind):
                yield change.before


def _after(plan: Plan, kind: type[S]) -> Iterator[S]:
    """What of one kind is added or replaces."""
    for changes in plan.changes.values():
        for change in changes:
            if isinstance(change.after, kind):
                yield change.after
