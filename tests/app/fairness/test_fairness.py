"""Fairness from published rosters and their outcomes: the book, the next roster, the doors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from app import clock
from app.db.transaction import Database
from app.fairness import service as fairness
from app.leave import service as leave
from app.people import service as people
from app.preferences import service as preferences
from app.rosters import service as rosters
from app.rulebooks import service as rulebooks
from rostering.rules.fair_shares import FairShares
from tests.app.rosters.rooms import DAYS, FIRST, Rostered, asked, rostered

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)
TODAY = NOW.date()
PAST = FIRST - timedelta(days=28)
"""First day of a round of two weeks that is answered, two weeks before the next begins."""


@pytest.fixture(autouse=True)
def _before_the_period(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 1 December 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@dataclass(frozen=True)
class Lived:
    """A room with a past; the first officer was given little, the second all, the third is new."""

    room: Rostered
    ids: tuple[UUID, ...]

    def standing(self, database: Database, place: int) -> fairness.Standing:
        """How an officer stands before the period."""
        with database.read() as reading:
            found = fairness.fairness(reading, self.room.room_id, FIRST).of(self.ids[place])
        assert found is not None
        return found


def lived(database: Database) -> Lived:
    """Everybody has an answered wish but the third, and a year of shifts but the third."""
    room = rostered(database, number=4)
    ids = tuple(each.id for each in room.officers)
    with database.write() as transaction:
        answered_round(transaction, room, {ids[0]: (10, 0), ids[1]: (10, 10)})
        nights = [(ids[0], FIRST - timedelta(days=back)) for back in range(2, 42, 2)]
        earlies = [(ids[1], FIRST - timedelta(days=back)) for back in range(2, 42, 2)]
        christmas = [(ids[1], date(2026, 12, 25))]
        shifts = [
            *(shift(whose, day, 22, "night") for whose, day in nights if day.day != 25),
            *(shift(whose, day, 7, "early") for whose, day in {*earlies, *christmas}),
        ]
        begin = datetime(2026, 1, 1, tzinfo=UTC)
        span = people.Span(begin, datetime(2027, 1, 4, tzinfo=UTC))
        people.set_history(transaction, room.room_id, "published", ids, span, shifts)
        new = people.officer(transaction, room.room_id, ids[2])
        later = replace(new.details, started=FIRST)
        people.change_officer(transaction, room.room_id, new.id, new.version, later)
    return Lived(room, ids)


def shift(officer_id: UUID, day: date, hour: int, kind: str) -> people.PastShift:
    """Eight hours from an hour in UTC on."""
    start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return people.PastShift(officer_id, start, start + timedelta(hours=8), kind, kind[:1].upper())


def answered_round(transaction, room: Rostered, points: dict[UUID, tuple[int, int]]) -> None:  # type: ignore[no-untyped-def]
    """A round of the past with points asked and met of some officers."""
    details = preferences.RoundDetails(PAST, 14, NOW + timedelta(hours=1))
    of = preferences.open_round(transaction, room.room_id, details)
    outcomes = {}
    for whose, (placed, met) in points.items():
        days = iter(range(14))
        for given, is_met in ((placed - met, False), (met, True)):
            for part in (5,) * (given // 5):
                wish = preferences.WishDetails(
                    PAST + timedelta(days=next(days)), wants=False, points=part
                )
                kept = preferences.state_wish(transaction, room.room_id, whose, of.id, wish)
                outcomes[kept.id] = preferences.Outcome(room.requirement_id, is_met, "")
    preferences.record_outcomes(transaction, room.room_id, outcomes)


def test_who_was_given_less_counts_for_more_and_who_is_new_for_as_much(
    database: Database,
) -> None:
    """Outcomes of past rounds become weights; no wish and no past leave a wish as it is."""
    force = lived(database)
    little, much, new = (force.standing(database, place) for place in range(3))
    assert (little.asked, little.met, little.satisfied) == (10, 0, 0.0)
    assert (much.asked, much.met, much.satisfied) == (10, 10, 1.0)
    assert new.satisfied is None
    assert little.percent > 100 > much.percent
    with database.read() as reading:
        found = fairness.fairness(reading, force.room.room_id, FIRST)
        before = fairness.fairness(reading, force.room.room_id, PAST)
    asks = found.percents({force.ids[0]: 10, force.ids[1]: 10})
    assert asks[force.ids[0]] + asks[force.ids[1]] == pytest.approx(200, abs=2)
    assert not before.past.rounds
    assert {each.percent for each in before.standings} == {100}


def test_burdens_are_counted_beside_shares_of_those_who_were_there(database: Database) -> None:
    """Whoever is new owes nothing; whoever did the nights is over; Christmas is its own."""
    force = lived(database)
    by = [{part.burden: part for part in force.standing(database, n).burdens} for n in range(4)]
    assert (by[0]["nights"].found, by[1]["nights"].found) == (18, 0)
    assert by[0]["nights"].over > 0 > by[1]["nights"].over
    assert sum(each["nights"].over for each in by) == pytest.approx(0)
    assert not by[2]["nights"].has_part
    assert by[2]["nights"].over == 0
    assert by[1]["christmas"].found == 1
    assert by[0]["unsocial_hours"].found == 144


def test_what_was_worked_counts_in_place_of_what_was_published(database: Database) -> None:
    """On days of which worked shifts are known published ones do not count, on others they do."""
    force = lived(database)
    known = [FIRST - timedelta(days=back) for back in (1, 8)]
    with database.write() as transaction:
        span = people.Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 5, tzinfo=UTC))
        told = [shift(force.ids[3], day, 22, "night") for day in sorted(known)]
        whose = [force.ids[3]]
        people.set_history(transaction, force.room.room_id, "worked", whose, span, told)
    nights = [
        next(part.found for part in force.standing(database, place).burdens) for place in (0, 3)
    ]
    # Of the first officer's 18 nights those of 27 December to 3 January were not worked.
    assert nights == [18 - 4, 2]


def test_shifts_as_arrays_are_those_told_one_by_one(database: Database) -> None:
    """Times of many shifts at once are those of each, of the room's officers alone."""
    force = lived(database)
    room_id = force.room.room_id
    spans = [
        people.Span(datetime(2026, 12, day, tzinfo=UTC), datetime(2026, 12, day + 3, tzinfo=UTC))
        for day in (1, 10)
    ]
    with database.read() as reading:
        found = people.history_times(reading, room_id, "published", spans)
        slow = [
            (each.officer_id, int(each.start.timestamp()) // 60, each.kind)
            for span in spans
            for each in people.history(reading, room_id, "published", span)
            if span.start <= each.start < span.end
        ]
        none = people.history_times(reading, room_id, "published", [])
    fast = zip(found.whose.tolist(), found.start.tolist(), found.kind.tolist(), strict=True)
    assert sorted(slow) == sorted(
        (found.officers[who], start, found.kinds[kind]) for who, start, kind in fast
    )
    assert ((found.end - found.start) == 8 * 60).all()
    assert (none.officers, len(none.start)) == ((), 0)


def test_leave_carries_no_share_of_nights_but_does_of_christmas(database: Database) -> None:
    """Away all the year nobody owes nights; leave at Christmas does not pay for Christmas."""
    force = lived(database)
    with database.write() as transaction:
        details = leave.AbsenceDetails("leave", date(2026, 1, 5), date(2027, 1, 3))
        leave.record_absence(transaction, force.room.room_id, force.ids[3], details, force.room.by)
    by = {part.burden: part for part in force.standing(database, 3).burdens}
    assert not by["nights"].has_part
    assert by["christmas"].has_part
    assert by["christmas"].over < 0


def test_a_roster_is_made_with_what_was_met_and_carried(database: Database) -> None:
    """Weights and portions are frozen into the problem, and said among what is assumed."""
    force = lived(database)
    with database.write() as transaction:
        details = preferences.RoundDetails(FIRST, DAYS, NOW + timedelta(days=1))
        of = preferences.open_round(transaction, force.room.room_id, details)
        for whose in force.ids[:2]:
            wish = preferences.WishDetails(FIRST + timedelta(days=5), wants=False, points=5)
            preferences.state_wish(transaction, force.room.room_id, whose, of.id, wish)
    roster, job = asked(database, force.room)
    with database.write() as transaction:
        task = rosters.task(transaction, force.room.room_id, job.id)
    assert task is not None
    officers = {UUID(each.id): each for each in task.problem.officers}
    little, much = (officers[whose] for whose in force.ids[:2])
    assert little.wish_percent > 100 > much.wish_percent
    nights = [
        next(part.most for part in each.portions if part.burden == "nights")
        for each in (little, much)
    ]
    assert nights[0] < nights[1]
    said = " ".join(roster.assumed)
    assert "Wishes count by what was met in the last round: those of 1 person for up to" in said
    assert "Nights, weekends, unsocial hours and holidays are shared out pro rata" in said


def test_a_force_can_let_every_round_stand_by_itself(database: Database) -> None:
    """Without memory every wish counts for its points; without a price nobody has a portion."""
    force = lived(database)
    room_id = force.room.room_id
    with database.write() as transaction:
        for part, said in (
            ("fairness.wishes", {"counts": False}),
            ("fair_shares", {"weight": 0}),
        ):
            rulebooks.set_numbers(
                transaction, room_id, "police_officers_ew", part, 0,
                rulebooks.Said(said, TODAY, "agreed"), force.room.by,
            )  # fmt: skip
    with database.read() as reading:
        found = fairness.fairness(reading, room_id, FIRST)
    assert {each.percent for each in found.standings} == {100}
    assert found.rule == FairShares(weight=0)
    _, job = asked(database, force.room)
    with database.write() as transaction:
        task = rosters.task(transaction, room_id, job.id)
    assert task is not None
    assert not any(each.portions for each in task.problem.officers)
