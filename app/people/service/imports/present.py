"""What is kept of a room, as far as files speak of it, in the words of files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from app.db.transaction import Reading
from app.people.store import conditions, history, outside
from app.people.store import officers as store
from app.people.store import rooms as house
from app.people.values import (
    KINDS,
    Kind,
    Officer,
    OutsideId,
    Room,
    ShiftState,
    Span,
    Stated,
    StatedContract,
    StatedId,
    StatedOfficer,
    StatedShift,
    StatedSkill,
    StatedTerm,
    Told,
)

S = TypeVar("S", bound=Stated)


@dataclass(frozen=True, slots=True)
class Present:
    """What a plan is made against.

    Attributes:
        officers: of the room, by number.
        teams: of the room, ids by name.
        skills: of the force, ids by code.
        stated: what the files replace, by kind.
        beside: shifts of the same officers that the files leave alone but could overlap.
        numbers_elsewhere: of officers of other rooms of the force.
        ids_elsewhere: what outside systems call them.
    """

    officers: dict[str, Officer]
    teams: dict[str, UUID]
    skills: dict[str, UUID]
    stated: dict[Kind, list[Stated]] = field(default_factory=dict)
    beside: list[StatedShift] = field(default_factory=list)
    numbers_elsewhere: frozenset[str] = frozenset()
    ids_elsewhere: frozenset[OutsideId] = frozenset()


def present(reading: Reading, room: Room, told: Told) -> Present:
    """Read it; the queries are as many for a large room as for a small one."""
    everyone = store.everyone(reading, room.id, None)
    skills = {each.code: each.id for each in house.force_skills(reading, room.force_id)}
    now = Present(
        {each.details.number: each for each in everyone},
        {each.name: each.id for each in house.room_teams(reading, room.id)},
        skills,
        numbers_elsewhere=frozenset(store.numbers_elsewhere(reading, room.force_id, room.id)),
        ids_elsewhere=frozenset(outside.ids_elsewhere(reading, room.force_id, room.id)),
    )
    numbers = {each.id: each.details.number for each in everyone}
    now.stated["officer"] = list(_officers(now, of_kind(told, StatedOfficer)))
    now.stated["skill"] = list(_skills(reading, room, now, numbers, told))
    now.stated["contract"] = list(_contracts(reading, room, numbers, told))
    now.stated["term"] = list(_terms(reading, room, numbers, told))
    now.stated["identifier"] = list(_ids(reading, room, numbers, told))
    now.stated["shift"] = []
    for each, replaced in _shifts(reading, room, now, numbers, told):
        (now.stated["shift"] if replaced else now.beside).append(each)
    return now


def of_kind(told: Told, kind: type[S]) -> list[S]:
    """What the files say of one kind."""
    return [row.stated for row in told.rows if isinstance(row.stated, kind)]


def _officers(now: Present, told: list[StatedOfficer]) -> Iterator[StatedOfficer]:
    """Those whom the files name."""
    teams = {team_id: name for name, team_id in now.teams.items()}
    for number in {each.number for each in told} & now.officers.keys():
        said = now.officers[number].details
        team = teams[said.team_id] if said.team_id else None
        yield StatedOfficer(
            number, said.name, said.grade, said.employment, said.started, said.left, team
        )


def _skills(
    reading: Reading, room: Room, now: Present, numbers: dict[UUID, str], told: Told
) -> Iterator[StatedSkill]:
    """All skills of those whose skills the files tell."""
    whose = {each.number for each in of_kind(told, StatedSkill)}
    codes = {skill_id: code for code, skill_id in now.skills.items()}
    for officer_id, held in conditions.held_skills(reading, room.id, None).items():
        if numbers[officer_id] in whose:
            for each in held:
                code = codes[each.skill_id]
                yield StatedSkill(numbers[officer_id], code, each.from_day, each.until_day)


def _contracts(
    reading: Reading, room: Room, numbers: dict[UUID, str], told: Told
) -> Iterator[StatedContract]:
    """All contracts of those whose contracts the files tell."""
    whose = {each.number for each in of_kind(told, StatedContract)}
    for officer_id, agreed in conditions.room_contracts(reading, room.id, None).items():
        if (number := numbers[officer_id]) in whose:
            for each in agreed:
                yield StatedContract(number, each.from_day, each.until_day, each.weekly_minutes)


def _terms(
    reading: Reading, room: Room, numbers: dict[UUID, str], told: Told
) -> Iterator[StatedTerm]:
    """All own terms of those whose terms the files tell."""
    whose = {each.number for each in of_kind(told, StatedTerm)}
    for officer_id, own in conditions.room_terms(reading, room.id, None).items():
        if (number := numbers[officer_id]) in whose:
            for each in own:
                yield StatedTerm(
                    number, each.from_day, each.until_day, each.what, each.weekdays, each.value
                )


def _ids(reading: Reading, room: Room, numbers: dict[UUID, str], told: Told) -> Iterator[StatedId]:
    """What a system calls those whom the files name in it, and whom it calls as they say."""
    said = of_kind(told, StatedId)
    whose = {(each.system, each.number) for each in said}
    names = {(each.system, each.id) for each in said}
    for officer_id, ids in outside.officers_ids(reading, room.id, None).items():
        number = numbers[officer_id]
        for each in ids:
            if (each.system, number) in whose or (each.system, each.id) in names:
                yield StatedId(number, each.system, each.id)


def _shifts(
    reading: Reading, room: Room, now: Present, numbers: dict[UUID, str], told: Told
) -> Iterator[tuple[StatedShift, bool]]:
    """Shifts of those whose shifts the files tell, and whether they start on the days told."""
    by_state: defaultdict[ShiftState, list[StatedShift]] = defaultdict(list)
    for each in of_kind(told, StatedShift):
        by_state[each.state].append(each)
    for state, said in by_state.items():
        days = days_of(said, ZoneInfo(room.zone))
        reach = Span(days.start, max([days.end, *(each.end for each in said)]))
        whose = {now.officers[n].id for n in {each.number for each in said} & now.officers.keys()}
        for kept in history.shifts(reading, room.id, state, reach):
            if kept.officer_id in whose:
                number = numbers[kept.officer_id]
                shift = StatedShift(number, state, kept.start, kept.end, kept.kind, kept.code)
                yield shift, days.start <= kept.start < days.end


def days_of(said: list[StatedShift], zone: ZoneInfo) -> Span:
    """The local days from the first on which a shift starts to the last, whole."""
    starts = [each.start.astimezone(zone).date() for each in said]
    first, after = min(starts), max(starts) + timedelta(days=1)
    return Span(
        datetime.combine(first, time(), zone).astimezone(UTC),
        datetime.combine(after, time(), zone).astimezone(UTC),
    )


KIND_OF: dict[type[Stated], Kind] = {stated: kind for kind, stated in KINDS.items()}
"""Kinds by what states them."""
