"""Whatever files say: once applied a room is as they say, and twice is once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db.transaction import Database, Reading, Transaction
from app.errors import InvalidInput
from app.people import service as people
from app.people.service import Span
from tests.app.people.rooms import Small, small_force

NUMBERS = st.sampled_from(["1", "2", "3"])
DAYS = st.dates(date(2024, 1, 1), date(2024, 3, 1))
NAMES = st.text(st.characters(categories=["L", "Zs", "Po"]), min_size=1, max_size=12).map(
    lambda text: text.strip() or "Ann"
)
ALWAYS = Span(datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
LIVES = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def quoted(text: str) -> str:
    """A field as CSV has it."""
    return '"' + text.replace('"', '""') + '"'


@st.composite
def officers(draw: Callable[..., Any]) -> list[tuple[str, str, str, str]]:
    """All three officers: number, name, team and last day."""
    return [
        (number, draw(NAMES), draw(st.sampled_from(["", "A", "B"])), left)
        for number in "123"
        for left in [str(draw(st.none() | DAYS) or "")]
    ]


@st.composite
def stretches(draw: Callable[..., Any]) -> list[tuple[str, str, str, str]]:
    """Stretches of three officers that follow one another: number, skill, from, until."""
    said = []
    for number in draw(st.sets(NUMBERS)):
        for skill in draw(st.sets(st.sampled_from(["calls", "radio"]))):
            days = sorted(draw(st.sets(DAYS, min_size=2, max_size=4)))
            said += [
                (number, skill, str(first), str(last))
                for first, last in zip(days[::2], days[1::2], strict=False)
            ]
    return said


@st.composite
def tours(draw: Callable[..., Any]) -> list[tuple[str, str, str, str]]:
    """Shifts that do not overlap: number, state, start, end."""
    keys = st.tuples(NUMBERS, st.sampled_from(["published", "worked"]), DAYS)
    said = []
    for number, state, day in sorted(draw(st.sets(keys, max_size=8))):
        start = datetime(day.year, day.month, day.day, draw(st.integers(0, 15)), tzinfo=UTC)
        end = start + timedelta(hours=draw(st.integers(1, 8)))
        said.append((number, state, start.isoformat(), end.isoformat()))
    return said


@st.composite
def rooms(draw: Callable[..., Any]) -> dict[str, str]:
    """Files of a room: all that they speak of is said in full."""
    lines = [
        ",".join([number, quoted(name), "PC", "officer", "2020-01-01", left, team])
        for number, name, team, left in draw(officers())
    ]
    held = [",".join(each) for each in draw(stretches())]
    shifts = [",".join([number, state, start, end, "early", "E"])
              for number, state, start, end in draw(tours())]  # fmt: skip
    return {
        "officers.csv": "\n".join(["number,name,grade,employment,started,left,team", *lines]),
        "skills.csv": "\n".join(["number,skill,from,until", *held]),
        "shifts.csv": "\n".join(["number,state,start,end,kind,code", *shifts]),
    }


def apply(transaction: Transaction, small: Small, files: dict[str, str]) -> people.Plan:
    """Look, then apply."""
    plan = people.plan_import(transaction, small.room.id, files)
    return people.apply_import(transaction, small.room.id, files, plan.fingerprint)


def state(transaction: Transaction, small: Small) -> object:
    """All that is kept of the room's people."""
    everyone = people.everyone(transaction, small.room.id)
    return (
        people.persons(transaction, small.room.id, everyone),
        people.history(transaction, small.room.id, "worked", ALWAYS),
        people.history(transaction, small.room.id, "published", ALWAYS),
    )


@contextmanager
def undone(database: Database) -> Iterator[Transaction]:
    """A transaction that is taken back at the end, so that examples do not meet."""
    with database.engine.connect() as connection, connection.begin() as all_of_it:
        yield Transaction(Reading(connection))
        all_of_it.rollback()


def written(transaction: Transaction, small: Small) -> dict[str, set[str]]:
    """The room as files would say it, written by another way than the import reads."""
    teams = {each.id: each.name for each in people.teams(transaction, small.room.id)}
    codes = {each.id: each.code for each in people.skills(transaction, small.force.id)}
    everyone = people.everyone(transaction, small.room.id)
    numbers = {each.id: each.details.number for each in everyone}
    return {
        "officers.csv": {
            f"{d.number},{quoted(d.name)},PC,officer,2020-01-01,{d.left or ''},"
            f"{teams[d.team_id] if d.team_id else ''}"
            for d in (each.details for each in everyone)
        },
        "skills.csv": {
            f"{numbers[officer_id]},{codes[each.skill_id]},{each.from_day},{each.until_day}"
            for officer_id, held in people.skills_of(transaction, small.room.id).items()
            for each in held
        },
        "shifts.csv": {
            f"{numbers[each.officer_id]},{state},{each.start.isoformat()},{each.end.isoformat()}"
            f",{each.kind},{each.code}"
            for state in ("published", "worked")
            for each in people.history(transaction, small.room.id, state, ALWAYS)
        },
    }


@LIVES
@given(files=rooms())
def test_a_room_is_what_its_files_say(database: Database, files: dict[str, str]) -> None:
    """Applied to an empty room, files leave exactly the people, skills and shifts they hold."""
    with undone(database) as transaction:
        small = small_force(transaction)
        apply(transaction, small, files)
        said = {name: set(text.split("\n")[1:]) for name, text in files.items()}
        assert written(transaction, small) == said


@LIVES
@given(before=rooms(), after=rooms())
def test_applied_twice_is_applied_once(
    database: Database, before: dict[str, str], after: dict[str, str]
) -> None:
    """From any room to any files: nothing is left to do, and doing it again changes nothing."""
    with undone(database) as transaction:
        small = small_force(transaction)
        apply(transaction, small, before)
        apply(transaction, small, after)
        kept = state(transaction, small)
        assert apply(transaction, small, after).changes_nothing
        assert state(transaction, small) == kept
        said = set(after["officers.csv"].split("\n")[1:])
        assert written(transaction, small)["officers.csv"] == said


@LIVES
@given(files=rooms(), line=st.integers(0, 2))
def test_a_refused_row_changes_nothing(
    database: Database, files: dict[str, str], line: int
) -> None:
    """One row that cannot be read among good ones, and the room stays as it was."""
    lines = files["officers.csv"].split("\n")
    lines.insert(1 + line, "9,Eve,PC,guard,2020-01-01,,")
    bad = files | {"officers.csv": "\n".join(lines)}
    with undone(database) as transaction:
        small = small_force(transaction)
        before = state(transaction, small)
        with pytest.raises(InvalidInput) as caught:
            apply(transaction, small, bad)
        assert [each.field for each in caught.value.places] == [
            f"officers.csv, line {2 + line}, employment"
        ]
        assert state(transaction, small) == before
