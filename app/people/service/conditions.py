"""Skills, contracts and terms of officers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.errors import Conflict, Place
from app.people.checks import contract_faults, day_faults, own_terms, refuse
from app.people.service.earned import earned, skills_to_earn
from app.people.service.house import room, skills
from app.people.service.persons import everyone, officer, touched
from app.people.store import conditions as store
from app.people.values import Contract, HeldSkill, Term


def set_skills(
    transaction: Transaction,
    room_id: UUID,
    officer_id: UUID,
    held: Sequence[HeldSkill],
    version: int | None = None,
) -> None:
    """Let these be the skills of an officer, past and future, if at that version; None takes any.

    Raises:
        NotFound: when there is no such officer in the room.
        Stale: when the officer is no longer at that version.
        InvalidInput: when a skill is not of the force, or is held twice on a day.
    """
    officer(transaction, room_id, officer_id)
    known = {each.id for each in skills(transaction, room(transaction, room_id).force_id)}
    faults = [
        Place(f"skills[{index}].skill_id", "The force has no such skill.")
        for index, each in enumerate(held)
        if each.skill_id not in known
    ]
    for skill_id in {each.skill_id for each in held}:
        faults += day_faults("skills", held, [each.skill_id == skill_id for each in held])
    refuse(faults)
    touched(transaction, room_id, officer_id, version)
    store.set_held(transaction, room_id, officer_id, held)


def set_contracts(
    transaction: Transaction,
    room_id: UUID,
    officer_id: UUID,
    agreed: Sequence[Contract],
    version: int | None = None,
) -> None:
    """Let these be the contracts of an officer, past and future, if at that version.

    Raises:
        NotFound: when there is no such officer in the room.
        Stale: when the officer is no longer at that version; None takes any.
        InvalidInput: when two hold on one day, or the minutes are more than a week has.
    """
    officer(transaction, room_id, officer_id)
    refuse(contract_faults(agreed) + day_faults("contracts", agreed, [True] * len(agreed)))
    touched(transaction, room_id, officer_id, version)
    store.set_contracts(transaction, room_id, officer_id, agreed)


def set_terms(
    transaction: Transaction,
    room_id: UUID,
    officer_id: UUID,
    given: Sequence[Term],
    version: int | None = None,
) -> None:
    """Let these be an officer's own terms, past and future, if at that version.

    Raises:
        NotFound: when there is no such officer in the room.
        Stale: when the officer is no longer at that version; None takes any.
        InvalidInput: when one cannot be read, ends before it begins, or stands twice.
    """
    officer(transaction, room_id, officer_id)
    codes = {each.code for each in skills(transaction, room(transaction, room_id).force_id)}
    own = own_terms(given, codes)
    touched(transaction, room_id, officer_id, version)
    store.set_terms(transaction, room_id, officer_id, own)


def end_opt_out(
    transaction: Transaction, room_id: UUID, officer_id: UUID, told: date, version: int | None
) -> date:
    """End an agreement to work more than the average week, as its officer may at any time.

    Args:
        transaction: the caller's.
        room_id: the control room of the officer.
        officer_id: who ends it.
        told: the day on which they said so; the notice of the agreement runs from it.
        version: of the officer; None takes any.

    Returns:
        the first day on which it no longer holds.

    Raises:
        NotFound: when there is no such officer in the room.
        Stale: when the officer is no longer at that version.
        Conflict: when no agreement holds on that day, or the one that does ends as soon anyway.
    """
    own = terms_of(transaction, room_id, [officer_id]).get(officer_id, ())
    held = next((term for term in own if term.what == "opt_out" and term.holds(told)), None)
    ends = told + timedelta(days=int(held.value)) if held else told
    if held is None or (held.until_day is not None and held.until_day <= ends):
        raise Conflict("No agreement to work more than the average week goes on beyond its notice.")
    ended = [replace(term, until_day=ends) if term == held else term for term in own]
    touched(transaction, room_id, officer_id, version)
    store.set_terms(transaction, room_id, officer_id, ended)
    return ends


def skills_of(
    reading: Reading, room_id: UUID, whose: Collection[UUID] | None = None
) -> dict[UUID, tuple[HeldSkill, ...]]:
    """Skills by officer id, of everyone in the room who holds any; or of some.

    Whoever holds one holds those too that so long a service earns.
    """
    held = store.held_skills(reading, room_id, whose)
    to_earn = skills_to_earn(reading, room_id)
    if not to_earn:
        return held
    started = {each.id: each.details.started for each in everyone(reading, room_id)}
    return {
        officer_id: given + earned(to_earn, given, started[officer_id])
        for officer_id, given in held.items()
    }


def contracts_of(
    reading: Reading, room_id: UUID, whose: Collection[UUID] | None = None
) -> dict[UUID, tuple[Contract, ...]]:
    """Contracts by officer id in order of time, of everyone in the room who has any; or of some."""
    return store.room_contracts(reading, room_id, whose)


def terms_of(
    reading: Reading, room_id: UUID, whose: Collection[UUID] | None = None
) -> dict[UUID, tuple[Term, ...]]:
    """Own terms by officer id in order of time, of everyone in the room who has any; or of some."""
    return store.room_terms(reading, room_id, whose)
