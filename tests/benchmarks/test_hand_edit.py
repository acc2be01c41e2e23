"""What looking at and changing a large roster costs: 300 people, 28 days, 17 weeks of history.

The goal is a hand edit judged in 100 ms (design §8); nothing is compiled or solved for it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest

from app.db.transaction import Database
from app.rosters import service as rosters
from app.rosters.service import desk
from tests.benchmarks.large_room import WEEKS, kept_roster, migrated

PEOPLE = 300


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, UUID, UUID]]:
    """A kept roster of 300 people; its database, room and id."""
    with migrated(tmp_path_factory.mktemp("large")) as database:
        room, roster_id = kept_roster(database, PEOPLE, bound=True)
        yield database, room.room_id, roster_id


def milliseconds(act: Callable[[], object], times: int = 7) -> float:
    """The median time of an act on its core, whatever else the machine is doing."""
    taken = []
    for _ in range(times):
        begun = time.thread_time()
        act()
        taken.append(time.thread_time() - begun)
    return statistics.median(taken) * 1000


@pytest.mark.benchmark
def test_hand_edit(large: tuple[Database, UUID, UUID]) -> None:
    """Print what each look at a large roster takes, reading its rows included."""
    database, room_id, roster_id = large
    with database.read() as reading:
        problem = rosters.opened(reading, room_id, roster_id).problem
        who, day = UUID(problem.officers[5].id), problem.date_of(9)
        change = [rosters.DayChange(who, day, problem.shifts[10].code)]
        tutor = [rosters.DayChange(UUID(problem.officers[2].id), day, None)]

        def cold() -> None:
            desk._kept.clear()
            rosters.opened(reading, room_id, roster_id)

        acts: dict[str, Callable[[], object]] = {
            "opened for the first time": cold,
            "effect of a hand edit": lambda: rosters.try_changes(
                reading, room_id, roster_id, change
            ),
            "the same of a tutor": lambda: rosters.try_changes(reading, room_id, roster_id, tutor),
            "every option of an officer-day": lambda: rosters.day_options(
                reading, room_id, roster_id, who, day
            ),
            "who could take a shift": lambda: rosters.takers(
                reading, room_id, roster_id, day, problem.shifts[8].code
            ),
            "laid out for a page": lambda: rosters.laid_out(reading, room_id, roster_id),
        }
        print(f"\n{PEOPLE} people x {problem.days} days, {WEEKS} weeks of history,", end=" ")
        print(f"{len(problem.bonds)} bonds:")
        for name, act in acts.items():
            print(f"  {name:32} {milliseconds(act):7.1f} ms")
