"""Clean made-up years of counts, and dirt planted in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from forecasting.calendar import Calendar, LocalTime
from forecasting.cleaning.finding import Finding, Kind
from forecasting.series import Series

LONDON = Calendar("Europe/London", "GB-ENG")
FIRST = np.datetime64("2024-01-01T00:00", "m")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Plant:
    """Dirt that was planted: what, where, and the calls expected there."""

    kind: Kind
    first: int
    after: int
    expected: float


@dataclass
class Year:
    """A year of counts of one queue, the rates they were drawn with, and what was planted."""

    counts: Floats
    rates: Floats
    local: LocalTime
    minutes: int
    rng: np.random.Generator
    plants: list[Plant] = field(default_factory=list)

    @property
    def series(self) -> Series:
        """The counts as they stand now."""
        return Series("999", FIRST, self.minutes, self.counts)

    def day(self, number: int) -> slice:
        """The intervals of a local day."""
        low, high = np.searchsorted(self.local.day, [number, number + 1])
        return slice(int(low), int(high))

    def free_day(self, margin: int = 2, days: int = 1) -> int:
        """A day at random around which nothing is planted yet, and on which calls are expected."""
        last = int(self.local.day[-1]) - days - margin
        for _ in range(500):
            number = int(self.rng.integers(margin, last))
            span = slice(self.day(number - 1).start, self.day(number + days).stop)
            taken = any(p.first < span.stop and span.start < p.after for p in self.plants)
            if not taken and self.rates[self.day(number)].sum() > 0:
                return number
        raise AssertionError("no day is free")

    def plant(self, kind: Kind, first: int, after: int) -> None:
        """Note what was planted, without ends in which no call is expected."""
        live = first + np.flatnonzero(self.rates[first:after] > 0)
        expected = float(self.rates[live].sum())
        self.plants.append(Plant(kind, int(live[0]), int(live[-1]) + 1, expected))


def clean_year(
    seed: int, per_day: float, *, minutes: int = 15, days: int = 365, office: bool = False
) -> Year:
    """Counts of a busy-evening queue with seasons, holidays and days that vary by a tenth.

    Args:
        seed: Another year for each.
        per_day: Mean calls a day.
        minutes: Length of an interval.
        days: Days of 24 hours from 1 January 2024.
        office: Closed at night and at weekends, with rows of zero there.
    """
    rng = np.random.default_rng(seed)
    local = LONDON.local(FIRST, minutes, days * 1440 // minutes)
    hour = local.slot * minutes / 60
    shape = 1 + 0.7 * np.sin(2 * np.pi * (hour - 11) / 24) + 0.15 * np.sin(4 * np.pi * hour / 24)
    weekend = np.where((local.weekday >= 5) & ((hour >= 19) | (hour < 4)), 1.5, 1.0)
    season = 1 + 0.12 * np.cos(2 * np.pi * (local.day - 200) / 365.25)
    holidays = np.isin(
        local.date, np.array(list(LONDON.holiday_names(local.date[0], local.date[-1])))
    )
    level = rng.gamma(100.0, 0.01, int(local.day[-1]) + 1)[local.day]
    rates = per_day * minutes / 1440 * shape * weekend * season * level
    rates *= np.where(holidays, 0.8, 1.0)
    if office:
        rates = np.where((hour >= 8) & (hour < 18) & (local.weekday < 5), 2 * rates, 0.0)
    return Year(rng.poisson(rates).astype(np.float64), rates, local, minutes, rng)


def plant_outage(year: Year, *, absent: bool = False) -> None:
    """Between one and a quarter and twelve hours without counts, at any time of day."""
    inside = year.day(year.free_day())
    length = int(year.rng.integers(75, 720)) // year.minutes
    live = np.arange(inside.start, inside.stop)[year.rates[inside] > 0]
    begins = int(year.rng.choice(live))
    year.counts[begins : begins + length] = np.nan if absent else 0.0
    year.plant("absent" if absent else "outage", begins, begins + length)


def plant_doubled(year: Year, *, same_rows: bool) -> None:
    """A day whose rows were added twice, or that two systems counted each for itself."""
    inside = year.day(year.free_day())
    again = year.counts[inside] if same_rows else year.rng.poisson(year.rates[inside])
    year.counts[inside] = year.counts[inside] + again
    year.plant("doubled", inside.start, inside.stop)


def plant_copied(year: Year) -> None:
    """A day that holds the counts of the day a week before."""
    while True:  # days of a clock change have no day of their length a week before
        number = year.free_day(margin=9)
        inside, before = year.day(number), year.day(number - 7)
        if inside.stop - inside.start == before.stop - before.start:
            break
    year.counts[inside] = year.counts[before]
    year.plant("copied", inside.start, inside.stop)


def plant_spike(year: Year) -> None:
    """One to three intervals with eight times the calls, and thirty more."""
    inside = year.day(year.free_day())
    live = np.arange(inside.start, inside.stop - 3)[year.rates[inside][:-3] > 0]
    begins = int(year.rng.choice(live))
    part = slice(
        begins, begins + int(year.rng.integers(1, 4)) if year.minutes == 15 else begins + 1
    )
    year.counts[part] = np.round(8 * year.counts[part] + 30)
    year.plant("spike", part.start, part.stop)


def plant_shift(year: Year) -> None:
    """From a day on, four in ten calls more."""
    days = int(year.local.day[-1]) + 1
    begins = year.day(int(year.rng.integers(70, days - 70))).start
    year.counts[begins:] += year.rng.poisson(0.4 * year.rates[begins:])
    year.plant("shift", begins, len(year.counts))


def plant_clock(year: Year, *, days: int = 14, minutes: int = 60) -> None:
    """Some days whose calls stand so many minutes late."""
    number = year.free_day(margin=4, days=days)
    begins, ends = year.day(number).start, year.day(number + days).start
    moved = minutes // year.minutes
    year.counts[begins:ends] = np.roll(year.counts[begins:ends], moved)
    year.plant("clock", begins, ends)


def plant_summer_clock(year: Year) -> None:
    """All summer the calls stand an hour late, as where the change of the clock was forgotten."""
    first, after = (
        int((LONDON.midnight(np.datetime64(day)) - FIRST).astype(int)) // year.minutes
        for day in ("2024-03-31", "2024-10-27")
    )
    year.counts[first:after] = np.roll(year.counts[first:after], 60 // year.minutes)
    year.plant("clock", first, after)


KINDS: dict[str, tuple[Kind, int, Callable[[Year], None]]] = {
    "outage as zeros": ("outage", 8, plant_outage),
    "absent rows": ("absent", 8, lambda year: plant_outage(year, absent=True)),
    "spike": ("spike", 6, plant_spike),
    "rows added twice": ("doubled", 4, lambda year: plant_doubled(year, same_rows=True)),
    "two systems at once": ("doubled", 4, lambda year: plant_doubled(year, same_rows=False)),
    "copied day": ("copied", 3, plant_copied),
    "level shift +40 %": ("shift", 1, plant_shift),
    "clock 1 h, 14 days": ("clock", 1, plant_clock),
    "clock all summer": ("clock", 1, plant_summer_clock),
}
"""What can be planted, as what it should be told, how many a year, and how."""


def is_found(plant: Plant, findings: Sequence[Finding]) -> bool:
    """Whether a finding of its kind covers half of a plant; a shift: within a week of its day."""
    for each in findings:
        if plant.kind == "shift" and each.kind == "shift":
            if abs(each.first - plant.first) <= 7 * 96:
                return True
        elif each.kind == plant.kind:
            shared = min(each.after, plant.after) - max(each.first, plant.first)
            if shared >= 0.5 * (plant.after - plant.first):
                return True
    return False


def false_alarms(plants: Sequence[Plant], findings: Sequence[Finding]) -> list[Finding]:
    """Findings that touch nothing that was planted."""
    return [
        each
        for each in findings
        if not any(each.first < p.after and p.first < each.after for p in plants)
    ]
