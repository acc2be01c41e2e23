"""The doors of jobs: list, read, follow live, cancel; what a stranger meets there."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.auth import service as auth
from app.auth.service import User
from app.db.transaction import Database
from app.errors import NotFound
from app.jobs import api, watch
from app.jobs import service as jobs
from app.jobs.watch import Watch
from app.jobs.worker import rows
from tests.app.callers import Staffed, signed_in, token
from tests.app.jobs.works import asked, awaited, seen


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.02)


def path(job: jobs.Job, rest: str = "") -> str:
    """Where a job is."""
    return f"/api/v1/rooms/{job.room_id}/jobs/{job.id}{rest}"


def begun(database: Database, job: jobs.Job) -> None:
    """Let a job run, as a worker would."""
    with database.write() as transaction:
        assert rows.begin(transaction, job.id, clock.now())


def told(database: Database, job: jobs.Job, done: int) -> None:
    """Let a running job be so far."""
    with database.write() as transaction:
        rows.tell(transaction, job.id, 1, {"done": done})


def ended(database: Database, job: jobs.Job, state: jobs.State = "done", words: str = "") -> None:
    """Let a running job end."""
    with database.write() as transaction:
        rows.end(transaction, job.id, 1, state, words, {"done": 9}, clock.now())


@contextmanager
def meanwhile(act: Callable[[], None]) -> Iterator[None]:
    """Do something in a thread beside the block."""
    thread = threading.Thread(target=act)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def events(body: str) -> list[dict[str, str]]:
    """The events of a stream, each by its fields."""
    return [
        dict(line.split(": ", 1) for line in block.splitlines())
        for block in body.split("\n\n")
        if block and not block.startswith(":")
    ]


def test_a_job_is_read_and_listed(client: TestClient, database: Database, force: Staffed) -> None:
    """As it stands, newest first, by kind, a page at a time."""
    made = [asked(database, force.room.id, kind) for kind in ("a", "b", "a")]
    headers = token(database, force.manager)
    answer = client.get(path(made[0]), headers=headers).json()
    assert answer["id"] == str(made[0].id)
    assert (answer["state"], answer["has_ended"], answer["words"]) == ("waiting", False, "")
    everything = f"/api/v1/rooms/{force.room.id}/jobs"
    listed = client.get(everything, headers=headers).json()["jobs"]
    assert [job["id"] for job in listed] == [str(job.id) for job in reversed(made)]
    first = client.get(f"{everything}?kind=a&limit=1", headers=headers)
    assert [job["id"] for job in first.json()["jobs"]] == [str(made[2].id)]
    second = client.get(first.links["next"]["url"], headers=headers)
    assert [job["id"] for job in second.json()["jobs"]] == [str(made[0].id)]
    assert "next" not in second.links


@pytest.mark.parametrize("query", ["after=nonsense", "after=W10", "kind=A%00", "limit=0"])
def test_a_list_that_cannot_be_made_is_refused(
    query: str, client: TestClient, database: Database, force: Staffed
) -> None:
    """With a sentence, not with a fault."""
    where = f"/api/v1/rooms/{force.room.id}/jobs?{query}"
    assert client.get(where, headers=token(database, force.manager)).status_code == 422


def test_a_job_is_cancelled(client: TestClient, database: Database, force: Staffed) -> None:
    """By a system or from a page; one that has ended is a conflict."""
    job = asked(database, force.room.id, "a")
    answer = client.post(path(job, "/cancel"), headers=token(database, force.system))
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    other = asked(database, force.room.id, "a")
    begun(database, other)
    answer = signed_in(client, force.manager).post(path(other, "/cancel"))
    assert (answer.json()["state"], answer.json()["has_ended"]) == ("running", False)
    assert answer.json()["cancel_asked_at"]
    ended(database, other)
    again = asked(database, force.room.id, "a")
    begun(database, again)
    ended(database, again)
    answer = client.post(path(again, "/cancel"), headers=token(database, force.manager))
    assert answer.status_code == 409


@pytest.mark.parametrize("rest", ["", "/events"])
def test_a_stranger_sees_no_job(
    rest: str, client: TestClient, database: Database, force: Staffed
) -> None:
    """Nor an officer, nor a manager of another room, nor one who names the wrong room."""
    job = asked(database, force.room.id, "a")
    assert client.get(path(job, rest)).status_code == 401
    assert client.get(path(job, rest), headers=token(database, force.officer)).status_code == 403
    other = token(database, force.other_manager)
    assert client.get(path(job, rest), headers=other).status_code == 404
    wrong = path(job, rest).replace(str(force.room.id), str(force.other_room.id))
    assert client.get(wrong, headers=other).status_code == 404
    missing = path(job, rest).replace(str(job.id), str(uuid4()))
    assert client.get(missing, headers=token(database, force.manager)).status_code == 404


def test_a_stranger_cancels_no_job(client: TestClient, database: Database, force: Staffed) -> None:
    """It goes on as it was."""
    job = asked(database, force.room.id, "a")
    for user in (force.officer, force.other_manager):
        answer = client.post(path(job, "/cancel"), headers=token(database, user))
        assert answer.status_code in {403, 404}
    assert (
        signed_in(client, force.manager)
        .post(path(job, "/cancel"), headers={"X-CSRF-Token": "forged"})
        .status_code
        == 403
    )
    assert seen(database, job) == job


def test_a_job_is_followed_to_its_end(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """Each event is the job as it stands, numbered upwards; the last says that it has ended."""
    job = asked(database, force.room.id, "a")

    def work() -> None:
        begun(database, job)
        told(database, job, 1)
        ended(database, job, "failed", "There are no officers.")

    with meanwhile(work):
        answer = client.get(path(job, "/events"), headers=token(database, force.manager))
    assert answer.headers["content-type"].startswith("text/event-stream")
    stream = events(answer.text)
    assert {event["event"] for event in stream} == {"job"}
    numbers = [int(event["id"]) for event in stream]
    assert numbers == sorted(set(numbers))
    last = json.loads(stream[-1]["data"])
    assert (last["state"], last["words"]) == ("failed", "There are no officers.")
    assert (last["progress"], last["has_ended"]) == ({"done": 9}, True)


def test_a_follower_goes_on_where_it_was(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """After the event that it saw last; what has ended meanwhile is said once more."""
    job = asked(database, force.room.id, "a")
    begun(database, job)
    told(database, job, 1)
    headers = token(database, force.manager)
    version = seen(database, job).version
    with meanwhile(lambda: ended(database, job)):
        answer = client.get(
            path(job, "/events"), headers={**headers, "Last-Event-ID": str(version)}
        )
    assert [int(event["id"]) for event in events(answer.text)] == [version + 1]
    again = {**headers, "Last-Event-ID": str(version + 1)}
    answer = client.get(path(job, "/events"), headers=again)
    assert [json.loads(event["data"])["state"] for event in events(answer.text)] == ["done"]
    for nonsense in ("abc", "9" * 5000, "-1"):
        answer = client.get(path(job, "/events"), headers={**headers, "Last-Event-ID": nonsense})
        assert len(events(answer.text)) == 1


def test_a_quiet_stream_is_kept_open(
    client: TestClient, database: Database, force: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Comments pass while nothing changes, so that no proxy takes the line for dead."""
    monkeypatch.setattr("fastapi.routing._PING_INTERVAL", 0.02)
    job = asked(database, force.room.id, "a")
    begun(database, job)
    timer = threading.Timer(0.5, lambda: ended(database, job))
    timer.start()
    answer = client.get(path(job, "/events"), headers=token(database, force.manager))
    timer.join()
    assert ": ping\n\n" in answer.text


def test_who_is_let_in_no_more_hears_no_more(
    client: TestClient, database: Database, force: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stream ends soon after signing out, and once a token is revoked, while its job goes on."""
    monkeypatch.setattr(api, "ANEW_SECONDS", 0.1)
    job = asked(database, force.room.id, "a")
    begun(database, job)
    late = threading.Timer(60, lambda: ended(database, job))
    late.start()
    manager = signed_in(client, force.manager)
    other = TestClient(client.app, cookies=manager.cookies, headers=manager.headers)

    def sign_out() -> None:
        awaited(database, job, lambda _: job.id in api.WATCH._followed)
        assert other.post("/sign-out", follow_redirects=False).status_code == 303

    with meanwhile(sign_out):
        signed_out = manager.get(path(job, "/events"))
    system = token(database, force.system)

    def revoke() -> None:
        awaited(database, job, lambda _: job.id in api.WATCH._followed)
        revoke_all(database, force.system)

    with meanwhile(revoke):
        revoked = client.get(path(job, "/events"), headers=system)
    late.cancel()
    for answer in (signed_out, revoked):
        told = [json.loads(each["data"])["state"] for each in events(answer.text)]
        assert (answer.status_code, told) == (200, ["running"])
    assert not seen(database, job).has_ended


def revoke_all(database: Database, user: User) -> None:
    """Let every token of a user be of no use."""
    with database.write() as transaction:
        for each in auth.tokens_of(transaction, user.id):
            auth.revoke_token(transaction, user.id, each.id)


def test_many_who_follow_a_job_look_once(
    database: Database, force: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One poller for all of them, none when the last has gone."""
    job = asked(database, force.room.id, "a")
    looks = []
    read = jobs.job

    def counted(*given: object) -> jobs.Job:
        looks.append(given)
        return read(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "job", counted)
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.2)

    async def follow(house: Watch) -> list[jobs.State]:
        states, version = [], 0
        with house.following(database, job.room_id, job.id) as followed:
            while True:
                found = await followed.newer(version)
                version = found.version
                states.append(found.state)
                if found.has_ended:
                    return states

    async def all_of_them() -> list[list[jobs.State]]:
        house = Watch()
        followers = [asyncio.create_task(follow(house)) for _ in range(50)]
        await asyncio.sleep(0.1)
        await asyncio.to_thread(begun, database, job)
        await asyncio.sleep(0.3)
        await asyncio.to_thread(ended, database, job)
        states = await asyncio.gather(*followers)
        assert not house._followed
        return states

    states = asyncio.run(all_of_them())
    assert states == [["waiting", "running", "done"]] * 50
    assert len(looks) < 25, "as many looks as one follower needs, not fifty times that"


def test_who_follows_what_cannot_be_read_is_told(database: Database, force: Staffed) -> None:
    """Nobody waits for ever for a job that has gone."""
    job = asked(database, force.room.id, "a")

    async def follow() -> None:
        with Watch().following(database, force.other_room.id, job.id) as followed:
            await followed.newer(0)

    with pytest.raises(NotFound):
        asyncio.run(follow())


def test_who_stops_following_leaves_nothing_behind(database: Database, force: Staffed) -> None:
    """The poller ends with the last follower, though the job goes on."""
    job = asked(database, force.room.id, "a")

    async def glance() -> None:
        house = Watch()
        with house.following(database, job.room_id, job.id) as followed:
            await followed.newer(0)
        assert not house._followed
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(glance())
    assert not awaited(database, job, lambda _: True).has_ended
