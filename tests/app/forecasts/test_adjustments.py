"""Adjustments: laid over forecasts by people with a reason, ended, and told again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
import pytest

from app import clock
from app.db.transaction import Database
from app.demand import service as demand
from app.errors import Conflict, InvalidInput, NotFound
from app.forecasts import service as forecasts
from app.people import service as people
from tests.app.forecasts.adjusting import FRIDAY, PRESENT, home, lay
from tests.app.forecasts.rooms import MONDAY, SOMEBODY, made, room

__all__ = ["home"]


def queue_ids(database: Database, home: people.Room) -> Mapping[str, UUID]:
    """Ids of the room's queues by name."""
    with database.read() as reading:
        return {each.name: each.id for each in demand.queues(reading, home.id)}


def moved(database: Database, home: people.Room, queue: str = "ems") -> npt.NDArray[np.float64]:
    """Calls that adjustments add to the newest forecast, as a share of it."""
    with database.read() as reading:
        newest = forecasts.newest(reading, home.id)
        assert newest is not None
        after = forecasts.values(reading, home.id, newest.id).by_queue[queue].mean
        before = forecasts.values(reading, home.id, newest.id, ()).by_queue[queue].mean
    return np.divide(after - before, before, out=np.zeros_like(before), where=before > 0)


def test_every_reading_of_a_forecast_is_adjusted_and_the_untouched_stays(
    database: Database, home: people.Room
) -> None:
    """A forecast that was made already and one made later are a fifth higher in these hours."""
    lay(database, home)
    hours = np.arange(7 * 96) // 4
    inside = ((hours >= 4 * 24 + 18) & (hours < 5 * 24 + 2)) | (
        (hours >= 5 * 24 + 18) & (hours < 6 * 24 + 2)
    )
    for _ in range(2):
        for queue in ("ems", "police_traffic"):
            found = moved(database, home, queue)
            assert not found[~inside].any()
            assert set(found[inside].round(9)) <= {0.0, 0.2}
            assert np.mean(found[inside] > 0) > 0.8
        made(database, home.id, model="eight_week_mean")
    with database.read() as reading:
        newest = forecasts.newest(reading, home.id)
        assert newest is not None
        adjusted = forecasts.csv_text(reading, home.id, newest.id)
        untouched = forecasts.csv_text(reading, home.id, newest.id, ())
    pairs = zip(adjusted.splitlines(), untouched.splitlines(), strict=True)
    assert 1.8 * inside.sum() < sum(one != other for one, other in pairs) <= 2 * inside.sum()


def test_what_was_ended_acts_no_longer_and_is_still_there(
    database: Database, home: people.Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended on Friday at 20:00 it stands for the two hours before, with who ended it and why."""
    laid = lay(database, home)
    friday_evening = datetime(2025, 6, 7, 1, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: friday_evening)
    with database.write() as transaction:
        with pytest.raises(InvalidInput):
            forecasts.end(transaction, home.id, laid.id, SOMEBODY, " ")
        ended = forecasts.end(transaction, home.id, laid.id, SOMEBODY, "Called off")
        with pytest.raises(Conflict, match="ended already"):
            forecasts.end(transaction, home.id, laid.id, SOMEBODY, "Called off")
    assert (ended.ended_by, ended.ended_at, ended.end_reason) == (
        SOMEBODY,
        friday_evening,
        "Called off",
    )
    acts = np.flatnonzero(moved(database, home))
    assert acts.tolist() == list(range(4 * 96 + 18 * 4, 4 * 96 + 20 * 4))
    with database.read() as reading:
        assert forecasts.adjustments(reading, home.id) == (ended,)
        then = forecasts.adjustments_then(reading, home.id, [laid.id], PRESENT)
        assert then == (laid,)


def test_nobody_adjusts_what_has_come(database: Database, home: people.Room) -> None:
    """Laid on Monday at 10:00 over all of the day, it acts from then on; hours over are refused."""
    lay(database, home, first_day=MONDAY, last_day=MONDAY, begins=0, minutes=1440)
    assert np.flatnonzero(moved(database, home)).tolist() == list(range(40, 96))
    with pytest.raises(InvalidInput) as refused:
        lay(database, home, first_day=MONDAY, last_day=MONDAY, begins=0, minutes=600)
    assert [each.field for each in refused.value.places] == ["until"]


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"first_day": MONDAY - timedelta(days=1)}, "first_day"),
    ({"last_day": MONDAY}, "last_day"),
    ({"last_day": MONDAY + timedelta(days=366)}, "last_day"),
    ({"weekdays": (0,)}, "weekdays"),
    ({"weekdays": ()}, "weekdays"),
    ({"begins": 18 * 60 + 5, "minutes": 475}, "begins"),
    ({"minutes": 485}, "until"),
    ({"amount": 0.0}, "amount"),
    ({"amount": -101.0}, "amount"),
    ({"amount": 20.0, "unit": "calls"}, "queue_id"),
    ({"queue_id": SOMEBODY}, "queue_id"),
    ({"reason": "  "}, "reason"),
    ({"reason": "x" * 501}, "reason"),
    ({"review_on": MONDAY}, "review_on"),
    ({"review_on": FRIDAY + timedelta(days=2)}, "review_on"),
)


def test_what_cannot_be_laid_is_refused_by_field(database: Database, home: people.Room) -> None:
    """One sentence at the field that it is about, and nothing is kept."""
    for change, field in REFUSED:
        with pytest.raises(InvalidInput) as refused:
            lay(database, home, **change)
        assert [each.field for each in refused.value.places] == [field], change
    with database.read() as reading:
        assert forecasts.adjustments(reading, home.id) == ()


def test_those_that_act_are_told_by_queue_and_day(database: Database, home: people.Room) -> None:
    """Of Friday, the one of all queues and its own; past midnight on Sunday, the first alone."""
    ids = queue_ids(database, home)
    both = lay(database, home)
    calls = lay(
        database, home, queue_id=ids["ems"], amount=3.0, unit="calls", last_day=FRIDAY, minutes=60
    )
    sunday = FRIDAY + timedelta(days=2)

    def on(queue: str, day: date) -> tuple[forecasts.Laid, ...]:
        with database.read() as reading:
            until = day + timedelta(days=1)
            return forecasts.adjustments_on(reading, home.id, ids[queue], day, until)

    assert on("ems", FRIDAY) == (both, calls)
    assert on("police_traffic", FRIDAY) == (both,)
    assert on("ems", sunday) == (both,)
    assert on("ems", sunday + timedelta(days=1)) == ()
    elsewhere = room(database, name="Elsewhere")
    with database.read() as reading:
        assert forecasts.adjustments(reading, elsewhere.id) == ()
        with pytest.raises(NotFound):
            forecasts.adjustment(reading, elsewhere.id, both.id)


def test_who_looked_again_is_kept(database: Database, home: people.Room) -> None:
    """A look gives the reason and the next day; the adjustment keeps every look."""
    laid = lay(database, home, last_day=FRIDAY + timedelta(days=60))
    assert laid.review_on == FRIDAY + timedelta(weeks=4)
    later = FRIDAY + timedelta(days=50)
    with database.write() as transaction:
        forecasts.review(transaction, home.id, laid.id, SOMEBODY, "Still so", later)
        with pytest.raises(InvalidInput):
            forecasts.review(
                transaction, home.id, laid.id, SOMEBODY, "", FRIDAY + timedelta(days=61)
            )
    with database.read() as reading:
        assert forecasts.adjustment(reading, home.id, laid.id).review_on == later
        (looked,) = forecasts.reviews(reading, home.id, [laid])[laid.id]
    assert (looked.by, looked.reason, looked.review_on) == (SOMEBODY, "Still so", later)
