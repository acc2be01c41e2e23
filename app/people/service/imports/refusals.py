"""What stands in the way of an import, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import TypeVar
from uuid import UUID

from app.people.checks import (
    LONGEST_SHIFT,
    clashes,
    day_problems,
    details_faults,
    text_faults,
    unknown_words,
)
from app.people.service.imports.present import Present, of_kind
from app.people.values import (
    OfficerDetails,
    OutsideId,
    Refusal,
    Row,
    Stated,
    StatedContract,
    StatedId,
    StatedOfficer,
    StatedShift,
    StatedSkill,
    StatedTerm,
    Told,
    key_of,
)

COLUMNS = {"from_day": "from", "until_day": "until", "weekly_minutes": "hours_per_week"}
"""Columns that files call otherwise than we do."""

TEXTS: dict[type[Stated], dict[str, int]] = {
    StatedOfficer: {"team": 200},
    StatedSkill: {"skill": 64},
    StatedContract: {},
    StatedTerm: {},
    StatedShift: {"kind": 64, "code": 64},
    StatedId: {"system": 64, "id": 200},
}
"""Longest texts, in characters; of an officer's own fields their details say it."""


def refusals(told: Told, now: Present) -> tuple[Refusal, ...]:
    """Every row that cannot be, in the order of the files."""
    officers = now.officers.keys() | {each.number for each in of_kind(told, StatedOfficer)}
    codes = now.skills.keys() | {each.skill for each in of_kind(told, StatedSkill)}
    found = [*told.refused, *_twice(told)]
    for row in told.rows:
        found += _texts(row)
        if isinstance(row.stated, StatedOfficer):
            found += _officer(row, row.stated, now)
        elif row.stated.number not in officers:
            found.append(Refusal(row.at, "number", "The control room has no such officer."))
        if isinstance(row.stated, StatedId) and (
            OutsideId(row.stated.system, row.stated.id) in now.ids_elsewhere
        ):
            found.append(Refusal(row.at, "id", "It is an officer's of another control room."))
        if isinstance(row.stated, StatedTerm):
            found += _term(row, row.stated, codes)
    found += _days(told, StatedSkill, "skill")
    found += _days(told, StatedContract)
    found += _shifts(told, now)
    order = {file: place for place, file in enumerate(told.files)}
    return tuple(sorted(found, key=lambda each: (order[each.at.file], each.at.line)))


def _twice(told: Told) -> Iterator[Refusal]:
    """Rows that speak of what another has told already."""
    first: dict[Hashable, Row] = {}
    for row in told.rows:
        before = first.setdefault((type(row.stated), key_of(row.stated)), row)
        if before is not row:
            words = f"Line {before.at.line} of {before.at.file} has told it already."
            yield Refusal(row.at, COLUMNS.get(last := row.stated.KEY[-1], last), words)


def _texts(row: Row) -> Iterator[Refusal]:
    for name, longest in TEXTS[type(row.stated)].items():
        given = getattr(row.stated, name)
        for fault in text_faults(name, given, longest) if given else ():
            yield Refusal(row.at, name, fault.words)


def _officer(row: Row, said: StatedOfficer, now: Present) -> Iterator[Refusal]:
    if said.number in now.numbers_elsewhere:
        words = "An officer of another control room of the force has this number."
        yield Refusal(row.at, "number", words)
    for fault in details_faults(details(said, {}), ()):
        yield Refusal(row.at, fault.field, fault.words)


def details(said: StatedOfficer, teams: Mapping[str, UUID]) -> OfficerDetails:
    """The details that a file states; of a team that is not among these, none."""
    team_id = teams.get(said.team) if said.team else None
    return OfficerDetails(
        said.number, said.name, said.grade, said.employment, said.started, said.left, team_id
    )


def _term(row: Row, said: StatedTerm, codes: Collection[str]) -> Iterator[Refusal]:
    """A term that ends too early, or speaks of a skill or a kind of shift that there is not."""
    if said.until_day is not None and said.until_day <= said.from_day:
        yield Refusal(row.at, "until", "Give a day after the first.")
    if unknown := unknown_words(said.term, said.value, codes):
        yield Refusal(row.at, "value", unknown)


D = TypeVar("D", StatedSkill, StatedContract)


def _days(told: Told, kind: type[D], *others: str) -> Iterator[Refusal]:
    """Stretches of one officer (and one skill) that end too early or overlap."""
    groups: defaultdict[Hashable, list[Row]] = defaultdict(list)
    for row in told.rows:
        if isinstance(row.stated, kind):
            groups[tuple(getattr(row.stated, name) for name in ("number", *others))].append(row)
    for rows in groups.values():
        stated = [row.stated for row in rows if isinstance(row.stated, kind)]
        for index, name, words in day_problems(stated):
            yield Refusal(rows[index].at, COLUMNS[name], words)


def _shifts(told: Told, now: Present) -> Iterator[Refusal]:
    """Shifts that end too early or overlap another of the officer, told or left alone."""
    rows = [(row, row.stated) for row in told.rows if isinstance(row.stated, StatedShift)]
    for row, shift in rows:
        if shift.end <= shift.start:
            yield Refusal(row.at, "end", "Give a time after start.")
        elif shift.end - shift.start > LONGEST_SHIFT:
            yield Refusal(row.at, "end", "Give a time at most 48 hours after start.")
    entries = [(f"{s.state} {s.number}", s.start, s.end, -1) for s in now.beside]
    entries += [(f"{s.state} {s.number}", s.start, s.end, at) for at, (_, s) in enumerate(rows)]
    for at in clashes(entries):
        yield Refusal(rows[at][0].at, "start", "It overlaps another shift of this officer.")
