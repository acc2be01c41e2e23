"""A demonstration room told by the services: what stands afterwards, on both databases."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from app import clock
from app.db.transaction import Database, Reading
from app.demand import service as demand
from app.demo.calls import make_calls
from app.demo.constabulary import COUNTY_SHOW, NOTICE, batches, constabulary
from app.demo.houston import NOTICE as HOUSTON_NOTICE
from app.demo.houston import houston
from app.demo.people import PLACES, make_people
from app.demo.plan import Plan, Told
from app.demo.service import fresh_passwords
from app.demo.telling import HISTORY_DAYS, tell_room
from app.demo.wishes import LONG_ASKS, make_long_wishes, make_wishes
from app.leave import service as leave
from app.patterns import service as patterns
from app.people import service as people
from app.people.service import Span
from app.preferences import service as preferences
from app.preferences.checks import check_long_wish, check_wish
from app.preferences.service import Round, Wish
from app.requirements import service as requirements
from app.rosters import service as rosters
from app.rulebooks import service as rulebooks

NOW = datetime(2026, 11, 27, 14, 5, tzinfo=UTC)
FRIDAY = NOW.date()
SOMETHING = uuid4()


@pytest.fixture(scope="module")
def plan() -> Plan:
    """A small room: two teams of a few places, five weeks of calls."""
    made = make_calls(FRIDAY - timedelta(days=60), NOW, "Europe/London", frozenset())
    return Plan(
        force="Demonstration constabulary",
        room="Demonstration control room",
        notice=NOTICE,
        zone="Europe/London",
        holidays="GB-ENG",
        as_of=None,
        people=tuple(make_people(2, PLACES[::6], FRIDAY)),
        skills={"999": "999", "101": "101", "dispatch": "Dispatch"},
        batches=batches(made, NOW),
        given={"101": {"share": 0.9, "within_seconds": 60}},
        first_day=FRIDAY - timedelta(days=11),
        days=49,
        next_days=28,
        seconds=5,
        next_seconds=5,
        sign_in="",
        events=(COUNTY_SHOW,),
    )


def test_what_is_told_stands(database: Database, plan: Plan) -> None:
    """People, counts with their revisions, half a year of shifts, wishes of two rounds, users."""
    with clock.stopped_at(NOW):
        with database.write() as transaction:
            told = tell_room(transaction, plan)
        room_id = told.room.id
        with database.read() as reading:
            assert people.room(reading, room_id).notice == NOTICE
            assert len(people.everyone(reading, room_id)) == len(plan.people) == 8
            assert len(people.teams(reading, room_id)) == 2
            queues = {each.name for each in demand.queues(reading, room_id)}
            assert queues == {"999", "101", "dispatch"}
            first, second = sorted(demand.batches(reading, room_id), key=lambda batch: batch.number)
            assert (first.revised, second.new) == (0, 0)
            assert 20 < second.revised <= second.revised + second.unchanged == 3 * 3 * 12
            origins = {t.queue: t.given for t in requirements.terms(reading, room_id)}
            assert set(origins["101"]) == set(plan.given["101"])
            begin = datetime(2026, 11, 16, tzinfo=UTC)
            span = Span(begin - timedelta(days=HISTORY_DAYS), begin)
            worked, published = (
                people.history(reading, room_id, state, span) for state in ("worked", "published")
            )
            assert worked == published
            assert len(worked) > 8 * HISTORY_DAYS / 3
            calendar = [each.name for each in demand.events(reading, room_id)]
            assert calendar == ["Bonfire night", "County show", "Halloween", "New Year's Eve"]
            assert demand.holidays_of(reading, room_id) == ("GB-ENG", True)
            states = [each.state for each in preferences.rounds(reading, room_id)]
            assert states == ["open", "closed"]
            assert len(preferences.wishes(reading, room_id, plan.first_day, 77)) > 4
            assert len(rosters.templates(reading, room_id)) == 10
            standings = leave.standings(reading, room_id, FRIDAY)
            assert set(standings) == {each.id for each in told.officers}
            assert all(each.balances["leave"] > 0 for each in standings.values())
            bonds = rosters.bonds(reading, room_id)
            assert [(b.details.kind, b.details.role) for b in bonds] == [("with", "tutor")] * 2
            (away,) = leave.absences_of(reading, room_id, plan.next_day, plan.next_day)
            assert away.details.kind == "leave"
            _goes_on_as_worked(reading, told, worked)
        accounts = fresh_passwords(database)
        assert {account.sign_in_name for account in accounts} == {"administrator", "manager"}
        again = fresh_passwords(database)
        assert not {a.password for a in accounts} & {a.password for a in again}


def _goes_on_as_worked(reading: Reading, told: Told, worked: tuple[people.PastShift, ...]) -> None:
    """After the next period the teams follow the room's own pattern, on the days they worked it."""
    own, *_ = patterns.patterns(reading, told.room.id)
    assert own.own is not None
    end = told.plan.next_day + timedelta(days=told.plan.next_days)
    assert patterns.followed(reading, told.room.id, told.plan.first_day, 77) == {}
    lines = patterns.followed(reading, told.room.id, end, 1)
    assert {each.pattern for line in lines.values() for each in line.values()} == {own.pattern}
    for shift in worked[:50]:
        day = shift.start.astimezone(ZoneInfo(told.plan.zone)).date()
        rounds_later = end + timedelta(days=(day - end).days % 10)
        same = patterns.followed(reading, told.room.id, rounds_later, 1)
        (followed,) = same[shift.officer_id].values()
        assert followed.tour is not None
        assert followed.tour.kind == shift.kind


def test_what_the_force_must_say_is_assumed_and_said_to_be(database: Database, plan: Plan) -> None:
    """Answers are there with that reason, what staff are paid is open, no roster shown differs."""
    with clock.stopped_at(NOW), database.write() as transaction:
        told = tell_room(transaction, plan)
        books = rulebooks.in_force(transaction, told.room.id, told.plan.next_day)
    assert {each.change.said.reason for book in books.each for each in book.answers} == {
        "Assumed for the demonstration"
    }
    assert books.officers.answer("due_notice_hours") == 11
    assert books.staff.answer("staff_weekend_rates") is None
    assert [book.own for book in books.each] == [(), ()]
    assert {change.rule for book in books.each for change in book.coming} == {"daily_rest"}


def test_counts_are_right_in_the_end() -> None:
    """The second batch corrects what the first had too low, and nothing else is corrected."""
    made = make_calls(FRIDAY - timedelta(days=60), NOW, "Europe/London", frozenset())
    first, second = batches(made, NOW)
    kept = {
        (queue, start): offered
        for batch in (first, second)
        for queue, start, offered in zip(batch.queue, batch.start, batch.offered, strict=True)
    }
    truth = np.concatenate([made.offered[queue][made.seen] for queue in first.queues])
    assert list(kept.values()) == truth.tolist()
    assert first.offered.sum() < truth.sum()
    assert np.all(first.answered <= first.offered)  # type: ignore[operator]


@pytest.mark.parametrize("weekday", range(7))
def test_dates_are_about_today_on_any_day_of_the_week(weekday: int) -> None:
    """Today is in the roster in force, and officers learn of the next period a month before it."""
    now = NOW + timedelta(days=weekday)
    plan = constabulary(now)
    today = now.date()
    assert plan.first_day.weekday() == 0
    assert plan.first_day <= today < plan.next_day
    assert (plan.next_day - today).days >= 31 + 4
    assert len(plan.people) == 120
    assert "Synthetic" in plan.notice
    first, _ = plan.batches
    last = datetime.fromtimestamp(int(first.start.max()) * 60, UTC)
    assert now - timedelta(minutes=30) < last < now


def test_houston_is_seen_from_the_end_of_its_counts() -> None:
    """Its present is the end of the real counts, its people are said to be made up."""
    plan = houston()
    assert plan.as_of == plan.present == datetime(2025, 7, 1, tzinfo=UTC)
    assert plan.first_day <= plan.present.date() < plan.next_day
    assert "Real public 911 counts" in HOUSTON_NOTICE
    assert "made up" in plan.notice
    (counts,) = plan.batches
    assert len(counts) == 170_811
    held = Counter(skill for each in plan.people for skill in each.place.skills)
    assert set(held) == set(counts.queues) == set(plan.skills)


def test_made_up_wishes_can_all_be_stated() -> None:
    """They fit the round, day by day and point by point; some days are wanted by many."""
    details = preferences.RoundDetails(FRIDAY + timedelta(days=31), 28, NOW + timedelta(days=4))
    made = list(make_wishes(details, 120))
    assert made == list(make_wishes(details, 120))
    asked = Round(SOMETHING, SOMETHING, 1, details, None, "open")
    placed: dict[int, list[Wish]] = {}
    for officer, wish in made:
        others = placed.setdefault(officer, [])
        check_wish(asked, wish, others, details.points - sum(each.points for each in others))
        others.append(Wish(SOMETHING, SOMETHING, SOMETHING, 1, wish))
    assert 70 < len(placed) < 105
    off = Counter(wish.day for _, wish in made if not wish.wants and not wish.kinds)
    assert max(off.values()) > 20
    spent = {officer: sum(each.points for each in whose) for officer, whose in placed.items()}
    longer = list(make_long_wishes(details, 120, spent))
    assert 20 < len(longer) < 50
    assert {wish.ask for _, wish in longer} == {ask.ask for _, ask in LONG_ASKS}
    for officer, long_wish in longer:
        check_long_wish(details, long_wish, details.points - spent.get(officer, 0), set())
