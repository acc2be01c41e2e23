"""Requirements tested by simulation: people added where they lack, kept once, told in words."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from app.errors import Conflict, NotFound
from app.jobs import service as jobs
from app.people import service as people
from app.requirements import service as requirements
from app.requirements.jobs import HANDLERS
from forecasting.series import History, Series
from tests.app.callers import Staffed, signed_in, staffed, token
from tests.app.forecasts.rooms import SOMEBODY, made, room
from tests.app.jobs.works import Plain

BEGUN, DAYS = np.datetime64("2025-03-10T05:00"), 60
DAY = date(2025, 5, 9)
"""The first day without counts."""

FEW = 20
"""Runs: enough for a busy quarter hour."""

STEEP = np.where((np.arange(96) >= 28) & (np.arange(96) < 80), 90.0, 2.0)
"""Calls by quarter hour that rise at once at seven."""

FLAT = np.full(96, 30.0)


def counted(**by_queue: np.ndarray) -> History:
    """The same calls every day."""
    return History(
        {name: Series(name, BEGUN, 15, np.tile(each, DAYS)) for name, each in by_queue.items()}
    )


def asked_for(database: Database, counts: History, **asks: object) -> requirements.Requirement:
    """A day's requirement of a room with these counts, that asks this as a whole."""
    home = room(database, counts)
    with database.write() as transaction:
        requirements.set_room_terms(transaction, home.id, 0, asks, SOMEBODY)
    forecast = made(database, home.id, DAY, 1, model="eight_week_mean")
    with database.write() as transaction:
        return requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)


def ask(
    database: Database, asked: requirements.Requirement
) -> tuple[requirements.Repair, jobs.Job]:
    """A test that was asked for by somebody else."""
    with database.write() as transaction:
        return requirements.repair(transaction, asked.room_id, asked.id, uuid4(), FEW)


def run(database: Database, job: jobs.Job, cancel_after: int | None = None) -> Plain:
    """Run a job to its end."""
    work = Plain(job, database, cancel_after)
    HANDLERS[job.kind](work)
    return work


def mended(
    database: Database, asked: requirements.Requirement
) -> tuple[requirements.Requirement, requirements.Need, requirements.Need]:
    """What comes of a test, and what was asked before and is after."""
    repair, job = ask(database, asked)
    run(database, job)
    with database.read() as reading:
        found = requirements.requirement(reading, asked.room_id, repair.result_id)
        before, after = (
            requirements.need(reading, asked.room_id, each.id) for each in (asked, found)
        )
    assert found.made_by == job.asked_by
    return found, before, after


def test_a_steep_rise_gains_people(database: Database) -> None:
    """People are added at seven alone; it is said how many, where, and that it is enough."""
    asked = asked_for(database, counted(calls=STEEP))
    found, before, after = mended(database, asked)
    more = after.whole - before.whole
    assert more[28] > 0
    assert more[:24].sum() == 0
    assert (found.forecast_id, found.terms, found.room) == (
        asked.forecast_id,
        asked.terms,
        asked.room,
    )
    hours = f"Added: {more.sum() / 4:g} person-hours for calls."
    assert found.notes[0].startswith(f"Simulated {FEW} times: ")
    assert found.notes[0].endswith(f" fell short of the goals before, none does now. {hours}")
    assert found.notes[1] == (
        "Not judged, with fewer than 200 calls over all runs: 44 quarter hours of calls."
    )
    assert found.notes[2:] == asked.notes
    assert found.hours.rostered > asked.hours.rostered
    with database.read() as reading:
        assert requirements.newest(reading, asked.room_id) == found


def test_what_is_not_short_stays_as_it_is_and_is_said_to(database: Database) -> None:
    """Steady calls need nobody more: every row is as before, and the notes say so."""
    asked = asked_for(database, counted(calls=FLAT))
    found, before, after = mended(database, asked)
    assert found.notes[0] == (
        f"Simulated {FEW} times: no quarter hour falls short of its goals, and nobody was added."
    )
    for old, new in zip(before.rows, after.rows, strict=True):
        assert (old.names, old.skills) == (new.names, new.skills)
        assert np.array_equal(old.people, new.people)


def test_what_the_room_asks_is_asked_of_the_new_people_too(database: Database) -> None:
    """Posts, least staffing and prices come with them; sets stay between their parts."""
    posts = [{"name": "Desk", "skill": "ems"}, {"name": "Log", "skill": "calls", "people": 2}]
    least = [{"skill": "ems", "people": 3}]
    counts = counted(calls=STEEP, ems=np.ceil(STEEP / 10))
    asked = asked_for(database, counts, posts=posts, minimums=least, reserve=2)
    found, before, after = mended(database, asked)
    assert [row.names for row in after.rows] == [row.names for row in before.rows]
    assert {row.asker for row in after.rows} == {"queues", "minimum"}
    for old, new in zip(before.rows, after.rows, strict=True):
        assert (new.people >= old.people).all()
    assert found.room == asked.room
    assert found.room is not None
    assert found.room.terms.reserve == 2
    both = after.by_set["calls", "ems"]
    assert (both <= after.by_set["calls",] + after.by_set["ems",]).all()
    assert before.calls is not None
    assert after.calls is not None
    for queue, load in before.calls.load.items():
        assert np.array_equal(after.calls.load[queue], load)


def test_nobody_is_added_beyond_the_seats(database: Database) -> None:
    """Where seats are too few the people are those of the seats, and the notes say both."""
    asked = asked_for(database, counted(calls=STEEP), seats=15)
    found, before, after = mended(database, asked)
    assert np.array_equal(before.whole, after.whole)
    assert found.notes[0].startswith(f"Simulated {FEW} times, as if there were seats enough: ")
    assert found.notes[0].endswith(" Nobody was added.")
    assert any(note.startswith("Too few seats for calls") for note in found.notes)


def test_a_second_run_of_the_job_keeps_one_result(database: Database) -> None:
    """Run again or beside a former run, a job keeps what was kept first."""
    asked = asked_for(database, counted(calls=FLAT))
    repair, job = ask(database, asked)
    with database.read() as reading:
        late = requirements.repair_task(reading, job)
    assert late is not None
    result = requirements.mend(late, lambda *_: True)
    assert result is not None
    run(database, job)
    with database.write() as transaction:
        assert not requirements.keep_mended(transaction, late, result)
    assert run(database, job).told == []
    with database.read() as reading:
        kept = requirements.requirements(reading, asked.room_id)
    assert [each.id for each in kept] == [repair.result_id, asked.id]


def test_a_test_is_asked_for_once(database: Database) -> None:
    """Asked again the same job is told of, and what came of a test is not tested again."""
    asked = asked_for(database, counted(calls=FLAT))
    first = ask(database, asked)
    assert ask(database, asked) == first
    run(database, first[1])
    with database.write() as transaction:
        with pytest.raises(Conflict, match="has been tested by simulation"):
            requirements.repair(transaction, asked.room_id, first[0].result_id, SOMEBODY)
        assert len(jobs.jobs(transaction, asked.room_id, requirements.KIND)) == 1


def test_a_cancelled_test_keeps_nothing_and_can_be_asked_anew(database: Database) -> None:
    """Told to stop it ends with the run at hand; the job asked next keeps a result of its own."""
    asked = asked_for(database, counted(calls=FLAT))
    first, job = ask(database, asked)
    assert len(run(database, job, cancel_after=2).told) == 3
    with database.write() as transaction:
        assert requirements.requirements(transaction, asked.room_id) == (asked,)
        requirements.stop_repair(transaction, asked.room_id, asked.id)
        assert jobs.job(transaction, asked.room_id, job.id).state == "cancelled"
    second, new = ask(database, asked)
    assert second.job_id != first.job_id
    run(database, job)
    run(database, new)
    with database.read() as reading:
        kept = requirements.requirements(reading, asked.room_id)
    assert [each.id for each in kept] == [second.result_id, asked.id]


def test_progress_is_told_run_by_run(database: Database) -> None:
    """Words name the queues, the set, the run, and how many quarter hours fell short before."""
    asked = asked_for(database, counted(calls=STEEP, ems=FLAT / 10))
    told = run(database, ask(database, asked)[1]).told
    assert told[0]["words"] == f"Simulating calls, set 1 of 3: run 1 of {FEW}."
    again = next(str(each["words"]) for each in told if "round 2" in str(each["words"]))
    assert again.startswith(f"Simulating calls, set 1 of 3, round 2: run 1 of {FEW}. ")
    assert again.endswith("fell short in the round before.")
    assert str(told[-1]["words"]).startswith("Simulating calls and ems, set 3 of 3")
    shares = [each["share"] for each in told]
    assert shares == sorted(shares, key=str)


def test_another_room_has_no_such_requirement(database: Database) -> None:
    """By another room's address it cannot be tested, stopped or found."""
    asked = asked_for(database, counted(calls=FLAT))
    _, job = ask(database, asked)
    other = room(database, name="Felpersham")
    with database.write() as transaction:
        with pytest.raises(NotFound, match="no such requirement"):
            requirements.repair(transaction, other.id, asked.id, SOMEBODY)
        with pytest.raises(NotFound, match="no such requirement"):
            requirements.stop_repair(transaction, other.id, asked.id)
        assert requirements.repair_of(transaction, other.id, asked.id) is None
        assert jobs.job(transaction, asked.room_id, job.id).state == "waiting"


def test_a_queue_that_is_renamed_meanwhile_is_still_tested(database: Database) -> None:
    """The test speaks of queues by the names that they have in the requirement."""
    asked = asked_for(database, counted(calls=FLAT))
    with database.write() as transaction:
        queue = demand.queues(transaction, asked.room_id)[0]
        demand.change_queue(transaction, asked.room_id, queue.id, queue.version, "telephone")
    _, before, after = mended(database, asked)
    assert after.by_set.keys() == before.by_set.keys() == {("calls",)}


@pytest.fixture
def force(database: Database) -> Staffed:
    """A force whose first room has counts, and a requirement that lacks people at seven."""
    made_force = staffed(database)
    home = made_force.room.id
    with database.write() as transaction:
        people.create_skill(transaction, made_force.force.id, "calls", "Calls")
        demand.receive(transaction, home, demand.counts_of(counted(calls=STEEP)), "test", None)
    forecast = made(database, home, DAY, 1, model="eight_week_mean")
    with database.write() as transaction:
        requirements.work_out(transaction, home, SOMEBODY, forecast.id)
    return made_force


def newest(database: Database, force: Staffed) -> requirements.Requirement:
    """The room's newest requirement."""
    with database.read() as reading:
        found = requirements.newest(reading, force.room.id)
    assert found is not None
    return found


def test_a_system_asks_and_reads_what_came_of_it(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """202 with the job's place, once a key; the result is a requirement; its own test is 409."""
    headers, asked = token(database, force.system), newest(database, force)
    base = f"/api/v1/rooms/{force.room.id}/requirements"
    keyed = {**headers, "Idempotency-Key": "test-it"}
    where = f"{base}/{asked.id}/repair"
    first, again = (client.post(where, headers=keyed) for _ in range(2))
    assert (first.status_code, first.json()) == (202, again.json())
    assert (first.json()["requirement_id"], first.json()["job_state"]) == (str(asked.id), "waiting")
    job = client.get(first.headers["Location"], headers=headers).json()
    assert (job["id"], job["kind"]) == (first.json()["job_id"], "repair")
    result = f"{base}/{first.json()['result_id']}"
    assert client.get(result, headers=headers).status_code == 404
    with database.read() as reading:
        found = requirements.repair_of(reading, force.room.id, asked.id)
    assert found is not None
    run(database, found[1])
    assert "fell short" in client.get(result, headers=headers).json()["notes"][0]
    assert client.post(f"{result}/repair", headers=headers).status_code == 409
    strange = f"{base}/{uuid4()}/repair"
    assert client.post(strange, headers=headers).status_code == 404
    other = token(database, force.other_manager)
    assert client.post(where, headers=other).status_code == 404


def test_the_page_has_a_button_then_how_far_it_is_then_the_result(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """Stopped there is the button again; done it is said what came of it, and no more button."""
    manager, asked = signed_in(client, force.manager), newest(database, force)
    page = f"/rooms/{force.room.id}/demand/terms/room"
    address = f"/rooms/{force.room.id}/demand/requirements/{asked.id}/repair"
    assert manager.get(page).text.count("Test it by simulation") == 1
    answer = manager.post(address, data={"shown": "room"})
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    text = manager.get(page).text
    assert "Testing by simulation" in text
    assert "Test it by simulation" not in text
    assert manager.post(f"{address}/stop").status_code == 303
    assert "Test it by simulation" in manager.get(page).text
    manager.post(address)
    with database.read() as reading:
        found = requirements.repair_of(reading, force.room.id, asked.id)
    assert found is not None
    run(database, found[1])
    text = manager.get(page).text
    assert "fell short of the goals before, none does now. Added: " in text
    assert "Test it by simulation" not in text
    result = f"/rooms/{force.room.id}/demand/requirements/{found[0].result_id}/repair"
    assert manager.post(result).headers["Location"].endswith("/demand/terms")
