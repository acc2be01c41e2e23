"""People by files: a plan is shown, and exactly that plan is applied, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import InvalidInput, NotFound, Place, Stale
from app.people.reading import read_files
from app.people.service.house import room, room_mark
from app.people.service.imports.applying import write
from app.people.service.imports.plan import plan_of
from app.people.store import imports as store
from app.people.values import Import, Plan

KEPT = timedelta(days=1)
"""How long files wait to be applied: they are personal data, and a look is done in a sitting."""

MOST_TOLD = 20
"""Refusals that an error repeats; the plan has them all."""


def plan_import(reading: Reading, room_id: UUID, files: Mapping[str, str]) -> Plan:
    """What files of people would do to a room.

    Args:
        reading: the caller's.
        room_id: the control room.
        files: their text by their name.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: when a file is not one of people.
    """
    told = read_files(files, room(reading, room_id).zone)
    return plan_of(reading, room_id, told)[0]


def apply_import(
    transaction: Transaction, room_id: UUID, files: Mapping[str, str], fingerprint: str
) -> Plan:
    """Do what the plan of that fingerprint says, all of it or nothing.

    Raises:
        NotFound: when there is no such room.
        Stale: when the plan would now be another: something changed after it was shown.
        InvalidInput: when a row cannot be used; every refusal says its file, line and column.
    """
    mark = room_mark(transaction, room_id)
    home = room(transaction, room_id)
    plan, now = plan_of(transaction, room_id, read_files(files, home.zone))
    if plan.refused:
        raise InvalidInput(
            Place(f"{each.at.file}, line {each.at.line}, {each.column}".rstrip(", "), each.words)
            for each in plan.refused[:MOST_TOLD]
        )
    if plan.fingerprint != fingerprint:
        raise Stale("People changed meanwhile: look at what would change, then apply that.")
    write(transaction, home, mark, plan, now)
    return plan


def keep_import(
    transaction: Transaction, room_id: UUID, asked_by: UUID | None, files: Mapping[str, str]
) -> tuple[Import, Plan]:
    """Keep files for a look at their plan, for a day at most; errors as for the plan."""
    plan = plan_import(transaction, room_id, files)
    asked_at = clock.now()
    store.forget(transaction, room_id, before=asked_at - KEPT)
    kept = Import(new_id(), room_id, asked_by, asked_at, None, {})
    store.keep(transaction, kept, files)
    return kept, plan


def kept_import(reading: Reading, room_id: UUID, import_id: UUID) -> tuple[Import, Plan | None]:
    """An import and what it would do now; None once it is applied.

    Raises:
        NotFound: when there is none of that id in that room, or it waited too long.
    """
    kept = store.find(reading, room_id, import_id)
    if kept is None or (kept.applied_at is None and clock.now() - kept.asked_at > KEPT):
        raise NotFound("There is no such import; one that is not applied is kept for a day.")
    if kept.applied_at is not None:
        return kept, None
    return kept, plan_import(reading, room_id, store.files_of(reading, import_id))


def apply_kept(
    transaction: Transaction, room_id: UUID, import_id: UUID, fingerprint: str
) -> Import:
    """Apply an import as it was shown and forget its files; applied already, it stays as it is.

    Raises:
        NotFound, Stale, InvalidInput: as for looking at it and for applying files.
    """
    room_mark(transaction, room_id)
    kept, plan = kept_import(transaction, room_id, import_id)
    if plan is not None:
        files = store.files_of(transaction, import_id)
        done = apply_import(transaction, room_id, files, fingerprint)
        store.settle(transaction, import_id, clock.now(), done.counts)
        kept, _ = kept_import(transaction, room_id, import_id)
    return kept


def put_aside(transaction: Transaction, room_id: UUID, import_id: UUID) -> None:
    """Forget an import that is not applied, with its files; errors as for looking at it."""
    kept_import(transaction, room_id, import_id)
    store.forget(transaction, room_id, import_id=import_id)
