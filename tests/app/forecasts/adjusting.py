"""A control room on a Monday morning, and adjustments laid over the forecast of its week."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from app import clock
from app.db.transaction import Database
from app.forecasts import service as forecasts
from app.people import service as people
from forecasting.series import History
from tests.app.forecasts.rooms import MONDAY, SOMEBODY, UNTIL, houston, made, room

PRESENT = datetime(2025, 6, 2, 15, tzinfo=UTC)
"""Monday 10:00 in the room."""

WEEKS = np.timedelta64(28, "D")
FRIDAY = MONDAY + timedelta(days=4)


def lately() -> History:
    """Counts of the three weeks before the Monday and of the week after it."""
    parts = (houston()[queue].between(UNTIL - WEEKS, UNTIL) for queue in ("ems", "police_traffic"))
    return History({part.queue: part for part in parts if part is not None})


@pytest.fixture
def home(database: Database, monkeypatch: pytest.MonkeyPatch) -> people.Room:
    """A control room on Monday morning, its forecast of the week made; for tests to import."""
    monkeypatch.setattr(clock, "now", lambda: PRESENT)
    home = room(database, lately())
    made(database, home.id, model="eight_week_mean")
    return home


def wanted(**change: Any) -> forecasts.WantedAdjustment:
    """A fifth more from 18:00 to 02:00 on Friday and Saturday, in every queue."""
    said = forecasts.WantedAdjustment(
        queue_id=None,
        first_day=FRIDAY,
        last_day=FRIDAY + timedelta(days=1),
        weekdays=tuple(range(7)),
        begins=18 * 60,
        minutes=8 * 60,
        amount=20,
        unit="percent",
        reason="The derby",
    )
    return replace(said, **change)


def lay(database: Database, home: people.Room, **change: Any) -> forecasts.Laid:
    """Lay an adjustment."""
    with database.write() as transaction:
        return forecasts.lay(transaction, home.id, SOMEBODY, wanted(**change))
