"""What a forecast is made of between what is kept and the forecasting library."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from app.forecasts.series.runs import aware, minute
from app.forecasts.values import Clocks, Floats, Laid, LaidPart, Part, Spread
from forecasting.calendar import Calendar, LocalTime
from forecasting.distribution import Distribution
from forecasting.explain import Days, Grounds, Occasion, Past, SpecialDay

MINUTE = timedelta(minutes=1)

FORM = 1
"""The form of what is kept; another one would have another number."""


def freeze(grounds: Grounds) -> bytes:
    """What a queue's forecast is made of, every figure to its last bit: some 10 kB for 4 weeks."""
    said = {
        "form": FORM,
        "level": grounds.level,
        "days": {
            "first": str(grounds.days.first),
            "ahead": grounds.days.ahead.tolist(),
            "season": grounds.days.season.tolist(),
            "weekday": grounds.days.weekday.tolist(),
        },
        "shares": grounds.shares.tolist(),
        "week": grounds.week.tolist(),
        "past": {
            "first": str(grounds.past.first),
            "counted": grounds.past.counted.tolist(),
            "level": grounds.past.level.tolist(),
        },
        "special": [
            [str(each.date), each.name, each.offset, each.day, each.hours.tolist()]
            for each in grounds.special
        ],
        "occasions": [_occasion_document(each) for each in grounds.occasions],
        "chance": grounds.chance,
        "year": grounds.year.tolist(),
        "reason": grounds.reason,
    }
    return zlib.compress(json.dumps(said).encode())


def _occasion_document(each: Occasion) -> dict[str, Any]:
    return {
        "name": each.name,
        "spans": [[str(first), str(last)] for first, last in each.spans],
        "begins": each.begins,
        "minutes": each.minutes,
        "day": each.day,
        "hours": each.hours.tolist(),
        "whole": each.whole,
        "seen": each.seen,
        "stated": each.stated,
    }


def thaw(kept: bytes) -> Grounds:
    """What was frozen."""
    said = json.loads(zlib.decompress(kept))
    days, past, chance = said["days"], said["past"], said["chance"]
    return Grounds(
        level=said["level"],
        days=Days(
            np.datetime64(days["first"]),
            _floats(days["ahead"]),
            _floats(days["season"]),
            _floats(days["weekday"]),
        ),
        shares=_floats(said["shares"]),
        week=_floats(said["week"]),
        past=Past(np.datetime64(past["first"]), _floats(past["counted"]), _floats(past["level"])),
        special=tuple(
            SpecialDay(np.datetime64(day), name, offset, factor, _floats(hours))
            for day, name, offset, factor, hours in said["special"]
        ),
        occasions=tuple(map(_occasion, said["occasions"])),
        chance=None if chance is None else (chance[0], chance[1]),
        year=_floats(said["year"]),
        reason=said["reason"],
    )


def _occasion(document: dict[str, Any]) -> Occasion:
    spans = tuple((np.datetime64(a), np.datetime64(b)) for a, b in document.pop("spans"))
    hours = _floats(document.pop("hours"))
    return Occasion(spans=spans, hours=hours, **document)


def _floats(values: Sequence[float]) -> Floats:
    return np.array(values, dtype=np.float64)


@dataclass(frozen=True, eq=False, slots=True)
class LocalWhen:
    """An interval in local time.

    Attributes:
        start: its beginning.
        step: its length.
        zone: IANA time zone.
        local: where it lies in local time, one interval.
    """

    start: datetime
    step: timedelta
    zone: str
    local: LocalTime

    @classmethod
    def of(cls, zone: str, start: datetime, step: timedelta) -> LocalWhen:
        """The interval of that length that begins at an instant."""
        return cls(start, step, zone, Calendar(zone).local(minute(start), step // MINUTE, 1))

    @property
    def day(self) -> date:
        """The local day on which it begins."""
        return date.fromisoformat(str(self.local.date[0]))

    @property
    def minute(self) -> int:
        """Minute of that day, by the wall clock, at which its slot begins."""
        return int(self.local.slot[0]) * (self.step // MINUTE)

    @property
    def clocks(self) -> Clocks:
        """Whether the clocks change on its day."""
        _, day = self._intervals(self.day)
        hours = len(day.slot) * self.step
        if hours < timedelta(hours=24):
            return "forward"
        if hours > timedelta(hours=24):
            return "twice" if np.count_nonzero(day.slot == self.local.slot[0]) > 1 else "back"
        return ""

    def on(self, day: date) -> datetime | None:
        """When the interval of the same time begins on another local day; None for never."""
        first, local = self._intervals(day)
        places = np.flatnonzero(local.slot == self.local.slot[0])
        return first + int(places[0]) * self.step if len(places) else None

    def _intervals(self, day: date) -> tuple[datetime, LocalTime]:
        """The intervals that begin on a local day, and when the first one does."""
        calendar = Calendar(self.zone)
        midnight, after = (
            aware(calendar.midnight(each)) for each in (day, day + timedelta(days=1))
        )
        first = midnight + (self.start - midnight) % self.step
        length = -(-(after - first) // self.step)
        return first, calendar.local(minute(first), self.step // MINUTE, length)


def parts(grounds: Grounds, when: LocalWhen) -> tuple[Part, ...]:
    """The factors of one interval of the forecast."""
    day = when.local.date[0]
    offsets = {each.name: each.offset for each in grounds.special if each.date == day}
    return tuple(
        Part(each.kind, each.name, float(each.values[0]), offset=offsets.get(each.name, 0))
        for each in grounds.factors(when.local)
    )


def laid_parts(laid: Iterable[Laid], when: LocalWhen) -> tuple[LaidPart, ...]:
    """What adjustments do to one interval, those that act on it."""
    hours = 24 / when.local.slots_per_day
    times = np.array([minute(when.start)])
    found = []
    for each in laid:
        share = float(each.said.reach(times, when.local)[0][0])
        if share:
            percent = each.said.unit == "percent"
            found.append(
                LaidPart(
                    each.id,
                    each.laid_by,
                    each.reason,
                    factor=1 + each.said.amount / 100 * share if percent else 1.0,
                    calls=0.0 if percent else each.said.amount * hours * share,
                )
            )
    return tuple(found)


def spread(grounds: Grounds, said: Distribution, place: int) -> Spread | None:
    """What the likely range of an interval comes from; None where the model does not tell."""
    mean, variance = float(said.mean[place]), float(said.variance[place])
    if grounds.chance is None or not variance:
        return None
    plain, rough = grounds.chance
    chance, hour = plain * mean / variance, rough * mean**2 / variance
    return Spread(chance, hour, max(0.0, 1 - chance - hour))
