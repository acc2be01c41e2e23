"""Adjustments held against the counts that came: whether each brought the forecast closer."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import numpy as np
import pytest

from app import clock
from app.db.transaction import Database
from app.demand import service as demand
from app.forecasts import service as forecasts
from app.forecasts.jobs import ask_judging
from app.jobs import service as jobs
from app.people import service as people
from forecasting.series import History, Series
from tests.app.forecasts.adjusting import FRIDAY, PRESENT, home, lay
from tests.app.forecasts.rooms import SOMEBODY, made, run
from tests.app.statements import counted

__all__ = ["home"]

LATER = PRESENT + timedelta(days=14)


def judged(
    database: Database, home: people.Room, monkeypatch: pytest.MonkeyPatch
) -> dict[UUID, forecasts.AdjustmentScore]:
    """Let a job hold the adjustments against the counts two weeks later."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    ask_judging(database)
    with database.read() as reading:
        (job,) = jobs.jobs(reading, home.id, forecasts.JUDGING)
    run(database, job)
    with database.read() as reading:
        return dict(forecasts.adjustment_scores(reading, home.id))


def test_each_is_held_against_the_counts_of_its_own_hours(
    database: Database, home: people.Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors are those of each night's total and of each quarter hour, by itself, past midnight."""
    more = lay(database, home)
    fewer = lay(database, home, amount=-50, last_day=FRIDAY)
    lay(database, home, first_day=FRIDAY + timedelta(days=20), last_day=FRIDAY + timedelta(days=21))
    scores = judged(database, home, monkeypatch)
    assert scores.keys() == {more.id, fewer.id}
    with database.read() as reading:
        newest = forecasts.newest(reading, home.id)
        assert newest is not None
        said = forecasts.values(reading, home.id, newest.id, ()).by_queue
        came = demand.history(reading, home.id, since=newest.made and newest.made.start)
    nights = [slice(96 * day + 72, 96 * day + 104) for day in (4, 5)]
    found, totals, quarters = scores[more.id].judged, [0.0, 0.0], [0.0, 0.0]
    for queue, each in said.items():
        for night in nights:
            counts = came[queue].offered[night]
            for way, factor in enumerate((1.0, 1.2)):
                misses = factor * each.mean[night] - counts
                totals[way] += abs(misses.sum())
                quarters[way] += np.abs(misses).sum()
    assert (scores[more.id].days, found.runs, found.intervals) == (2, 4, 128)
    assert [found.run_error_untouched, found.run_error_adjusted] == pytest.approx(totals)
    assert [found.error_untouched, found.error_adjusted] == pytest.approx(quarters)
    assert found.adjusted == pytest.approx(1.2 * found.untouched)
    assert scores[fewer.id].judged.verdict == "worse"
    words = forecasts.score_words(scores[fewer.id])
    assert words.startswith("Over 1 day this made it worse: error ")


def test_forecasts_of_many_days_are_read_at_once(
    database: Database, home: people.Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten days take as many statements as one, and each goes to the newest forecast over it."""
    later = FRIDAY + timedelta(days=1)
    made(database, home.id, later, days=4, model="eight_week_mean")
    taken = []
    for days in (1, 10):
        monkeypatch.setattr(clock, "now", lambda: PRESENT)
        lay(database, home, first_day=later, last_day=later + timedelta(days=days - 1))
        monkeypatch.setattr(clock, "now", lambda: LATER)
        with counted(database) as statements, database.read() as reading:
            forecasts.gather_judging(reading, home.id)
        taken.append(len(statements))
    assert taken[0] == taken[1]
    monkeypatch.setattr(clock, "now", lambda: PRESENT)
    lay(database, home)
    monkeypatch.setattr(clock, "now", lambda: LATER)
    with database.read() as reading:
        materials = forecasts.gather_judging(reading, home.id)
        assert materials is not None
        for known, _, on in materials.said:
            assert {forecasts.newest(reading, home.id, day) for day in on} == {known}
    assert sorted(len(on) for _, _, on in materials.said) == [1, 4]


def test_counts_are_awaited(
    database: Database, home: people.Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job is asked for when counts have come since the last one, a few times a day at most."""
    with database.read() as reading:
        assert forecasts.rooms_to_judge(reading) == ()
    lay(database, home)
    judged(database, home, monkeypatch)
    with database.read() as reading:
        assert forecasts.rooms_to_judge(reading) == ()
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(hours=1))
    start = np.datetime64("2025-06-09T05:00")
    more = History({"ems": Series("ems", start, 15, np.full(4, 9.0))})
    with database.write() as transaction:
        demand.receive(transaction, home.id, demand.counts_of(more), "test", None)
    with database.read() as reading:
        assert forecasts.rooms_to_judge(reading) == ()
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(hours=7))
    with database.read() as reading:
        assert forecasts.rooms_to_judge(reading) == (home.id,)


def test_what_all_came_to_is_told_to_who_lays_another(
    database: Database, home: people.Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of four that halved a night each made it worse; of another size nothing is known."""
    for _ in range(4):
        lay(database, home, amount=-50)
    with database.read() as reading:
        assert forecasts.alike_words(reading, home.id, -0.5) == ("", False)
    judged(database, home, monkeypatch)
    with database.read() as reading:
        whole = forecasts.record(reading, home.id)
        assert forecasts.record(reading, home.id, SOMEBODY) == whole
        assert forecasts.record(reading, home.id, home.id).laid == 0
        words, warns = forecasts.alike_words(reading, home.id, -0.6)
        assert forecasts.alike_words(reading, home.id, 0.2) == ("", False)
    assert (whole.laid, whole.worse, whole.scored) == (4, 4, 4)
    assert warns
    assert words == (
        "Adjustments of this size (below −25\N{NO-BREAK SPACE}%) have so far made it worse 4 of 4 "
        "times."
    )
