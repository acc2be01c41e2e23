"""Instants and ids mean the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from app import clock
from app.db.transaction import Database
from app.db.types import Instant, new_id

moments = Table(
    "moments",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", Instant),
    prefixes=["TEMPORARY"],
)

SUMMER = timezone(timedelta(hours=1))


def test_an_instant_comes_back_aware_and_in_utc(database: Database) -> None:
    """Whatever its offset was, the same instant comes back in UTC; nothing stays nothing."""
    with database.write() as transaction:
        moments.create(transaction)
        given = [datetime(2026, 3, 29, 1, 59, 59, 123456, SUMMER), datetime(1970, 1, 1, tzinfo=UTC)]
        rows = [{"id": at, "at": instant} for at, instant in enumerate([*given, None])]
        transaction.execute(insert(moments), rows)
        kept = transaction.execute(select(moments.c.at).order_by(moments.c.id)).scalars().all()
    assert kept == [*given, None]
    assert [each.tzinfo for each in kept if each] == [UTC, UTC]


def test_instants_sort_as_time_does(database: Database) -> None:
    """The database compares instants, not clock faces."""
    early, late = datetime(2026, 7, 1, 1, 30, tzinfo=SUMMER), datetime(2026, 7, 1, 1, tzinfo=UTC)
    with database.write() as transaction:
        moments.create(transaction)
        transaction.execute(insert(moments), [{"id": 1, "at": late}, {"id": 2, "at": early}])
        query = select(moments.c.id).where(moments.c.at < late)
        assert transaction.execute(query).scalars().all() == [2]


def test_a_naive_time_is_refused(database: Database) -> None:
    """What instant a naive time means is not known, so it is not kept."""
    with database.write() as transaction:
        moments.create(transaction)
        with pytest.raises(StatementError, match="no time zone"):
            transaction.execute(insert(moments).values(id=1, at=datetime(2026, 7, 1)))  # noqa: DTZ001


@given(st.lists(st.integers(0, 2**40), min_size=2, max_size=5))
def test_ids_sort_by_the_time_they_were_made(times: list[int]) -> None:
    """Ids of different milliseconds sort as the times do, and are version 7 of RFC 9562."""
    made = {}
    for milliseconds in times:
        instant = clock.EPOCH + timedelta(milliseconds=milliseconds)
        with clock.stopped_at(instant):
            made[instant] = new_id()
    assert sorted(made, key=made.__getitem__) == sorted(made)
    assert {(each.version, each.variant) for each in made.values()} == {
        (7, "specified in RFC 4122")
    }
    assert new_id() != new_id()


def test_ids_of_one_millisecond_are_in_order_too() -> None:
    """What is made later in a process sorts later, however quick."""
    with clock.stopped_at(datetime(2026, 5, 4, tzinfo=UTC)):
        made = [new_id() for _ in range(1000)]
    assert made == sorted(set(made))
