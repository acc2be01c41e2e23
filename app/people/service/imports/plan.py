"""What an import would do: what files say against what is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from app.db.transaction import Reading
from app.people.service.house import room
from app.people.service.imports.present import KIND_OF, Present, of_kind, present
from app.people.service.imports.refusals import refusals
from app.people.values import (
    KINDS,
    Change,
    Counts,
    Kind,
    Plan,
    Stated,
    StatedOfficer,
    StatedSkill,
    Told,
    key_of,
)


def plan_of(reading: Reading, room_id: UUID, told: Told) -> tuple[Plan, Present]:
    """What the files would do to a room, and what it is made against.

    Files replace what they speak of: officers whom they name; all skills, all contracts and all
    own terms of those whose skills, contracts or terms they tell; shifts of the days from the first
    told to the last, of those whose shifts they tell; a system's identifiers of those whom they
    name in it. What they do not speak of stays.
    """
    now = present(reading, room(reading, room_id), told)
    changes: dict[Kind, tuple[Change, ...]] = {}
    counts: dict[Kind, Counts] = {}
    for kind in KINDS:
        said = [row.stated for row in told.rows if KIND_OF[type(row.stated)] == kind]
        if said:
            changes[kind] = _changes(now.stated[kind], said)
            counts[kind] = _count(changes[kind], len(said))
    teams = {each.team for each in of_kind(told, StatedOfficer) if each.team}
    codes = {each.skill for each in of_kind(told, StatedSkill)}
    new_teams, new_skills = sorted(teams - now.teams.keys()), sorted(codes - now.skills.keys())
    plan = Plan(
        _fingerprint(new_teams, new_skills, changes),
        tuple(new_teams),
        tuple(new_skills),
        changes,
        counts,
        refusals(told, now),
        told.aside,
    )
    return plan, now


def _changes(kept: Iterable[Stated], said: Iterable[Stated]) -> tuple[Change, ...]:
    """What must be added, changed or ended, in the order of keys."""
    before = {key_of(each): each for each in kept}
    after = {key_of(each): each for each in said}
    keys = sorted(before.keys() | after.keys())
    pairs = ((before.get(key), after.get(key)) for key in keys)
    return tuple(Change(was, will) for was, will in pairs if was != will)


def _count(changes: tuple[Change, ...], said: int) -> Counts:
    added = sum(each.before is None for each in changes)
    ended = sum(each.after is None for each in changes)
    changed = len(changes) - added - ended
    return Counts(added, changed, ended, said - added - changed)


def _fingerprint(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
