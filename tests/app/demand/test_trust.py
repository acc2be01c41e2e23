"""Counts that are hard to believe: found, decided about in layers, and never changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import numpy as np
import pytest

from app.db.transaction import Database
from app.demand import jobs as doors
from app.demand import service as demand
from app.demand.values import FloatArray
from app.errors import Conflict, InvalidInput, NotFound
from app.forecasts import service as forecasts
from app.jobs import service as jobs
from tests.app.demand.doubtful import OUTAGE, look_at, receive_outage
from tests.app.demand.made import counts
from tests.app.people.rooms import small_force

SOMEBODY = uuid4()


@dataclass(frozen=True)
class Doubtful:
    """A room with an outage in its counts, looked at."""

    database: Database
    room_id: UUID
    queue_id: UUID

    def trust(self) -> demand.Trust:
        """How far the queue's counts can be believed."""
        with self.database.read() as reading:
            return demand.trust(reading, self.room_id, self.queue_id)

    def decide(self, decision: demand.Decision, **more: object) -> demand.Layer:
        """Decide about the first finding that is open."""
        given = {"reason": "The telephony was down.", **more}
        ruling = demand.Ruling(self.trust().open_findings[0].key, decision, **given)  # type: ignore[arg-type]
        with self.database.write() as transaction:
            return demand.decide(transaction, self.room_id, self.queue_id, SOMEBODY, ruling)

    def name(
        self, stretch: demand.Stretch, decision: demand.Decision, way: demand.Way | None = None
    ) -> demand.Layer:
        """Decide about a stretch that is named."""
        ruling = demand.Ruling(stretch, decision, "The line was cut.", way)
        with self.database.write() as transaction:
            return demand.decide(transaction, self.room_id, self.queue_id, SOMEBODY, ruling)

    def offered(self, view: demand.View) -> FloatArray:
        """Calls in the hours of the outage."""
        with self.database.read() as reading:
            return demand.history(reading, self.room_id, view=view)["999"].offered[OUTAGE]


@pytest.fixture
def doubtful(database: Database) -> Doubtful:
    """The room, on each kind of database."""
    with database.write() as transaction:
        room = small_force(transaction).room
        receive_outage(transaction, room.id)
    assert look_at(database, room.id) == 1
    with database.read() as reading:
        (queue,) = demand.queues(reading, room.id)
    return Doubtful(database, room.id, queue.id)


def test_an_outage_is_found_and_told_once(doubtful: Doubtful) -> None:
    """A look keeps its finding with words and a chart; the next look finds nothing new."""
    seen = doubtful.trust()
    assert seen.check is not None
    (found,) = seen.open_findings
    assert found.words.startswith("No call from 10:00 to 15:00 on Wednesday 1 April 2026, where ")
    assert found.remedies[0] == "exclude"
    assert seen.check.open_intervals - seen.check.observed == len(OUTAGE)
    assert len(found.around.counted) == len(found.around.expected) > len(OUTAGE)
    assert look_at(doubtful.database, doubtful.room_id) == 0
    with doubtful.database.read() as reading:
        assert demand.to_look_at(reading, doubtful.room_id) == {doubtful.queue_id: 1}


def test_decisions_lie_over_the_counts(doubtful: Doubtful) -> None:
    """Excluded is not observed, corrected is what is told, and both can be taken back."""
    layer = doubtful.decide("exclude")
    assert np.isnan(doubtful.offered("believed")).all()
    assert not doubtful.trust().open_findings
    assert look_at(doubtful.database, doubtful.room_id) == 0
    with doubtful.database.write() as transaction:
        demand.undo(transaction, doubtful.room_id, doubtful.queue_id, layer.id, SOMEBODY)
    assert not doubtful.offered("believed").any()
    doubtful.decide("correct", way="total", total=120.0)
    assert doubtful.offered("believed").sum() == pytest.approx(120.0)
    assert np.isnan(doubtful.offered("untouched")).all()
    assert not doubtful.offered("counted").any()
    assert [each.decision for each in doubtful.trust().undone] == ["exclude"]


def test_a_correction_to_the_expected_is_like_the_days_about_it(doubtful: Doubtful) -> None:
    """What is put in place of an outage is near what was drawn there."""
    found = doubtful.trust().open_findings[0]
    doubtful.decide("correct", way="expected")
    assert doubtful.offered("believed").sum() == pytest.approx(found.expected, abs=1)
    assert 80 < found.expected < 160


def test_values_that_are_told_stand_in_place_of_the_counts(doubtful: Doubtful) -> None:
    """Each interval has its own; one that is not known is not observed."""
    told = (20.0, 21.0, None, 19.0, 18.0)
    doubtful.decide("correct", way="values", values=told)
    kept = doubtful.offered("believed")
    assert np.array_equal(kept, np.array(told, dtype=np.float64), equal_nan=True)


def test_what_is_accepted_stays_and_is_asked_no_more(doubtful: Doubtful) -> None:
    """Accepting keeps the counts as they are for everything that reads them."""
    doubtful.decide("accept")
    assert not doubtful.trust().open_findings
    assert not doubtful.offered("believed").any()
    with doubtful.database.read() as reading:
        assert demand.layers_in_force(reading, doubtful.room_id) == ()


def test_what_cannot_be_decided_is_refused(doubtful: Doubtful) -> None:
    """No reason, no way, no such finding, twice: one sentence each, and nothing is kept."""
    with pytest.raises(InvalidInput) as error:
        doubtful.decide("correct", reason=" ", total=5.0)
    assert [place.field for place in error.value.places] == ["reason", "way", "total"]
    with pytest.raises(InvalidInput):
        doubtful.decide("correct", way="halve")
    with pytest.raises(InvalidInput, match=f"Give {len(OUTAGE)} figures, .*: 2 came."):
        doubtful.decide("correct", way="values", values=(1.0, 2.0))
    found = doubtful.trust().open_findings[0]
    doubtful.decide("exclude")
    again = demand.Ruling(found.key, "accept", "It was so.")
    unknown = demand.Ruling("outage-1", "accept", "It was so.")
    with doubtful.database.write() as transaction:
        with pytest.raises(Conflict):
            demand.decide(transaction, doubtful.room_id, doubtful.queue_id, SOMEBODY, again)
        with pytest.raises(NotFound):
            demand.decide(transaction, doubtful.room_id, doubtful.queue_id, SOMEBODY, unknown)
        with pytest.raises(NotFound):
            demand.undo(transaction, doubtful.room_id, doubtful.queue_id, uuid4(), SOMEBODY)
    assert len(doubtful.trust().layers) == 1


def test_a_person_names_a_stretch_that_no_look_found(doubtful: Doubtful) -> None:
    """It is excluded or corrected like a finding, settles one within it, and can be taken back."""
    hour = timedelta(hours=1)
    start = doubtful.trust().open_findings[0].start - 2 * hour
    stretch = demand.Stretch(start, start + 7 * hour)
    layer = doubtful.name(stretch, "exclude")
    assert layer.kind == "named"
    assert "from 08:00 to 15:00 on Wednesday 1 April 2026, named by hand." in layer.words
    assert not doubtful.trust().open_findings
    assert np.isnan(doubtful.offered("believed")).all()
    with pytest.raises(Conflict):
        doubtful.name(stretch, "exclude")
    with doubtful.database.write() as transaction:
        demand.undo(transaction, doubtful.room_id, doubtful.queue_id, layer.id, SOMEBODY)
    assert len(doubtful.trust().open_findings) == 1
    doubtful.name(stretch, "correct", way="expected")
    assert 80 < doubtful.offered("believed").sum() < 160


def test_stretches_that_cannot_be_named_are_refused(doubtful: Doubtful) -> None:
    """Empty, backward, off the intervals or before the counts: one sentence at its field."""
    begin = doubtful.trust().open_findings[0].start
    cases = ((0.0, 0.0, "end"), (2.0, -2.0, "end"), (0.0, 0.25, "end"), (-5000.0, 1.0, "start"))
    for *hours, field in cases:
        ends = (begin + timedelta(hours=each) for each in hours)
        with pytest.raises(InvalidInput) as error:
            doubtful.name(demand.Stretch(*ends), "exclude")
        assert [place.field for place in error.value.places] == [field]
    ends = "Monday 2 March 2026 00:00 to Monday 11 May 2026 01:00."
    assert error.value.places[0].words.endswith(ends)
    assert doubtful.trust().layers == ()


def test_a_stretch_over_the_edge_of_a_decision_is_refused(doubtful: Doubtful) -> None:
    """The other is named in the sentence; one within it, or around it, may be decided anew."""
    hour = timedelta(hours=1)
    begin = doubtful.trust().open_findings[0].start
    doubtful.decide("exclude")
    for first, after in ((-2, 3), (3, 7)):
        with pytest.raises(Conflict, match="No call from 10:00 to 15:00 on Wednesday 1 April 2026"):
            doubtful.name(demand.Stretch(begin + first * hour, begin + after * hour), "exclude")
    doubtful.name(demand.Stretch(begin + 5 * hour, begin + 7 * hour), "exclude")
    doubtful.name(demand.Stretch(begin + hour, begin + 2 * hour), "correct", way="expected")
    assert np.array_equal(np.isnan(doubtful.offered("believed")), [True, False, True, True, True])
    doubtful.name(demand.Stretch(begin - hour, begin + 7 * hour), "exclude")
    assert np.isnan(doubtful.offered("believed")).all()


def test_of_two_overlapping_stretches_named_at_once_one_holds(doubtful: Doubtful) -> None:
    """Whoever comes second is told of the first, however close behind."""
    hour = timedelta(hours=1)
    begin = doubtful.trust().open_findings[0].start
    ready = threading.Barrier(2)
    refused: list[Conflict] = []

    def name(first: int) -> None:
        stretch = demand.Stretch(begin + first * hour, begin + (first + 3) * hour)
        ready.wait()
        try:
            doubtful.name(stretch, "exclude")
        except Conflict as error:
            refused.append(error)

    people = [threading.Thread(target=name, args=(first,)) for first in (-8, -6)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(refused) == 1
    assert len(doubtful.trust().layers) == 1


def test_a_decision_stays_when_counts_are_looked_at_again(doubtful: Doubtful) -> None:
    """Counts that come later and lengthen an outage a little do not ask about it again."""
    doubtful.decide("exclude")
    with doubtful.database.write() as transaction:
        more = counts({("999", 4 * (OUTAGE.stop)): 0.0}, interval_minutes=60)
        demand.receive(transaction, doubtful.room_id, more, "api", None)
    assert look_at(doubtful.database, doubtful.room_id) == 0
    assert not doubtful.trust().open_findings


def test_a_forecast_keeps_which_layers_it_saw(doubtful: Doubtful) -> None:
    """It learns from counts with the decisions laid over, and says which they were."""
    layer = doubtful.decide("exclude")
    wanted = forecasts.Wanted(doubtful.trust().check.end.date(), 7)  # type: ignore[union-attr]
    with doubtful.database.write() as transaction:
        asked, _ = forecasts.ask(transaction, doubtful.room_id, SOMEBODY, wanted)
    with doubtful.database.read() as reading:
        materials = forecasts.gather(reading, doubtful.room_id, asked)
    assert np.isnan(materials.history["999"].offered[OUTAGE]).all()
    result = forecasts.make(materials, lambda *_: True)
    assert result is not None
    with doubtful.database.write() as transaction:
        forecasts.keep(transaction, doubtful.room_id, asked.id, result)
        made = forecasts.forecast(transaction, doubtful.room_id, asked.id).made
    assert made is not None
    assert made.layers == (layer.id,)


def test_counts_that_came_in_are_looked_at_by_a_job(database: Database) -> None:
    """A room with counts that no look has seen gets one job, and after it none for some hours."""
    with database.write() as transaction:
        room = small_force(transaction).room
        receive_outage(transaction, room.id)
    doors.ask(database)
    doors.ask(database)
    with database.read() as reading:
        assert len(jobs.jobs(reading, room.id, demand.KIND)) == 1
    assert look_at(database, room.id) == 1
    with database.read() as reading:
        assert demand.rooms_to_look_at(reading) == ()
