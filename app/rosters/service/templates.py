"""Shift templates of a control room."""

from __future__ import annotations

from uuid import UUID

from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.errors import NotFound, Place, Stale
from app.people import service as people
from app.rosters.checks import refuse, text_faults
from app.rosters.store import templates as store
from app.rosters.values import KINDS, Template, TemplateDetails
from rostering.assumed import assumed_shifts


def templates(reading: Reading, room_id: UUID) -> tuple[Template, ...]:
    """The shift templates of a room, by start and code."""
    return store.templates(reading, room_id)


def template(reading: Reading, room_id: UUID, template_id: UUID) -> Template:
    """A shift template of a room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = store.template(reading, room_id, template_id)
    if found is None:
        raise NotFound("There is no such shift template in this control room.")
    return found


def offered_templates() -> tuple[TemplateDetails, ...]:
    """Templates for a room that has none: 8 and 10 hours, starts spread over the day."""
    return tuple(
        TemplateDetails(shift.code, _name(shift.kind, shift.start, shift.minutes), shift.kind,
                        shift.start, shift.minutes)
        for shift in assumed_shifts()
    )  # fmt: skip


def _name(kind: str, start: int, minutes: int) -> str:
    end = (start + minutes) % 1440
    return f"{kind.capitalize()} {_clock(start)} to {_clock(end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def add_template(transaction: Transaction, room_id: UUID, details: TemplateDetails) -> Template:
    """A new shift template of a room.

    Raises:
        NotFound: when there is no such room.
        Conflict: when the room has a template with that code.
        InvalidInput: naming every field that cannot be used.
    """
    _check(transaction, room_id, details)
    new = Template(new_id(), room_id, 1, details)
    with unless_taken(transaction, _taken(details)):
        store.add(transaction, new)
    return new


def change_template(
    transaction: Transaction,
    room_id: UUID,
    template_id: UUID,
    version: int,
    details: TemplateDetails,
) -> Template:
    """Let a template's details be these; rosters made before keep theirs.

    Raises:
        NotFound: when there is no such template in the room.
        Stale: when it is no longer at that version.
        Conflict, InvalidInput: as for a new template.
    """
    template(transaction, room_id, template_id)
    _check(transaction, room_id, details)
    changed = Template(template_id, room_id, version + 1, details)
    with unless_taken(transaction, _taken(details)):
        if not store.change(transaction, changed):
            raise Stale("Somebody changed this shift template meanwhile: read again, then change.")
    return changed


def _check(reading: Reading, room_id: UUID, details: TemplateDetails) -> None:
    room = people.room(reading, room_id)
    known = {skill.code for skill in people.skills(reading, room.force_id)}
    faults = [*text_faults("code", details.code, 64), *text_faults("name", details.name, 200)]
    if details.kind not in KINDS:
        faults.append(Place("kind", f"Give one of {', '.join(KINDS)}."))
    if not 0 <= details.start <= 1439:
        faults.append(Place("start", "Give minutes after midnight, 0 to 1439."))
    if not 60 <= details.minutes <= 1440:
        faults.append(Place("minutes", "Give 60 to 1440 minutes."))
    faults += [
        Place(f"skills[{index}]", "The force has no skill with this code.")
        for index, code in enumerate(details.skills)
        if code not in known
    ]
    refuse(faults)


def _taken(details: TemplateDetails) -> str:
    return f"The control room already has a shift template with the code {details.code}."
