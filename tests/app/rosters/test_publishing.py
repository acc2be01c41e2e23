"""Publishing: what is told to whom, what comes into force, and what wishes came to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from app import clock
from app.db.transaction import Database
from app.errors import Conflict, InvalidInput, Stale, Unlawful
from app.leave import service as leave
from app.people import service as people
from app.preferences import service as preferences
from app.rosters import service as rosters
from rostering.problem import REST
from tests.app.rosters.rooms import (
    DAYS,
    FIRST,
    LATE,
    PEOPLE,
    PLAIN,
    Rostered,
    asked,
    change,
    drafted,
    explained,
    read,
    rostered,
    wishing,
)

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
"""34 clear days before the period, counted from 07:00."""

OWN = rosters.Why("own_request")

PERIOD = people.Span(datetime(2027, 1, 4, tzinfo=UTC), datetime(2027, 1, 18, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """Let it be early December."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def room(database: Database) -> Rostered:
    """The small room."""
    return rostered(database)


def test_a_change_is_tried_with_what_is_published_after_the_roster(
    database: Database, room: Rostered
) -> None:
    """A night on the last day is told to leave no rest before the early of the roster after it."""
    week = PLAIN[:, :7]
    first = drafted(database, room, week, days=7)
    then = drafted(database, room, week, first_day=FIRST + timedelta(days=7), days=7)
    night = tuple(change(room, (0, 4, None), (0, 6, "N")))
    too_soon = (
        "After this roster: Officer 0 would have 0 min of rest between Sunday 10 January and "
        "Monday 11 January; the rule is 11 h."
    )
    for is_published in (False, True):
        with database.read() as reading:
            trial = rosters.try_changes(reading, room.room_id, first.id, night)
        assert (too_soon in trial.verdict) == is_published
        if not is_published:
            published(database, room, then)
    earlier = tuple(change(room, (0, 4, None), (0, 6, "E")))
    with database.read() as reading:
        trial = rosters.try_changes(reading, room.room_id, first.id, earlier)
    assert "After this roster" not in trial.verdict


def published(
    database: Database,
    room: Rostered,
    roster: rosters.Roster,
    reason: str = "The new year",
    why: rosters.Why = rosters.UNSAID,
) -> rosters.Publication:
    """The roster brought into force."""
    with database.write() as transaction:
        return rosters.publish(
            transaction, room.room_id, roster.id, roster.version, reason, room.by, why
        )


def in_force(database: Database, room: Rostered) -> list[people.PastShift]:
    """What is published in the period."""
    with database.read() as reading:
        return list(rosters.published(reading, room.room_id, PERIOD))


def test_publishing_brings_a_roster_into_force_once(database: Database, room: Rostered) -> None:
    """Every shift is published; the same call again changes nothing."""
    roster = drafted(database, room)
    first = published(database, room, roster)
    shifts = in_force(database, room)
    assert len(shifts) == 10 * PEOPLE
    assert {(it.code, it.kind) for it in shifts} == {("E", "early")}
    kept = read(database, room, roster.id)
    assert (kept.state, kept.reason, kept.published_at) == ("published", "The new year", NOW)
    assert published(database, room, roster) == first
    assert published(database, room, kept) == first
    assert (read(database, room, roster.id), in_force(database, room)) == (kept, shifts)
    with database.read() as reading:
        assert rosters.publications(reading, room.room_id) == (first,)
        changes = rosters.changes(reading, room.room_id, limit=1000)
    assert len(changes) == 10 * PEOPLE
    assert all(each.before is None and each.after is not None for each in changes)


def test_the_preview_counts_who_is_told_and_with_what_notice(
    database: Database, room: Rostered
) -> None:
    """Clear days count neither the day of telling nor the day of duty, from the force's 07:00."""
    roster = drafted(database, room)
    for told, short in [
        (datetime(2026, 12, 7, 6, 59, tzinfo=UTC), 0),
        (datetime(2026, 12, 7, 7, tzinfo=UTC), PEOPLE),
    ]:
        with clock.stopped_at(told), database.read() as reading:
            said = rosters.preview(reading, room.room_id, roster.id)
        assert (said.told, said.short_notice, said.hindrance) == (PEOPLE, short, "")
    published(database, room, roster)
    later = drafted(database, room, np.where(PLAIN == 0, LATE, PLAIN))
    with database.read() as reading:
        said = rosters.preview(reading, room.room_id, later.id)
    assert len(said.changes) == 10 * PEOPLE
    codes = {(it.before.code, it.after.code) for it in said.changes if it.before and it.after}
    assert codes == {("E", "L")}


def test_a_later_roster_supersedes_one_that_it_covers(database: Database, room: Rostered) -> None:
    """The later publication wins on its days; the earlier roster can no longer be changed."""
    early = drafted(database, room)
    published(database, room, early)
    late = drafted(database, room, np.where(PLAIN == 0, LATE, PLAIN))
    published(database, room, late, why=rosters.Why("agreement"))
    assert {it.code for it in in_force(database, room)} == {"L"}
    old = read(database, room, early.id)
    assert old.state == "superseded"
    moves = tuple(change(room, (0, 4, "L")))
    with pytest.raises(Conflict, match="later roster"), database.write() as transaction:
        rosters.edit(transaction, room.room_id, old.id, old.version, moves, room.by, OWN)


def test_what_may_not_be_published_is_refused(database: Database, room: Rostered) -> None:
    """No unlawful roster, none that is being made, none without a reason, none that changed."""
    unlawful = drafted(database, room, np.full((PEOPLE, DAYS), REST, dtype=np.int16))
    with pytest.raises(Unlawful) as caught:
        published(database, room, unlawful)
    assert len(caught.value.breaches) == PEOPLE
    running, _ = asked(database, room)
    with pytest.raises(Conflict, match="being made"):
        published(database, room, running)
    roster = drafted(database, room)
    with pytest.raises(InvalidInput, match="reason"):
        published(database, room, roster, reason=" ")
    with database.write() as transaction:
        renamed = rosters.rename(transaction, room.room_id, roster.id, roster.version, "January")
    with pytest.raises(Stale):
        published(database, room, roster)
    with database.write() as transaction:
        gone = rosters.discard(transaction, room.room_id, roster.id, renamed.version)
    with pytest.raises(Conflict, match="discarded"):
        published(database, room, gone)
    assert in_force(database, room) == []


def test_shifts_that_came_in_between_are_a_conflict(database: Database, room: Rostered) -> None:
    """A published shift that reaches into the period is told, and nothing is published."""
    roster = drafted(database, room)
    night = people.PastShift(
        room.officers[0].id,
        datetime(2027, 1, 3, 22, tzinfo=UTC),
        datetime(2027, 1, 4, 8, tzinfo=UTC),
        "night",
        "N",
    )
    span = people.Span(night.start, PERIOD.start)
    with database.write() as transaction:
        people.set_history(
            transaction, room.room_id, "published", [night.officer_id], span, [night]
        )
    with pytest.raises(Conflict, match="make it again"):
        published(database, room, roster)
    assert in_force(database, room) == [night]


def test_a_change_of_a_published_roster_is_published_with_its_reason(
    database: Database, room: Rostered
) -> None:
    """It needs a reason, alters what is in force for that officer alone, and is told to them."""
    roster = drafted(database, room)
    published(database, room, roster)
    kept = read(database, room, roster.id)
    before = in_force(database, room)
    moves = tuple(change(room, (0, 4, "L")))
    who, friday = room.officers[0].id, FIRST + timedelta(days=4)
    with pytest.raises(InvalidInput, match="reason"), database.write() as transaction:
        rosters.edit(transaction, room.room_id, kept.id, kept.version, moves, room.by)
    with database.write() as transaction:
        now, _ = rosters.edit(transaction, room.room_id, kept.id, kept.version, moves, room.by, OWN)
    assert now.state == "published"
    new = [it for it in in_force(database, room) if it not in before]
    assert [(it.officer_id, it.code) for it in new] == [(who, "L")]
    with database.read() as reading:
        told = rosters.own_changes(reading, room.room_id, who, friday, friday)
        others = rosters.own_changes(reading, room.room_id, room.officers[1].id, friday, friday)
        own = rosters.own_shifts(reading, room.room_id, who, PERIOD)
        last = max(officer.id for officer in room.officers)
        after = rosters.ChangePosition(1, last, date(2027, 12, 31))
        feed = rosters.changes(reading, room.room_id, after)
    assert [(why.change_reason, why.reason) for _, why in told] == [
        ("own_request", ""), (None, "The new year"),
    ]  # fmt: skip
    assert len(others) == 1
    assert [it.code for it in own][4] == "L"
    assert [(it.officer_id, it.before and it.before.code, it.after and it.after.code)
            for it in feed] == [(who, "E", "L")]  # fmt: skip
    with database.write() as transaction:
        rosters.undo(transaction, room.room_id, kept.id, now.version, room.by, OWN)
    assert in_force(database, room) == before


def test_wishes_are_answered_and_the_reasons_are_true(database: Database, room: Rostered) -> None:
    """Each wish is met or not as the roster has it; the reason is what forcing it would do."""
    monday, friday, saturday = FIRST, FIRST + timedelta(days=4), FIRST + timedelta(days=5)
    wishes = wishing(
        database,
        room,
        [
            (0, preferences.WishDetails(saturday, wants=False, points=5)),
            (1, preferences.WishDetails(friday, wants=True, points=5, kinds=("late",))),
            (2, preferences.WishDetails(monday, wants=True, points=5, kinds=("night",))),
            (3, preferences.WishDetails(monday, wants=False, points=5)),
        ],
    )
    roster = drafted(database, room)
    published(database, room, roster)
    explained(database, room)
    came = {}
    with database.read() as reading:
        for wish, who in zip(wishes, range(4), strict=True):
            officer = room.officers[who].id
            found = preferences.wish(reading, room.room_id, officer, wish.id)
            assert found.outcome is not None
            came[who] = found.outcome
        tried = {
            who: rosters.try_changes(reading, room.room_id, roster.id, change(room, move))
            for who, move in {1: (1, 4, "L"), 2: (2, 0, "N"), 3: (3, 0, None)}.items()
        }
    assert (came[0].met, came[0].words) == (True, "")
    assert [came[who].met for who in (1, 2, 3)] == [False] * 3
    assert tried[1].effect.is_allowed
    assert tried[1].effect.points <= 0
    assert came[1].words == "It could be met as the roster stands: ask for it."
    assert not tried[2].effect.is_allowed
    assert came[2].words.startswith(
        "It could be met by resting on Tuesday 5 January and working on"
    )
    assert not tried[3].effect.is_allowed
    assert came[3].words.startswith("It could be met by working on ")
    assert "Officer" not in "".join(outcome.words for outcome in came.values())


def test_gaps_of_what_is_in_force_are_told_by_harm(database: Database, room: Rostered) -> None:
    """What is published and needed is laid out; the worst stretch is named for today."""
    published(database, room, drafted(database, room))
    now = datetime(2027, 1, 4, 9, tzinfo=UTC)
    with database.read() as reading:
        force = rosters.in_force(reading, room.room_id, FIRST, 2)
    assert force.is_needed_known
    gaps = rosters.gaps(force, now, now + timedelta(hours=20))
    words = [rosters.gap_words(gap, now, "Europe/London") for gap in gaps]
    assert words == ["Short today from 15:00 to 07:00, by 1 person."]
    until = now + timedelta(hours=6)
    assert rosters.outlook_words(gaps, now, until, "Europe/London") == (
        "All right until 15:00. Short today from 15:00 to 07:00, by 1 person."
    )
    assert rosters.outlook_words((), now, until, "Europe/London") == "All right until 15:00."


def test_no_shift_is_published_on_leave(database: Database, room: Rostered) -> None:
    """Leave recorded after a roster was made breaks it, and the hours of its days are not due.

    Without the shift the roster can be published, and the shift cannot come back; once the leave is
    taken back, it can.
    """
    roster = drafted(database, room)
    who, monday = room.officers[2], FIRST + timedelta(days=7)
    day = leave.AbsenceDetails("leave", monday, monday)
    with database.write() as transaction:
        made = leave.record_absence(transaction, room.room_id, who.id, day, room.by).absence
    with database.read() as reading:
        seen = rosters.preview(reading, room.room_id, roster.id)
    assert len(seen.breaches) == 1
    assert "Officer 2 is not available on Monday 11 January" in seen.breaches[0]
    with pytest.raises(Unlawful):
        published(database, room, roster)

    def edit(code: str | None) -> None:
        kept = read(database, room, roster.id)
        moves = tuple(change(room, (2, 7, code)))
        with database.write() as transaction:
            rosters.edit(transaction, room.room_id, roster.id, kept.version, moves, room.by, OWN)

    edit(None)
    published(database, room, read(database, room, roster.id))
    with pytest.raises(Unlawful, match="is not available"):
        edit("E")
    with database.write() as transaction:
        leave.withdraw_absence(transaction, room.room_id, made.id, room.by)
    edit("E")
    assert len(in_force(database, room)) == 10 * PEOPLE


def test_a_roster_keeps_the_leave_that_it_knows_until_it_is_taken_back(
    database: Database, room: Rostered
) -> None:
    """Asked for later, the day is kept free and not due; taken back, it can be worked again."""
    who, monday = room.officers[2], FIRST + timedelta(days=7)
    day = leave.AbsenceDetails("leave", monday, monday)
    plain = drafted(database, room)
    with database.read() as reading:
        before = rosters.opened(reading, room.room_id, plain.id).problem
    with database.write() as transaction:
        made = leave.record_absence(transaction, room.room_id, who.id, day, room.by).absence
    roster, _ = asked(database, room)
    row = before.officer_index[str(who.id)]
    with database.read() as reading:
        problem = rosters.opened(reading, room.room_id, roster.id).problem
    (span,) = problem.officers[row].unavailable
    assert (span.start, span.end) == (problem.midnight(7), problem.midnight(8))
    assert problem.officers[row].least_minutes == before.officers[row].least_minutes - 480
    with database.write() as transaction:
        leave.withdraw_absence(transaction, room.room_id, made.id, room.by)
    with database.read() as reading:
        problem = rosters.opened(reading, room.room_id, roster.id).problem
    assert problem.officers[row].unavailable == ()
    assert problem.officers[row].most_minutes == before.officers[row].most_minutes
