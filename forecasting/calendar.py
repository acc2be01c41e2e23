"""Local days, weekdays and slots of UTC intervals in a control room's zone, and its holidays."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError, quoted
from forecasting.events import MINUTES_PER_DAY, Event
from forecasting.series import IntArray

__all__ = ["MINUTES_PER_DAY", "Calendar", "LocalTime"]


@dataclass(frozen=True, eq=False)
class LocalTime:
    """Where each of n intervals lies in local time; all arrays have shape (n,).

    A skipped hour's slots are absent from their day; a doubled hour's slots occur twice.

    Attributes:
        date: Local date, `datetime64[D]`.
        weekday: Day of the week, 0 = Monday.
        slot: Number of the interval within the local day by the wall clock, from 0.
        slots_per_day: Slots of an ordinary day: 96, 48 or 24.
    """

    date: npt.NDArray[np.datetime64]
    weekday: IntArray
    slot: IntArray
    slots_per_day: int

    @cached_property
    def week_slot(self) -> IntArray:
        """Slot of the local week, 0 = Monday at midnight, shape (n,)."""
        return self.weekday * self.slots_per_day + self.slot

    @cached_property
    def day(self) -> IntArray:
        """Number of the local day counted from the first interval's, shape (n,)."""
        days: IntArray = (self.date - self.date[0]).astype(np.int64)
        return days


@dataclass(frozen=True)
class Calendar:
    """A time zone and, if wanted, public holidays of a country or a part of it, and events.

    Attributes:
        zone: IANA name such as `Europe/London`.
        holidays: ISO code such as `GB-ENG`, `US-TX` or `US`; None for no holidays.
        events: Local events and school holidays.

    Raises:
        InputError: When the zone or the holiday code is unknown, or two events share a name.
    """

    zone: str
    holidays: str | None = None
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        _zone(self.zone)
        if self.holidays is not None:
            _country(self.holidays)
        names = [event.name for event in self.events]
        for name in names:
            if names.count(name) > 1:
                raise InputError(f"Two events are called {quoted(name)}; give each its own name.")

    def of_queue(self, queue: str) -> Calendar:
        """The same with the events that are felt in a queue."""
        felt = tuple(each for each in self.events if not each.queues or queue in each.queues)
        return self if len(felt) == len(self.events) else replace(self, events=felt)

    def local(self, start: np.datetime64, interval_minutes: int, intervals: int) -> LocalTime:
        """Local time of `intervals` intervals of `interval_minutes` minutes from `start` (UTC)."""
        first = int(start.astype("datetime64[m]").astype(np.int64))
        utc = first + interval_minutes * np.arange(intervals, dtype=np.int64)
        changes, offsets = _offsets(
            self.zone, first // MINUTES_PER_DAY, int(utc[-1]) // MINUTES_PER_DAY + 1
        )
        wall = utc + offsets[np.searchsorted(changes, utc, side="right")]
        day, minute = np.divmod(wall, MINUTES_PER_DAY)
        return LocalTime(
            date=day.astype("datetime64[D]"),
            weekday=(day + 3) % 7,
            slot=minute // interval_minutes,
            slots_per_day=MINUTES_PER_DAY // interval_minutes,
        )

    def midnight(self, date: np.datetime64 | dt.date) -> np.datetime64:
        """The instant (UTC, `datetime64[m]`) at which the local day `date` begins."""
        local = dt.datetime.fromisoformat(str(date)[:10]).replace(tzinfo=_zone(self.zone))
        return np.datetime64(local.astimezone(dt.UTC).replace(tzinfo=None), "m")

    def holiday_names(self, first: np.datetime64, last: np.datetime64) -> dict[np.datetime64, str]:
        """Names of the public holidays from `first` to `last` (local dates, both included)."""
        if self.holidays is None:
            return {}
        days = (first.astype("datetime64[D]"), last.astype("datetime64[D]"))
        years = [int(str(day)[:4]) for day in days]
        found = _holidays(self.holidays, years[0], years[1])
        return {day: name for day, name in found.items() if days[0] <= day <= days[1]}


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(
            f"The time zone {quoted(name)} is unknown; give an IANA name such as Europe/London."
        ) from None


@lru_cache(maxsize=64)
def _offsets(zone: str, first_day: int, last_day: int) -> tuple[IntArray, IntArray]:
    """Minutes (UTC, since 1970) at which the zone's offset changes, and the offsets between."""
    info = _zone(zone)

    def offset(minute: int) -> int:
        instant = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minute)
        shift = instant.astimezone(info).utcoffset()
        return 0 if shift is None else int(shift.total_seconds() // 60)

    changes: list[int] = []
    offsets = [offset(first_day * MINUTES_PER_DAY)]
    for day in range(first_day, last_day + 1):
        low, high = day * MINUTES_PER_DAY, (day + 1) * MINUTES_PER_DAY
        after = offset(high)
        if after == offsets[-1]:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == offsets[-1] else (low, middle)
        changes.append(high)
        offsets.append(after)
    return np.array(changes, dtype=np.int64), np.array(offsets, dtype=np.int64)


@lru_cache(maxsize=64)
def _country(code: str) -> tuple[str, str | None]:
    """Country and subdivision of a holiday code such as `GB-ENG`."""
    import holidays  # noqa: PLC0415  (costs most of a second; many callers need no holidays)

    country, _, part = code.partition("-")
    known = holidays.list_supported_countries(include_aliases=False)
    plain = re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", code) is not None
    if not plain or country not in known or (part and part not in known[country]):
        raise InputError(
            f"The holiday code {quoted(code)} is unknown; give a country such as US or a part of "
            "it such as GB-ENG."
        )
    return country, part or None


@lru_cache(maxsize=64)
def _holidays(code: str, first_year: int, last_year: int) -> dict[np.datetime64, str]:
    import holidays  # noqa: PLC0415

    country, part = _country(code)
    days = holidays.country_holidays(country, subdiv=part, years=range(first_year, last_year + 1))
    return {np.datetime64(day, "D"): name for day, name in sorted(days.items())}
