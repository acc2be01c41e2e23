"""Odd histories through the service: each queue has its forecast, or a note says why not."""

from __future__ import annotations

from datetime import date

import numpy as np

from app.db.transaction import Database
from app.forecasts import service as forecasts
from forecasting.series import History
from tests.app.forecasts.rooms import made, room
from tests.forecasting.odd_histories import LEAVE_OUT, PER_DAY, odd_histories

FIRST = date(2025, 2, 24)
DAYS = 270
"""From a Monday in winter to the next winter, over both changes of the clocks."""


def test_every_odd_queue_is_forecast_or_left_out_with_a_reason(database: Database) -> None:
    """One job makes all of a room's queues: sound numbers for each that has a week of counts."""
    history = History(odd_histories("America/Chicago", np.datetime64("2025-02-24T06:00", "m")))
    home = room(database, history)
    forecast = made(database, home.id, FIRST, DAYS)
    with database.read() as reading:
        values = forecasts.values(reading, home.id, forecast.id)
    assert list(values.by_queue) == [name for name in history if name not in LEAVE_OUT]
    for queue, said in values.by_queue.items():
        bands = np.array([said.q05, said.q10, said.q25, said.q50, said.q75, said.q90, said.q95])
        assert bands.shape == (7, DAYS * 24), queue
        assert np.all(np.isfinite(said.mean) & (said.mean >= 0)), queue
        assert np.all(np.diff(bands, axis=0) >= 0), queue
        assert np.all(bands >= 0), queue
        assert said.mean[: 28 * 24].mean() < 1.4 * PER_DAY / 24, queue
    assert forecast.made is not None
    (left,) = [note for note in forecast.made.notes if note.startswith("Left out")]
    assert (
        left == "Left out: Queue one day: 1.0 days of history are too short; chosen needs 7 days."
    )
