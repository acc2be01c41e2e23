"""Sets of queues and Hall's condition against the largest flow of people to queues."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from forecasting.errors import InputError
from forecasting.staffing.sharing import Counts, able, bounds, queue_sets, shortages

NAMES = "abcd"


def random_room(rng: np.random.Generator) -> tuple[dict[frozenset[str], int], dict[str, int]]:
    """Two to four queues, up to six kinds of people, some of whom serve none of the queues."""
    queues = NAMES[: rng.integers(2, 5)]
    on_duty: dict[frozenset[str], int] = {}
    for _ in range(rng.integers(1, 7)):
        skills = frozenset(q for q in (*queues, "other") if rng.random() < 0.5)
        on_duty[skills] = int(rng.integers(0, 7))
    return on_duty, {q: int(rng.integers(0, 8)) for q in queues}


def flows(on_duty: dict[frozenset[str], Counts], needs: dict[str, Counts]) -> Counts:
    """Most needs that can be filled at once in each of many rooms, as one flow through all."""
    groups, queues = list(on_duty), list(needs)
    rooms = len(needs[queues[0]])
    own = np.arange(rooms) * (len(groups) + len(queues)) + 2
    edges: list[tuple[Counts, Counts, Counts]] = []
    for g, group in enumerate(groups):
        edges.append((np.zeros_like(own), own + g, on_duty[group]))
        for q, queue in enumerate(queues):
            if queue in group:
                edges.append((own + g, own + len(groups) + q, on_duty[group]))
    for q, queue in enumerate(queues):
        edges.append((own + len(groups) + q, np.ones_like(own), needs[queue]))
    starts, ends, most = (np.concatenate(part) for part in zip(*edges, strict=True))
    kept = most > 0
    size = 2 + rooms * (len(groups) + len(queues))
    places = (starts[kept], ends[kept])
    graph = csr_array((most[kept].astype(np.int32), places), shape=(size, size))
    leaving = maximum_flow(graph, 0, 1).flow[[0], :].toarray()[0, 2:]
    filled: Counts = leaving.reshape(rooms, -1)[:, : len(groups)].sum(axis=1).astype(np.int64)
    return filled


def test_shortages_equal_the_largest_flow() -> None:
    """In 10,000 random rooms the people missing are the needs less the largest flow.

    What is left of the needs can be filled at once, in each of them.
    """
    rng = np.random.default_rng(2)
    rooms = 10_000
    sets = [frozenset(group) for group in queue_sets(NAMES)]
    there = rng.random((len(sets), rooms)) < 0.25
    on_duty = dict(zip(sets, rng.integers(0, 7, there.shape) * there, strict=True))
    asked = rng.integers(0, 8, (len(NAMES), rooms))
    asked[2:] *= np.arange(2)[:, None] < rng.integers(0, 3, rooms)
    needs = dict(zip(NAMES, asked, strict=True))
    missing = shortages(on_duty, needs)
    short = np.sum(list(missing.values()), axis=0)
    assert np.array_equal(short, asked.sum(axis=0) - flows(on_duty, needs))
    assert min(count.min() for count in missing.values()) >= 0
    left = {queue: need - missing[queue] for queue, need in needs.items()}
    assert np.array_equal(flows(on_duty, left), np.sum(list(left.values()), axis=0))
    assert 2000 < np.count_nonzero(short) < 9000


def test_the_most_urgent_queue_is_short_last() -> None:
    """The queue named first is never shorter of people than it would be alone."""
    rng = np.random.default_rng(3)
    for _ in range(500):
        on_duty, needs = random_room(rng)
        first = next(iter(needs))
        alone = max(0, needs[first] - int(able(on_duty, [first])))
        assert shortages(on_duty, needs)[first] == alone


def test_counting_people_once_per_queue_misleads() -> None:
    """Two people with both skills look enough for 2 + 2 queue by queue, and are 2 short."""
    both = {frozenset({"999", "101"}): 2}
    needs = {"999": 2, "101": 2}
    assert all(able(both, [queue]) >= need for queue, need in needs.items())
    assert able(both, needs) < sum(needs.values())
    assert {q: int(u) for q, u in shortages(both, needs).items()} == {"999": 0, "101": 2}


def test_whole_days_at_once() -> None:
    """Arrays over intervals give each interval's own answer."""
    rng = np.random.default_rng(4)
    kinds = [frozenset({"a"}), frozenset({"b"}), frozenset({"a", "b"})]
    people = {kind: rng.integers(0, 5, 96) for kind in kinds}
    needs = {"a": rng.integers(0, 6, 96), "b": 3}
    missing = shortages(people, needs)
    for k in range(96):
        single = shortages(
            {kind: int(count[k]) for kind, count in people.items()},
            {"a": int(needs["a"][k]), "b": 3},
        )
        assert all(missing[q].shape == (96,) and missing[q][k] == single[q] for q in "ab")


@settings(deadline=None)
@given(st.sets(st.text("abcdefgh", min_size=1, max_size=3), min_size=1, max_size=5))
def test_every_set_once(names: set[str]) -> None:
    """2ⁿ − 1 sets, each once, names sorted, and every smaller set before a larger one."""
    sets = queue_sets(list(names))
    assert len(sets) == len(set(sets)) == 2 ** len(names) - 1
    assert all(list(group) == sorted(group) for group in sets)
    assert [len(group) for group in sets] == sorted(len(group) for group in sets)


def test_refuses_too_many_or_doubled_queues() -> None:
    """Six queues that share staff, or one name twice, are refused in one sentence."""
    with pytest.raises(InputError, match="6 queues share staff"):
        queue_sets(list("abcdef"))
    with pytest.raises(InputError, match="twice"):
        queue_sets(["a", "b", "a"])


def test_bounds_are_the_largest_part_and_the_cheapest_two() -> None:
    """Three queues need at least what a pair of them does, and at most a pair and the third."""
    needs = {
        ("a",): 2, ("b",): 3, ("c",): 4, ("a", "b"): 4, ("a", "c"): 6, ("b", "c"): 5,
    }  # fmt: skip
    least, most = bounds(("a", "b", "c"), {group: np.array([n]) for group, n in needs.items()})
    assert (least.tolist(), most.tolist()) == ([6], [7])
