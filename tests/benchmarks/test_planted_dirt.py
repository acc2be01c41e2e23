"""Dirt planted in clean made-up years: how much is found, and how often what is clean is told."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from forecasting.calendar import Calendar
from forecasting.cleaning.examine import examine
from forecasting.reading import read_history
from tests.forecasting.cleaning.planted import (
    KINDS,
    LONDON,
    Plant,
    clean_year,
    false_alarms,
    is_found,
)

YEARS = int(os.environ.get("PARADE_DIRT_YEARS", "6"))
"""Clean years of each volume, and as many for each kind of dirt."""

VOLUMES = {
    "50 a day": (50.0, 15, False),
    "200 a day": (200.0, 15, False),
    "800 a day": (800.0, 15, False),
    "4,000 a day": (4000.0, 15, False),
    "300 a day, hours": (300.0, 60, False),
    "150 a day, office": (150.0, 15, True),
}
"""Mean calls a day, minutes of an interval, and whether nights and weekends are closed."""

TELLABLE = 14.0
"""Calls expected in an outage from which its zeros cannot be chance on the threshold's terms."""

SHIPPED = Path(__file__).parents[2] / "app" / "demo" / "houston.csv.gz"
CALLS = Path(os.environ.get("PARADE_CALLS", SHIPPED))
ZONE = os.environ.get("PARADE_ZONE", "America/Chicago")
HOLIDAYS = os.environ.get("PARADE_HOLIDAYS", "US-TX") or None


@pytest.mark.benchmark
@pytest.mark.parametrize("volume", VOLUMES)
def test_planted_dirt(volume: str) -> None:
    """Prints recall by kind and false alarms a queue-year; goals 95 % and 1."""
    per_day, minutes, office = VOLUMES[volume]
    alarms = 0
    begun = time.process_time()
    for seed in range(YEARS):
        year = clean_year(seed, per_day, minutes=minutes, office=office)
        found = examine(year.series, LONDON).findings
        alarms += len(found)
        for each in found:
            print(f"    {each.kind}: {each.words}")
    spent = (time.process_time() - begun) / YEARS
    print(f"\n{volume}: {alarms / YEARS:.2f} false alarms a clean year; {spent:.2f} CPU-s a year")
    for name, (_, number, plant) in KINDS.items():
        planted: list[Plant] = []
        hit: list[bool] = []
        beside = 0
        for seed in range(100, 100 + YEARS):
            year = clean_year(seed, per_day, minutes=minutes, office=office)
            for _ in range(number):
                plant(year)
            found = examine(year.series, LONDON).findings
            planted += year.plants
            hit += [is_found(each, found) for each in year.plants]
            beside += len(false_alarms(year.plants, found))
        clear = [h for p, h in zip(planted, hit, strict=True) if p.expected >= TELLABLE]
        print(
            f"  {name:20} {sum(hit):3} of {len(hit):3} found ({sum(hit) / len(hit):4.0%}); of "
            f"those with {TELLABLE:.0f} calls {sum(clear):3} of {len(clear):3}; beside them "
            f"{beside / YEARS:.2f} false alarms a year"
        )
    assert alarms <= YEARS


@pytest.mark.benchmark
def test_dirt_in_real_counts() -> None:
    """Prints what is found in real counts, by queue and kind."""
    history = read_history(CALLS)
    for queue, series in history.items():
        examined = examine(series, Calendar(ZONE, HOLIDAYS))
        share = examined.observed / examined.open_intervals
        print(f"\n{CALLS.name} {queue}: {share:.1%} observed")
        for each in examined.findings:
            print(f"  {each.kind}: {each.words}")
        assert 0 < share <= 1
