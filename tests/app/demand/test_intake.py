"""Counts in: the latest word stands, the former is kept, the same twice changes nothing."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app import clock
from app.db.transaction import Database, Reading
from app.demand import service as demand
from app.demand.tables import batches, former_counts
from app.demand.tables import counts as counts_table
from app.errors import InvalidInput, NotFound
from forecasting.staffing.handling import handling
from tests.app.demand.made import MONDAY, at, counts
from tests.app.people.rooms import small_force

CALLS = {("999", 0): 4, ("999", 1): 5, ("101", 0): 9}


def sizes(reading: Reading) -> list[int]:
    """Rows of counts, former counts and batches."""
    tables = (counts_table, former_counts, batches)
    return [reading.execute(select(func.count()).select_from(t)).scalar_one() for t in tables]


def fields(error: InvalidInput) -> list[str]:
    """The fields that an error names."""
    return [place.field for place in error.places]


def test_counts_come_back_as_they_came(database: Database) -> None:
    """What is kept is what was sent, under queues made for it, unknown figures unknown."""
    with database.write() as transaction:
        room = small_force(transaction).room
        given = counts(CALLS, handled={("999", 0): 801.5})
        received = demand.receive(transaction, room.id, given, "api", None)
    assert (received.new, received.revised, received.unchanged) == (3, 0, 0)
    with database.read() as reading:
        history = demand.history(reading, room.id)
        page = demand.intervals(reading, room.id)
        seen = demand.observed(reading, room.id)
    assert list(history) == ["101", "999"]
    assert history["999"].offered.tolist() == [4, 5]
    handled = history["999"].handled_seconds
    assert handled is not None
    assert np.array_equal(handled, [801.5, np.nan], equal_nan=True)
    assert history["101"].handled_seconds is None
    assert history["999"].start == np.datetime64("2026-03-02T00:00")
    assert demand.Figures(4, None, None, 801.5) in [each.figures for each in page.intervals]
    assert [(s.queue.name, s.first, s.last, s.intervals) for s in seen] == [
        ("101", at(0), at(0), 1),
        ("999", at(0), at(1), 2),
    ]
    assert {each.queue.interval_minutes for each in seen} == {15}


def test_handled_are_the_calls_answered(database: Database) -> None:
    """A queue's history tells its calls answered, so that seconds are shared among those alone."""
    with database.write() as transaction:
        room = small_force(transaction).room
        given = counts(CALLS, handled={("999", 0): 600.0})
        given = replace(given, answered=np.where(given.offered == 4, 3.0, np.nan))
        demand.receive(transaction, room.id, given, "api", None)
        history = demand.history(transaction, room.id)
    assert history["999"].handled_calls.tolist() == [3, 5]
    assert history["101"].answered is None
    measured = handling(history["999"], room.zone)
    assert measured is not None
    assert measured.mean == 200


def test_the_same_batch_twice_changes_nothing(database: Database) -> None:
    """A batch that was kept before is reported as unchanged and writes no row."""
    with database.write() as transaction:
        room = small_force(transaction).room
        demand.receive(transaction, room.id, counts(CALLS), "api", None)
        before = sizes(transaction)
        again = demand.receive(transaction, room.id, counts(CALLS), "api", None)
        assert sizes(transaction) == before == [3, 0, 1]
    assert again == demand.Received(None, 0, 0, 3)


def test_a_revision_keeps_the_former_with_its_times(database: Database) -> None:
    """The latest stands; what stood before says when it came and when it was replaced."""
    with database.write() as transaction:
        room = small_force(transaction).room
        for hour, offered in enumerate((4, 6, 6, 5)):
            with clock.stopped_at(MONDAY + timedelta(days=1, hours=hour)):
                sent = counts({("999", 0): offered, ("999", hour + 1): 1})
                demand.receive(transaction, room.id, sent, f"{hour}", None)
        queue = demand.queues(transaction, room.id)[0]
        told = demand.revisions(transaction, room.id, queue.id, at(0))
    assert [(each.figures.offered, each.source) for each in told] == [(5, "3"), (6, "1"), (4, "0")]
    hours = [MONDAY + timedelta(days=1, hours=hour) for hour in (3, 1, 0)]
    assert [each.received_at for each in told] == hours
    assert [each.replaced_at for each in told] == [None, *hours[:2]]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sent=st.lists(
        st.dictionaries(
            st.tuples(st.sampled_from(["999", "101"]), st.integers(0, 5)),
            st.integers(0, 2),
            min_size=1,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_batches_give_the_latest_and_a_full_trail(
    database: Database, sent: list[dict[tuple[str, int], int]]
) -> None:
    """After any batches each interval has its last value, and its trail every change of it."""
    trail: dict[tuple[str, int], list[int]] = {}
    with database.write() as transaction:
        room = small_force(transaction, uuid4().hex).room
        for batch in sent:
            new = revised = 0
            for key, offered in batch.items():
                told = trail.setdefault(key, [])
                if not told or told[0] != offered:
                    new, revised = new + (not told), revised + bool(told)
                    told.insert(0, offered)
            received = demand.receive(transaction, room.id, counts(batch), "api", None)
            assert (received.new, received.revised) == (new, revised)
            assert received.unchanged == len(batch) - new - revised
        queues = {each.name: each.id for each in demand.queues(transaction, room.id)}
        for (name, quarter), told in trail.items():
            kept = demand.revisions(transaction, room.id, queues[name], at(quarter))
            assert [each.figures.offered for each in kept] == told
        assert len(demand.intervals(transaction, room.id).intervals) == len(trail)
    event(f"revised: {any(len(told) > 1 for told in trail.values())}")


def test_two_at_once_lose_nothing(database: Database) -> None:
    """Batches that come at the same time are kept one after the other, whole."""
    with database.write() as transaction:
        room = small_force(transaction).room
    ready = threading.Barrier(2)

    def send(first: int) -> None:
        ready.wait()
        with database.write() as transaction:
            sent = counts({("999", quarter): first for quarter in range(first, first + 500)})
            demand.receive(transaction, room.id, sent, "api", None)

    senders = [threading.Thread(target=send, args=(first,)) for first in (0, 250)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    with database.read() as reading:
        assert sizes(reading) == [750, 250, 2]
        got = demand.batches(reading, room.id)
        assert [(each.new, each.revised) for each in got] == [(250, 250), (500, 0)]
        last = 0 if got[0].first == at(0) else 250
        offered = demand.history(reading, room.id)["999"].offered
        assert set(offered[250:500].tolist()) == {last}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({("999", 0): -1}, "counts[0].offered"),
        ({("999", 0): 1.5}, "counts[0].offered"),
        ({("999", 0): np.nan}, "counts[0].offered"),
        ({("999", 0): np.inf}, "counts[0].offered"),
        ({("999", 0): 1, ("999", 1): 2e6}, "counts[1].offered"),
        ({("999", 0.5): 1}, "counts[0].start"),
        ({("999", -(10**7)): 1}, "counts[0].start"),
    ],
)
def test_a_count_that_cannot_be_is_refused_by_row(
    database: Database, wrong: dict[tuple[str, int], float], field: str
) -> None:
    """The row and field are named and nothing is kept."""
    with database.write() as transaction:
        room = small_force(transaction).room
        with pytest.raises(InvalidInput) as caught:
            demand.receive(transaction, room.id, counts(wrong), "api", None)
        assert sizes(transaction) == [0, 0, 0]
    assert fields(caught.value) == [field]


def test_an_interval_told_twice_is_refused(database: Database) -> None:
    """One batch has one word on an interval; the second row is named."""
    given = counts(CALLS)
    twice = demand.Counts(
        given.queues, given.queue[[0, 1, 0]], given.start[[0, 1, 0]], given.offered[[0, 1, 2]]
    )
    with database.write() as transaction:
        room = small_force(transaction).room
        with pytest.raises(InvalidInput) as caught:
            demand.receive(transaction, room.id, twice, "api", None)
    assert fields(caught.value) == ["counts[2].start"]


def hourly(count: int, first: int = 0) -> demand.Counts:
    """Counts of one queue by the hour."""
    calls = {("999", first + 4 * hour): 10.0 for hour in range(count)}
    return counts(calls, interval_minutes=None)


def test_the_interval_length_is_read_and_then_held(database: Database) -> None:
    """Quarter hours are known by one pair; later hours, told or seen, are refused."""
    with database.write() as transaction:
        room = small_force(transaction).room
        first = counts(CALLS, interval_minutes=None)
        demand.receive(transaction, room.id, first, "api", None)
        demand.receive(transaction, room.id, hourly(1, 50), "api", None)
        for wrong in (hourly(9, 100), counts({("101", 8): 1}, interval_minutes=60)):
            with pytest.raises(InvalidInput, match="of 60 minutes and the others of 15"):
                demand.receive(transaction, room.id, wrong, "api", None)
        mixed = {("999", 4 * hour): 9.0 for hour in range(200, 217)} | {("999", 700): 1.0}
        with pytest.raises(InvalidInput, match="of 60 minutes and the others of 15"):
            demand.receive(transaction, room.id, counts(mixed), "api", None)


def test_hours_are_told_by_eight_in_a_row(database: Database) -> None:
    """Few rows an hour apart may be quarter hours with gaps: the length is asked for."""
    with database.write() as transaction:
        small = small_force(transaction)
        with pytest.raises(InvalidInput, match="give 15, 30 or 60"):
            demand.receive(transaction, small.room.id, hourly(8), "api", None)
        demand.receive(transaction, small.room.id, hourly(9), "api", None)
        assert demand.queues(transaction, small.room.id)[0].interval_minutes == 60
        with pytest.raises(InvalidInput, match="begin at other times"):
            demand.receive(
                transaction, small.room.id, counts(CALLS, interval_minutes=None), "", None
            )


def test_a_history_takes_a_span(database: Database) -> None:
    """Only intervals that begin within the span are read; an empty span is said."""
    with database.write() as transaction:
        room = small_force(transaction).room
        calls = {("999", quarter): quarter for quarter in range(10)}
        demand.receive(transaction, room.id, counts(calls), "api", None)
        history = demand.history(transaction, room.id, since=at(3), until=at(5))
        assert history["999"].offered.tolist() == [3, 4]
        with pytest.raises(NotFound):
            demand.history(transaction, room.id, since=at(10))


def test_another_room_sees_nothing(database: Database) -> None:
    """Counts of one room are not there for another, by list, by queue or by interval."""
    with database.write() as transaction:
        small = small_force(transaction)
        demand.receive(transaction, small.room.id, counts(CALLS), "api", None)
        queue = demand.queues(transaction, small.room.id)[0]
        other = small.other_room.id
        assert demand.intervals(transaction, other, only=[queue.id]).intervals == ()
        assert demand.observed(transaction, other) == ()
        assert demand.batches(transaction, other) == ()
        for wrong in (
            lambda: demand.history(transaction, other),
            lambda: demand.queue(transaction, other, queue.id),
            lambda: demand.revisions(transaction, other, queue.id, at(0)),
        ):
            with pytest.raises(NotFound):
                wrong()


def test_pages_show_each_interval_once(database: Database) -> None:
    """Pages follow one another by queue and start."""
    with database.write() as transaction:
        room = small_force(transaction).room
        calls = {(name, quarter): quarter for name in ("999", "101") for quarter in range(7)}
        demand.receive(transaction, room.id, counts(calls), "api", None)
        page = demand.intervals(transaction, room.id, limit=3)
        seen = list(page.intervals)
        while page.following:
            page = demand.intervals(transaction, room.id, after=page.following, limit=3)
            seen += page.intervals
    assert len({(each.queue_id, each.start) for each in seen}) == len(seen) == 14


def test_calls_answered_in_time_are_kept_and_revised(database: Database) -> None:
    """What the telephony counts as answered in time comes back, unknown where it was not told."""
    with database.write() as transaction:
        room = small_force(transaction).room
        given = counts({("999", 0): 4, ("999", 1): 5, ("999", 2): 6})
        told = replace(given, answered_in_time=np.array([3.0, np.nan, 0.0]))
        demand.receive(transaction, room.id, told, "api", None)
        corrected = replace(given, answered_in_time=np.array([2.0, np.nan, 0.0]))
        again = demand.receive(transaction, room.id, corrected, "api", None)
        queue = demand.queues(transaction, room.id)[0]
        page = demand.intervals(transaction, room.id)
        trail = demand.revisions(transaction, room.id, queue.id, at(0))
        text = demand.table(transaction, room.id)
    assert (again.new, again.revised, again.unchanged) == (0, 1, 2)
    assert [each.figures.answered_in_time for each in page.intervals] == [2, None, 0]
    assert [each.figures.answered_in_time for each in trail] == [2, 3]
    assert [line.rpartition(",")[2] for line in text.splitlines()[1:]] == ["2", "", "0"]
