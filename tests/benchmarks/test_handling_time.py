"""Forecasts of handling times beside what a careful person does by hand, and what one costs.

The counts are those of the Houston feed that ships with the product; they tell no handling times,
nor do other public counts that were found. The times are made (`made_handling`), five kinds of
them. Environment: PARADE_ORIGINS, folds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.handling_calls import HandledCalls
from forecasting.handling_scores import BY_HAND, means_by_hand
from forecasting.handling_time import HandlingTimes, forecast_handling
from forecasting.reading import read_history
from forecasting.series import FloatArray, Series
from tests.benchmarks.made_handling import WORLDS, World, with_handling

SHIPPED = Path(__file__).parents[2] / "app" / "demo" / "houston.csv.gz"
CALENDAR = Calendar("America/Chicago", "US-TX")
ORIGINS = int(os.environ.get("PARADE_ORIGINS", "8"))
DAYS = 28


@dataclass
class Scores:
    """Sums over folds: errors by calls, and intervals within bands."""

    error: float = 0.0
    relative: float = 0.0
    of_truth: float = 0.0
    calls: float = 0.0
    seconds: float = 0.0
    within: tuple[float, float] = (0.0, 0.0)
    intervals: int = 0

    def add(
        self, said: FloatArray, calls: FloatArray, seconds: FloatArray, true: FloatArray
    ) -> None:
        """Hold means against what came and what was true."""
        mean = seconds / calls
        self.error += float(np.sum(calls * np.abs(mean - said)))
        self.relative += float(np.sum(calls * np.abs(mean - said) / mean))
        self.of_truth += float(np.sum(calls * np.abs(true - said)))
        self.calls += float(calls.sum())
        self.seconds += float(seconds.sum())

    def line(self, name: str) -> str:
        """The scores in a line."""
        words = (
            f"{name:22} {self.error / self.seconds:6.3f} {self.relative / self.calls:6.3f}"
            f" {self.of_truth / self.seconds:8.4f}"
        )
        if self.intervals:
            words += "   {:.3f} {:.3f}".format(*(part / self.intervals for part in self.within))
        return words


def folds(series: Series) -> Iterator[np.datetime64]:
    """Origins four weeks apart, the last forecast ending with the counts."""
    for back in range(ORIGINS, 0, -1):
        yield series.end - back * np.timedelta64(DAYS, "D")


def scored(series: Series, true: FloatArray) -> tuple[dict[str, Scores], float]:
    """Scores by method over all folds, and CPU seconds of a forecast."""
    found = {name: Scores() for name in ("forecast", "hour of week, 8 weeks", "flat, 8 weeks")}
    found["who knows every mean"] = Scores()
    intervals, spent = DAYS * 1440 // series.interval_minutes, []
    assert series.handled_seconds is not None
    for origin in folds(series):
        begun = time.process_time()
        times = forecast_handling(series, origin, intervals, CALENDAR).times
        spent.append(time.process_time() - begun)
        assert times is not None
        first = int((origin - series.start) // series.step)
        part = slice(first, first + intervals)
        calls, seconds = series.handled_calls[part], series.handled_seconds[part]
        told = (calls > 0) & (seconds > 0) & (seconds < 40_000)
        lately = series.between(origin - BY_HAND, origin)
        handled = None if lately is None else HandledCalls.of(lately, CALENDAR)
        assert handled is not None
        said = {
            "forecast": times.mean,
            "hour of week, 8 weeks": means_by_hand(series, origin, intervals, CALENDAR),
            "flat, 8 weeks": np.full(intervals, handled.seconds.sum() / handled.calls.sum()),
            "who knows every mean": true[part],
        }
        for name, means in said.items():
            found[name].add(means[told], calls[told], seconds[told], true[part][told])
        _cover(found["forecast"], times, calls, seconds, told)
    return found, float(np.mean(spent))


def _cover(
    scores: Scores,
    times: HandlingTimes,
    calls: FloatArray,
    seconds: FloatArray,
    told: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> None:
    """Count interval means within the bands of 80 and 95 % for as many calls as came."""
    mean = seconds[told] / calls[told]
    inside = []
    for low, high in ((0.1, 0.9), (0.025, 0.975)):
        some = np.maximum(calls, 1.0)
        edges = (times.quantile(level, some)[told] for level in (low, high))
        inside.append(float(np.sum((mean >= next(edges)) & (mean <= next(edges)))))
    scores.within = (scores.within[0] + inside[0], scores.within[1] + inside[1])
    scores.intervals += int(told.sum())


@pytest.mark.benchmark
@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_handling_times_beside_means_by_hand(world: World) -> None:
    """Prints per queue: WAPE and MAPE by calls, error against the true means, coverage, cost."""
    print(f"\nmade handling times, {world.name}: {ORIGINS} folds of {DAYS} days")
    print("                         WAPE   MAPE  to truth   within 80/95 %")
    for seed, (queue, counted) in enumerate(read_history(SHIPPED).items()):
        series, true = with_handling(counted, CALENDAR, world, seed)
        found, seconds = scored(series, true)
        print(f"{queue}: {np.nanmean(series.offered):.1f} calls an interval, {seconds:.2f} CPU-s")
        for name, scores in found.items():
            print("  " + scores.line(name))
        best = min(scores.error for name, scores in found.items() if "8 weeks" in name)
        assert found["forecast"].error <= 1.01 * best
