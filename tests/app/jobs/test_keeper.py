"""What a worker does beside its jobs: hands over, shows that it is alive, takes over."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.db.transaction import Database
from app.jobs.worker import rows
from app.jobs.worker.keeper import Keeper
from app.jobs.worker.runs import Runs
from tests.app.jobs.works import Hands, asked, new_room


def keeper_of(database: Database, hands: Hands, dead_seconds: float | None = 1000.0) -> Keeper:
    """The keeper of the worker called `me`."""
    runs = Runs(database, {}, retry_seconds=(), most_starts=1)
    days = timedelta(days=1)
    return Keeper(
        database, hands, runs, worker_id="me", host="here", dead_seconds=dead_seconds,
        traces_kept=days,
    )  # fmt: skip


def known(database: Database) -> dict[str, rows.Peer]:
    """The workers that are known, by id."""
    with database.read() as reading:
        return {peer.id: peer for peer in rows.peers(reading)}


def entered(database: Database, *workers: str) -> None:
    """Let workers be known."""
    with database.write() as transaction:
        for worker in workers:
            rows.enter(transaction, worker, "here", clock.now())


def test_what_was_asked_is_handed_over_once(database: Database) -> None:
    """By one keeper; a new one, as after a kill, hands over anew all that has not ended."""
    room = new_room(database)
    first = asked(database, room, "a")
    hands = Hands()
    keeper = keeper_of(database, hands)
    keeper.hand_over()
    second = asked(database, room, "b")
    keeper.hand_over()
    assert hands.handed == [(first.id, "a"), (second.id, "b")]
    with database.write() as transaction:
        rows.begin(transaction, first.id, clock.now())
        rows.end(transaction, first.id, 1, "done", "", {}, clock.now())
        rows.begin(transaction, second.id, clock.now())
    after = Hands()
    keeper_of(database, after).hand_over()
    assert after.handed == [(second.id, "b")]


def test_what_is_due_by_itself_is_asked_for_and_handed_over(database: Database) -> None:
    """Every plan is called with the database; what it asks for is handed over like all else."""
    room = new_room(database)
    hands, made = Hands(), []
    runs = Runs(database, {}, retry_seconds=(), most_starts=1)
    keeper = Keeper(
        database, hands, runs, worker_id="me", host="here", dead_seconds=None,
        traces_kept=timedelta(days=1), plans=[lambda it: made.append(asked(it, room, "a"))],
    )  # fmt: skip
    keeper.plan()
    keeper.hand_over()
    assert hands.handed == [(made[0].id, "a")]


def test_a_heart_beats_and_a_worker_given_up_comes_back(database: Database) -> None:
    """Each beat is another number; one that the others have dropped is known again."""
    entered(database, "me")
    keeper = keeper_of(database, Hands())
    keeper.beat()
    keeper.beat()
    assert known(database)["me"].beat == 2
    with database.write() as transaction:
        rows.drop(transaction, {"me"})
    keeper.beat()
    assert "me" in known(database)


def test_jobs_of_the_dead_are_freed_and_of_the_living_left(database: Database) -> None:
    """Dead is who has left, who is not known, and whose heart stands still."""
    entered(database, "me", "peer", "gone")
    with database.write() as transaction:
        rows.leave(transaction, "gone")
    hands = Hands({"me": {"1"}, "peer": {"2"}, "gone": {"3"}, "unknown": {"4"}})
    keeper_of(database, hands).take_over()
    assert hands.released == {"3", "4"}
    assert set(known(database)) == {"me", "peer"}
    keeper_of(database, hands, dead_seconds=0.0).take_over()
    assert hands.released == {"2", "3", "4"}
    assert set(known(database)) == {"me"}


def test_a_heart_that_beats_is_heard(database: Database) -> None:
    """However long ago a worker was seen first."""
    entered(database, "me", "peer")
    hands = Hands({"peer": {"2"}})
    keeper = keeper_of(database, hands)
    keeper.take_over()
    keeper._heard["peer"] = (keeper._heard["peer"][0], float("-inf"))
    with database.write() as transaction:
        rows.beat(transaction, "peer")
    keeper.take_over()
    assert hands.released == set()
    keeper._heard["peer"] = (keeper._heard["peer"][0], float("-inf"))
    keeper.take_over()
    assert hands.released == {"2"}


def test_who_is_alone_takes_everything_over(database: Database) -> None:
    """Where one process works at a time, whoever is known beside it is dead."""
    entered(database, "me", "before")
    hands = Hands({"before": {"1"}, "me": {"2"}})
    keeper_of(database, hands, dead_seconds=None).take_over()
    assert hands.released == {"1"}


def test_one_worker_at_a_time_takes_over(database: Database) -> None:
    """On PostgreSQL, where two could, the second leaves it to the first."""
    hands = Hands({"unknown": {"1"}})
    with database.write() as transaction:
        assert rows.is_alone(transaction)
        if transaction.dialect.name == "postgresql":
            keeper_of(database, hands).take_over()
            assert hands.released == set()
    keeper_of(database, hands).take_over()
    assert hands.released == {"1"}


def test_whatever_goes_wrong_the_keeper_goes_on(database: Database) -> None:
    """A duty that fails is said in the log and done again when it is due."""
    asked(database, new_room(database), "a")
    hands = Hands(breaks=2)
    keeper = keeper_of(database, hands)
    keeper.start()
    hands.was_handed.wait(30)
    keeper.stop(30)
    assert not keeper.is_alive()
    assert len(hands.handed) == 1
