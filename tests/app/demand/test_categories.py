"""Categories of calls in and out: parts beside their queue, renamed, counted together or hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db.transaction import Database, Reading, Transaction
from app.demand import service as demand
from app.errors import Conflict, InvalidInput, NotFound, Stale
from forecasting.errors import InputError
from tests.app.demand.made import at, minutes
from tests.app.people.rooms import small_force

Cells = Mapping[tuple[str, str | None, int], float]
"""Calls by queue, category (None: all calls of the queue) and quarter hour."""


def counts(cells: Cells) -> demand.Counts:
    """Counts of queues and categories."""
    queues = tuple(dict.fromkeys(queue for queue, _, _ in cells))
    names = tuple(dict.fromkeys(name for _, name, _ in cells if name is not None))
    return demand.Counts(
        queues,
        np.array([queues.index(queue) for queue, _, _ in cells]),
        np.array([minutes(quarter) for _, _, quarter in cells]),
        np.array(list(cells.values()), dtype=np.float64),
        interval_minutes=15,
        categories=names,
        category=np.array([-1 if name is None else names.index(name) for _, name, _ in cells]),
    )


def receive(transaction: Transaction, room_id: UUID, cells: Cells) -> demand.Received:
    """Keep counts."""
    return demand.receive(transaction, room_id, counts(cells), "api", None)


def divided(reading: Reading, room_id: UUID, queue: str = "101") -> dict[str, list[float]]:
    """Calls of a queue by category, "" for none, and of the whole as "all"."""
    parts = demand.category_parts(reading, room_id)[queue]
    found = dict(zip((*parts.names, ""), parts.divided().tolist(), strict=True))
    return found | {"all": parts.whole.offered.tolist()}


def named(reading: Reading, room_id: UUID, source: str) -> demand.Category:
    """The category that comes in under a name."""
    return next(each for each in demand.categories(reading, room_id) if each.source == source)


def test_parts_stand_beside_their_queue(database: Database) -> None:
    """What categories leave of the queue's count is of none; other queues have no parts."""
    with database.write() as transaction:
        room = small_force(transaction).room.id
        told = receive(
            transaction,
            room,
            {
                ("101", None, 0): 9, ("101", "crime", 0): 4, ("101", "ASB", 0): 2,
                ("101", None, 1): 5, ("101", "crime", 1): 5, ("999", None, 0): 3,
            },
        )  # fmt: skip
        assert (told.new, told.revised, told.categorised) == (3, 0, 3)
        assert divided(transaction, room) == {
            "ASB": [2, 0], "crime": [4, 5], "": [3, 0], "all": [9, 5],
        }  # fmt: skip
        assert list(demand.category_parts(transaction, room)) == ["101"]
        assert "2026-03-02T00:00:00Z,101,ASB,2\n" in demand.category_table(transaction, room)


def test_only_categories_make_the_queue_their_sum(database: Database) -> None:
    """Without a count of its own a queue has their sum, also when one of them is told anew."""
    with database.write() as transaction:
        room = small_force(transaction).room.id
        receive(transaction, room, {("101", "crime", 0): 4, ("101", "ASB", 0): 2})
        again = receive(transaction, room, {("101", "crime", 0): 4, ("101", "ASB", 0): 2})
        assert again == demand.Received(None, 0, 0, 1)
        told = receive(transaction, room, {("101", "crime", 0): 7})
        assert (told.new, told.revised, told.categorised) == (0, 1, 1)
        assert divided(transaction, room) == {"ASB": [2], "crime": [7], "": [0], "all": [9]}


def test_a_count_that_came_by_itself_stays(database: Database) -> None:
    """Categories that come after the telephony's count divide it and do not change it."""
    with database.write() as transaction:
        room = small_force(transaction).room.id
        receive(transaction, room, {("101", None, 0): 9, ("101", None, 1): 4})
        told = receive(transaction, room, {("101", "crime", 0): 4, ("101", "crime", 1): 4})
        assert (told.new, told.revised, told.unchanged, told.categorised) == (0, 0, 2, 2)
        assert told.batch_id is not None
        assert divided(transaction, room) == {"crime": [4, 4], "": [5, 0], "all": [9, 4]}


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sent=st.lists(
        st.dictionaries(
            st.tuples(
                st.just("101"), st.sampled_from([None, "crime", "ASB", "road"]), st.integers(0, 3)
            ),
            st.integers(0, 4),
            min_size=1,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_parts_add_up_after_any_batches(database: Database, sent: list[Cells]) -> None:
    """Whatever came in which order, parts and the rest are the queue's count, none negative."""
    with database.write() as transaction:
        room = small_force(transaction, uuid4().hex).room.id
        for cells in sent:
            receive(transaction, room, cells)
            assert receive(transaction, room, cells).batch_id is None
        for parts in demand.category_parts(transaction, room).values():
            each = parts.divided()
            known = ~np.isnan(each).any(axis=0)
            assert np.all(each[:, known] >= 0)
            np.testing.assert_allclose(each[:, known].sum(axis=0), parts.whole.offered[known])
        latest = {key: value for cells in sent for key, value in cells.items()}
        whole = demand.history(transaction, room)["101"]
        for (_, name, quarter), value in latest.items():
            if name is None and not any((k[1] and k[2] == quarter) for k in latest):
                place = (minutes(quarter) - int(whole.start.astype(np.int64))) // 15
                assert whole.offered[place] == value


def test_decisions_scale_the_parts(database: Database) -> None:
    """A count taken as not observed has no parts; the raw ones stay."""
    with database.write() as transaction:
        room = small_force(transaction).room.id
        receive(transaction, room, {("101", "crime", q): 2 for q in range(4)})
        series = demand.category_parts(transaction, room)["101"]
        assert series.counts.tolist() == [[2, 2, 2, 2]]
        believed = replace(series.whole, offered=np.array([2.0, 4.0, np.nan, 0.0]))
    from app.demand.series import parts_of  # noqa: PLC0415  (the translation itself)

    rows = np.zeros(4, dtype=[("category", "i4"), ("start", "i4"), ("offered", "i4")])
    rows["start"], rows["offered"] = [minutes(q) for q in range(4)], 2
    scaled = parts_of(series.whole, believed, [("crime", rows)]).counts
    np.testing.assert_array_equal(scaled, [[2, 4, np.nan, 0]])


def change(transaction: Transaction, room_id: UUID, source: str, **to: Any) -> demand.Category:
    """Change a category."""
    held = named(transaction, room_id, source)
    return demand.change_category(transaction, room_id, replace(held, **to))


def test_renamed_counted_together_hidden(database: Database) -> None:
    """A manager's words are shown, counts stay under the names in which they come."""
    with database.write() as transaction:
        room = small_force(transaction).room.id
        cells: dict[tuple[str, str | None, int], float] = {
            ("101", "crime", 0): 4, ("101", "ASB", 0): 2, ("101", "noise", 0): 1,
        }  # fmt: skip
        receive(transaction, room, cells)
        change(transaction, room, "ASB", name="nuisance")
        nuisance = named(transaction, room, "ASB").id
        change(transaction, room, "noise", within=nuisance)
        assert divided(transaction, room) == {"crime": [4], "nuisance": [3], "": [0], "all": [7]}
        change(transaction, room, "ASB", hidden=True)
        assert divided(transaction, room) == {"crime": [4], "": [3], "all": [7]}
        receive(transaction, room, cells | {("101", "nuisance", 1): 5})
        assert named(transaction, room, "nuisance").within == nuisance
        assert receive(transaction, room, cells).batch_id is None


def test_what_cannot_be_changed_is_refused(database: Database) -> None:
    """A name that is taken, a circle, another queue's category, an old version, a stranger."""
    with database.write() as transaction:
        room = small_force(transaction).room.id
        receive(transaction, room, {("101", "a", 0): 1, ("101", "b", 0): 1, ("999", "c", 0): 1})
        a, b, c = (named(transaction, room, name) for name in "abc")
        with pytest.raises(Conflict, match="count this one with it"):
            change(transaction, room, "a", name="b")
        change(transaction, room, "a", within=b.id)
        for within in (a.id, b.id, c.id, uuid4()):
            with pytest.raises(InvalidInput):
                change(transaction, room, "b", within=within)
        with pytest.raises(Stale):
            demand.change_category(transaction, room, a)
        with pytest.raises(NotFound):
            demand.category(transaction, room, uuid4())


@pytest.mark.parametrize("wrong", [" crime", "", "a\nb", *(["x" * 101])])
def test_a_category_without_a_name_is_refused(database: Database, wrong: str) -> None:
    """Nothing is kept, and the field is named."""
    with database.write() as transaction:
        room = small_force(transaction).room.id
        with pytest.raises(InvalidInput) as caught:
            receive(transaction, room, {("101", wrong, 0): 1})
        assert [place.field for place in caught.value.places] == ["category"]


def understood(database: Database, text: str, **how: Any) -> demand.Understood:
    """A file as a new room would understand it."""
    with database.write() as transaction:
        room = small_force(transaction, uuid4().hex).room
        sheet = demand.open_file(text.encode(), "calls.csv")
        return demand.understand(transaction, room.id, sheet, **how)


def test_a_file_with_a_column_of_categories(database: Database) -> None:
    """The column is found; a line without one counts the queue; how much is in none is said."""
    found = understood(
        database,
        "Start,Queue,Category,Offered\n2026-03-02 00:00,101,,10\n2026-03-02 00:00,101,crime,6\n"
        "2026-03-02 00:00,101,road traffic,2\n2026-03-02 00:15,101,Total,3\n"
        "2026-03-02 00:15,101,crime,3\n",
    )
    assert found.preview.mapping.category == "Category"
    assert found.preview.divided == (
        "101: 2 categories; 2 of 13 calls (15\N{NO-BREAK SPACE}%) in none.",
    )
    assert found.preview.queues == (demand.QueueChange("101", True, 2, 0, 0, at(0), at(1), 0),)
    assert found.preview.sample[1].category == "crime"


def test_categories_beyond_their_queue_are_pointed_out(database: Database) -> None:
    """Categories that count more than the line of all calls are a thing to look at."""
    text = "Start,Queue,Category,Offered\n2026-03-02 00:00,101,,1\n2026-03-02 00:00,101,crime,6\n"
    told = understood(database, text + "2026-03-02 00:15,101,,1\n").preview
    assert any("count more calls than the queue" in words for words in told.warnings)


def test_a_log_of_calls_counts_its_categories(database: Database) -> None:
    """Each call counts for its queue and its category; one without is of none."""
    lines = ["Call ID,Start,Queue,Category"]
    lines += [f"{n},2026-03-02 00:0{n}:01,101,{'crime' if n % 3 else ''}" for n in range(1, 7)]
    found = understood(database, "\n".join(lines))
    assert found.preview.mapping.rows == "calls"
    assert found.preview.divided == (
        "101: 1 category; 2 of 6 calls (33\N{NO-BREAK SPACE}%) in none.",
    )


def test_the_same_part_twice_is_refused(database: Database) -> None:
    """Two figures for one queue, category and interval name both lines."""
    text = "Start,Queue,Category,Offered\n2026-03-02 00:00,101,crime,1\n2026-03-02 00:15,101,a,1\n"
    with pytest.raises(InputError, match=r"line 4.*stands on line 2"):
        understood(database, text + "2026-03-02 00:00,101,crime,2\n")
