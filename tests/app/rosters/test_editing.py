"""Changes by hand: refused with their breaches, made, undone exactly, trailed; pins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db.transaction import Database
from app.errors import Conflict, InvalidInput, NotFound, Stale, Unlawful
from app.rosters import service as rosters
from rostering.problem import Roster
from rostering.verify import verify
from tests.app.rosters.rooms import (
    FIRST,
    PEOPLE,
    PLAIN,
    Rostered,
    asked,
    cells,
    change,
    drafted,
    read,
    rostered,
)


@pytest.fixture
def room(database: Database) -> Rostered:
    """The small room."""
    return rostered(database)


@pytest.fixture
def roster(database: Database, room: Rostered) -> rosters.Roster:
    """A lawful draft of earlies."""
    return drafted(database, room)


def edited(
    database: Database,
    room: Rostered,
    roster: rosters.Roster,
    *moves: tuple[int, int, str | None],
    why: rosters.Why = rosters.UNSAID,
) -> rosters.Roster:
    """The roster after an edit."""
    with database.write() as transaction:
        changes = tuple(change(room, *moves))
        return rosters.edit(
            transaction, room.room_id, roster.id, roster.version, changes, room.by, why
        )[0]


def test_the_effect_comes_before_the_act(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """What is tried is told in words and figures, and nothing is kept."""
    with database.read() as reading:
        trial = rosters.try_changes(reading, room.room_id, roster.id, change(room, (0, 4, "L")))
    assert trial.verdict == "No breach. Rest before: 23 h. Rest after: 57 h."
    assert trial.cover[-1] == (
        "999 would no longer be short on Friday 8 January from 15:00 to 22:00."
    )
    assert [(it.before, it.after) for it in trial.changed] == [("E", "L")]
    assert read(database, room, roster.id) == roster


def test_an_edit_that_breaks_a_rule_changes_nothing(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """It is refused with its breaches in words; roster, shifts and trail stay."""
    before = cells(database, room, roster.id)
    with pytest.raises(Unlawful) as caught:
        edited(database, room, roster, (0, 1, "N"))
    assert caught.value.status == 409
    assert caught.value.detail.startswith("Not kept: Officer 0 would have 0 min of rest")
    assert all(words.startswith("Officer 0 ") for words in caught.value.breaches)
    assert cells(database, room, roster.id) == before
    assert read(database, room, roster.id) == roster
    with database.read() as reading:
        assert rosters.edits(reading, room.room_id, roster.id) == ()


def test_edits_are_undone_exactly_and_redone(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """Undoing all restores the roster, redoing all brings it back; a new edit ends redoing."""
    states = [cells(database, room, roster.id)]
    now = roster
    for move in ((0, 4, "L"), (1, 4, "L"), (0, 4, "E")):
        now = edited(database, room, now, move)
        states.append(cells(database, room, roster.id))
    figures = [(now.objective, now.missing_minutes)]
    with database.write() as transaction:
        for expected in reversed(states[:-1]):
            now = rosters.undo(transaction, room.room_id, roster.id, now.version, room.by)
            found = rosters.shifts(transaction, room.room_id, roster.id, limit=1000)
            assert {(it.officer_id, it.day): it.duty.code for it in found} == expected
        with pytest.raises(Conflict, match="nothing to undo"):
            rosters.undo(transaction, room.room_id, roster.id, now.version, room.by)
        for _ in range(3):
            now = rosters.redo(transaction, room.room_id, roster.id, now.version, room.by)
        figures.append((now.objective, now.missing_minutes))
        now = rosters.undo(transaction, room.room_id, roster.id, now.version, room.by)
    assert figures[0] == figures[1]
    now = edited(database, room, now, (3, 4, "L"))
    with database.write() as transaction:
        with pytest.raises(Conflict, match="nothing to redo"):
            rosters.redo(transaction, room.room_id, roster.id, now.version, room.by)
        trail = rosters.edits(transaction, room.room_id, roster.id)
    assert [(it.number, it.state) for it in trail] == [
        (1, "done"), (2, "done"), (3, "dropped"), (4, "done"),
    ]  # fmt: skip
    assert trail[0].changes[0].before == "E"
    assert trail[0].by == room.by


def test_figures_follow_any_edits(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """After arbitrary edits the roster's points are the checker's, and it is still lawful."""
    move = st.tuples(
        st.integers(0, PEOPLE - 1), st.integers(0, 13), st.sampled_from(["E", "L", "N", None])
    )

    @settings(
        max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.lists(move, min_size=1, max_size=3, unique_by=lambda it: it[:2]))
    def check(moves: list[tuple[int, int, str | None]]) -> None:
        before = read(database, room, roster.id)
        try:
            after = edited(database, room, before, *moves)
        except (Unlawful, InvalidInput):
            after = before
        with database.read() as reading:
            desk = rosters.opened(reading, room.room_id, roster.id)
        problem = desk.problem
        verdict = verify(problem, Roster.from_choices(problem, desk.standing.choices))
        assert verdict.is_legal
        assert after == desk.roster
        if after.version > roster.version:
            assert after.objective == verdict.objective

    check()


def test_a_swap_is_two_changes(database: Database, room: Rostered, roster: rosters.Roster) -> None:
    """Two officers exchange what they have on the days that are named."""
    now = edited(database, room, roster, (0, 4, "L"))
    days = [FIRST + timedelta(days=4)]
    ids = [officer.id for officer in room.officers]
    with database.write() as transaction:
        moves = rosters.swapped(transaction, room.room_id, roster.id, ids[0], ids[1], days)
        rosters.edit(transaction, room.room_id, roster.id, now.version, moves, room.by)
    found = cells(database, room, roster.id)
    assert (found[ids[0], days[0]], found[ids[1], days[0]]) == ("E", "L")


def test_others_who_could_take_a_shift_are_told_best_first(
    database: Database, room: Rostered
) -> None:
    """Everyone named can lawfully work it, and giving it to them does what was said."""
    choices = PLAIN.copy()
    choices[1, 4] = -1
    choices[2, 4] = -1
    friday = FIRST + timedelta(days=4)
    roster = drafted(database, room, choices)
    ids = [officer.id for officer in room.officers]
    with database.read() as reading:
        found = rosters.takers(reading, room.room_id, roster.id, friday, "E", ids[0])
        others = rosters.day_options(reading, room.room_id, roster.id, ids[0], friday)
    assert {taker.officer_id for taker in found.best} == {ids[1], ids[2]}
    assert found.busy == PEOPLE - 3
    assert (found.others, found.refused) == (0, {})
    for taker in found.best:
        assert taker.trial.effect.points == taker.points
    assert [trial.changed[0].after for trial in others if trial.effect.is_allowed]


def test_what_cannot_be_changed_is_named(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """Strange officers, days and codes, cells twice, and changes that change nothing."""
    stranger = rosters.DayChange(room.force.other_rostered.id, FIRST, "E")
    far = rosters.DayChange(room.officers[0].id, FIRST - timedelta(days=1), "E")
    unknown = rosters.DayChange(room.officers[0].id, FIRST, "X")
    with database.read() as reading:
        with pytest.raises(InvalidInput) as caught:
            rosters.try_changes(reading, room.room_id, roster.id, [stranger, far, unknown, unknown])
        assert [place.field for place in caught.value.places] == [
            "changes[0].officer_id", "changes[1].day", "changes[2].code", "changes[3].code",
            "changes[3]",
        ]  # fmt: skip
        with pytest.raises(InvalidInput, match="Nothing would change"):
            rosters.try_changes(reading, room.room_id, roster.id, change(room, (0, 0, "E")))
        with pytest.raises(NotFound):
            rosters.try_changes(
                reading, room.force.other_room.id, roster.id, change(room, (0, 0, "L"))
            )


def test_an_old_version_and_a_running_search_are_refused(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """The second of two hands is told; nobody edits while the search may still change things."""
    edited(database, room, roster, (0, 4, "L"))
    with pytest.raises(Stale):
        edited(database, room, roster, (1, 4, "L"))
    running, _ = asked(database, room)
    with pytest.raises(Conflict, match="being made"):
        edited(database, room, running, (0, 0, "E"))


def test_pins_hold_against_hands_and_are_handed_on(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """A pinned day is not edited, and fixed in a roster that goes on from it."""
    cell = (room.officers[0].id, FIRST + timedelta(days=4))
    now = edited(database, room, roster, (0, 4, "L"))
    with database.write() as transaction:
        now = rosters.set_pinned(
            transaction, room.room_id, roster.id, now.version, [cell], room.by, pinned=True
        )
    with pytest.raises(Unlawful, match="was to have the shift L on Friday 8 January"):
        edited(database, room, now, (0, 4, "E"))
    again, job = asked(database, room, like=roster.id)
    with database.write() as transaction:
        task = rosters.task(transaction, room.room_id, job.id)
        assert task is not None
        row = task.problem.officer_index[str(cell[0])]
        assert task.problem.officers[row].days[4].shift == "L"
        assert task.start is not None
        assert task.problem.shifts[task.start[row, 4]].code == "L"
        now = rosters.set_pinned(
            transaction, room.room_id, roster.id, now.version, [cell], room.by, pinned=False
        )
    assert edited(database, room, now, (0, 4, "E")).version == now.version + 1
    assert again.id != roster.id
