"""Runs of a model as values: what is asked, what is made, and how good it was.

Days are local days of the control room, instants aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
import numpy.typing as npt

from forecasting.load import Workload

Floats = npt.NDArray[np.float64]
Instants = npt.NDArray[np.datetime64]

NO_HOLIDAYS = "none"
"""What a person writes who wants no holidays taken into account."""

DEFAULT_MODEL = "chosen"
"""Per queue the most accurate of the models, or their mean, by back-tests inside its counts."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a forecast.

    Attributes:
        first_day: the first local day.
        days: how many local days.
        model: name of a forecast model; None: the one recommended.
        holidays: a code such as GB-ENG, or `NO_HOLIDAYS`; None: as in the room's last forecast,
            at first by the room's time zone.
    """

    first_day: date
    days: int
    model: str | None = None
    holidays: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What is known of a forecast once it is made.

    Attributes:
        at: when it was made.
        trained_until: the end of the last interval that it learned from.
        start: the beginning of its first interval.
        interval_minutes: length of an interval.
        intervals: how many there are.
        notes: what a person should know, a sentence each.
        fingerprint: SHA-256 of the counts it learned from: the same counts, the same text.
        layers: ids of the decisions about counts that lay over what it learned from.
    """

    at: datetime
    trained_until: datetime
    start: datetime
    interval_minutes: int
    intervals: int
    notes: tuple[str, ...]
    fingerprint: str
    layers: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast that was asked for, and perhaps made.

    Attributes:
        job_id: the job that makes it.
        until_day: the first local day after it.
        holidays: the code in force; None for none.
        holidays_assumed: whether the code was taken from the time zone, since nobody gave one.
        zone: IANA time zone of the room when it was asked.
        made: None until it is made.
        scheduled: whether the room's schedule asked, in the name of who set it.
    """

    id: UUID
    room_id: UUID
    job_id: UUID
    asked_by: UUID
    asked_at: datetime
    first_day: date
    until_day: date
    model: str
    holidays: str | None
    holidays_assumed: bool
    zone: str
    made: Made | None = None
    scheduled: bool = False

    @property
    def days(self) -> int:
        """How many local days."""
        return (self.until_day - self.first_day).days

    @property
    def last_day(self) -> date:
        """The last local day."""
        return self.until_day - timedelta(days=1)


@dataclass(frozen=True, eq=False, slots=True)
class QueueValues:
    """Calls expected per interval of one queue: mean and seven quantiles, each of shape (n,).

    Attributes:
        work: handling times and load, where the counts told handling times.
        level: relative variance of the level that a local day's intervals share; None where the
            model does not tell it apart, and of forecasts made before it was kept.
    """

    mean: Floats
    q05: Floats
    q10: Floats
    q25: Floats
    q50: Floats
    q75: Floats
    q90: Floats
    q95: Floats
    work: Workload | None = None
    level: Floats | None = None


@dataclass(frozen=True, eq=False, slots=True)
class ForecastValues:
    """What a forecast says.

    Attributes:
        starts: beginning of each interval, UTC, `datetime64[m]`, shape (n,).
        interval_minutes: length of an interval.
        by_queue: by name of the queue, in order of name.
    """

    starts: Instants
    interval_minutes: int
    by_queue: Mapping[str, QueueValues]

    def aht(self, queue: str) -> Floats | None:
        """Seconds of a call in each interval, where the counts told handling times."""
        work = self.by_queue[queue].work
        return None if work is None else work.times.mean

    @property
    def start(self) -> datetime:
        """The beginning of the first interval."""
        return first_instant(self.starts)


def first_instant(starts: Instants) -> datetime:
    """The first of some instants."""
    naive: datetime = starts[0].astype("datetime64[us]").item()
    return naive.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Score:
    """How good a forecast of a queue was over some of its days, on the intervals observed.

    Attributes:
        from_day, to_day: days of the forecast, from 1, of 24 hours each.
        scored_at: when it was last held against the counts.
        intervals: how many were observed.
        calls: calls that came in them.
        wape: sum of absolute errors of the mean over calls; None when no call came.
        daily_wape: the same for totals of 24 hours.
        pinball: mean loss over the seven quantiles, in calls.
        within_80, within_95: share of counts inside these bands, by randomised probability
            integral transform.
        chance_wape: the WAPE that is left to one who knows every rate: pure chance.
        simple_wape: the WAPE of the mean of the last 8 weeks; None where it could not be made.
        handled_calls: calls whose handling times came; None, as the rest, where none were forecast
            or came.
        handling_wape: seconds by which they took longer or shorter than forecast, by the mean of
            each interval, over the seconds they took.
        simple_handling_wape: the same of the mean of the hour of the week over the last 8 weeks.
        handling_within_80: share of intervals whose mean handling time lay inside 8 in 10.
    """

    from_day: int
    to_day: int
    scored_at: datetime
    intervals: int
    calls: float
    wape: float | None
    daily_wape: float | None
    pinball: float
    within_80: float
    within_95: float
    chance_wape: float | None
    simple_wape: float | None
    handled_calls: float | None = None
    handling_wape: float | None = None
    simple_handling_wape: float | None = None
    handling_within_80: float | None = None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How good past forecasts of a queue were, all together.

    Attributes:
        forecasts: how many were scored.
        calls: calls that came in them.
        wape, chance_wape, simple_wape: as in a `Score`, every call weighing the same; None where
            one of them is not known.
        within_80, within_95: share of counts inside these bands.
        handling_wape, simple_handling_wape: as in a `Score`, weighed by calls whose handling times
            came; None where there are none.
    """

    forecasts: int
    calls: float
    wape: float | None
    chance_wape: float | None
    simple_wape: float | None
    within_80: float
    within_95: float
    handling_wape: float | None = None
    simple_handling_wape: float | None = None


@dataclass(frozen=True, slots=True)
class Packed:
    """What a forecast says of a queue as it is kept.

    Attributes:
        family: of the distribution.
        mean, variance: little-endian float64, shape (n,).
        quantiles: little-endian int32, shape (7, n).
        level: relative variance of the level that a local day's intervals share, as `mean`; None
            where it is not told apart.
    """

    family: str
    mean: bytes
    variance: bytes
    quantiles: bytes
    level: bytes | None
