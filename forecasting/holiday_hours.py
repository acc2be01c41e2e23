"""The hours of public holidays: their own shape of the day, the evening before, the night after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from forecasting.calendar import LocalTime
from forecasting.hour_factors import hour_factors
from forecasting.prior_spread import PRIOR_NUMBER
from forecasting.profile import sums
from forecasting.series import FloatArray

_EVE_HOURS, _AFTER_HOURS = 12, 6
"""Hours before and after a holiday that it touches: New Year's night begins on the day before."""

_REACH = _EVE_HOURS + 24 + _AFTER_HOURS

_PARTS = (slice(0, _EVE_HOURS), slice(_EVE_HOURS, _EVE_HOURS + 24), slice(_EVE_HOURS + 24, _REACH))
"""The evening before, the day itself, the night after: each has a level of its own."""

_SUNDAY_LIKE = (0.0, 0.25, 0.5, 0.75, 1.0)
"""How much of its shape a holiday may take from Sundays."""

_ROUNDS = 50
"""Rounds of telling how holidays spread over these; more change nothing that is seen."""

_SUNDAY = 6


@dataclass(frozen=True, eq=False)
class HolidayHours:
    """Shares of the day for every date, those beside holidays with their own shape.

    Attributes:
        share: Each weekly slot's share of an ordinary day, shape (7 × slots per day,).
        holidays: Names by date, over training and horizon.
        sunday_like: How much of its shape each holiday takes from Sundays by name, 0 to 1.
        others_sunday_like: The same of a holiday that was not seen.
        shared: Factor on each hour from the noon before to the morning after, shape (42,).
        own: The same by name of the holiday, on top.
        doubt: Relative variance of both by name of the holiday, that of one that was not seen
            under an empty name, shape (42,) each.
    """

    share: FloatArray
    holidays: Mapping[np.datetime64, str]
    sunday_like: Mapping[str, float] = field(default_factory=dict)
    others_sunday_like: float = 0.0
    shared: FloatArray = field(default_factory=lambda: np.ones(_REACH))
    own: Mapping[str, FloatArray] = field(default_factory=dict)
    doubt: Mapping[str, FloatArray] = field(default_factory=dict)

    def at(self, local: LocalTime) -> FloatArray:
        """Each interval's share of its local day's calls, shape (n,)."""
        shares: FloatArray = self.share[local.week_slot]
        for date, name, offset in self.beside(local.date[0], local.date[-1]):
            low, high = np.searchsorted(local.date, [date, date + 1])
            if low < high:
                part = slice(int(low), int(high))
                shares[part] = self.day(date, name, offset)[local.slot[part]]
        return shares

    def beside(
        self, first: np.datetime64, last: np.datetime64
    ) -> list[tuple[np.datetime64, str, int]]:
        """Dates from `first` to `last` that are not ordinary: date, holiday, days from it."""
        return _beside(self.holidays, first, last)

    def doubts(self, local: LocalTime) -> FloatArray:
        """Relative variance of each interval's share beside holidays, 0 elsewhere, shape (n,)."""
        doubts = np.zeros(len(local.slot))
        for date, name, offset in _beside(self.holidays, local.date[0], local.date[-1]):
            low, high = (int(at) for at in np.searchsorted(local.date, [date, date + 1]))
            place = local.slot[low:high] * 24 // local.slots_per_day + _EVE_HOURS + 24 * offset
            touched = (place >= 0) & (place < _REACH)
            known = self.doubt.get(name, self.doubt.get("", np.zeros(_REACH)))
            doubts[low:high][touched] = known[place[touched]]
        return doubts

    def day(self, date: np.datetime64, name: str, offset: int) -> FloatArray:
        """Shares of one special day's slots, which add up to 1 where the day is open."""
        like = self.sunday_like.get(name, self.others_sunday_like) if offset == 0 else 0.0
        plain = _mixed(self.share, date, like)
        per_day = len(plain)
        hour = np.arange(per_day) * 24 // per_day
        place = hour + _EVE_HOURS + 24 * offset
        touched = (place >= 0) & (place < _REACH)
        factor = np.ones(per_day)
        factor[touched] = (self.shared * self.own.get(name, 1.0))[place[touched]]
        day = plain * factor
        return _scaled(day, float(plain.sum()))


def learn_holiday_hours(
    share: FloatArray,
    holidays: Mapping[np.datetime64, str],
    local: LocalTime,
    offered: FloatArray,
    level: FloatArray,
    dispersion: float,
) -> HolidayHours:
    """Learn how holidays' hours differ from those of ordinary days of their weekday.

    First how like a Sunday each holiday is, then what all holidays share by hour, then what each
    has for itself, each step shrunken as far as calls are few.

    Args:
        share: Each weekly slot's share of an ordinary day, shape (7 × slots per day,).
        holidays: Names by date, over training and horizon.
        local: Local time of the n training intervals.
        offered: Their counts, NaN where not observed, shape (n,).
        level: Expected calls of each interval's whole local day, shape (n,).
        dispersion: Variance over mean of a count given its day's level.
    """
    beside = list(_beside(holidays, local.date[0], local.date[-1]))
    if not beside:
        return HolidayHours(share, holidays)
    open_ = share.reshape(7, -1) > 0
    likely = _SUNDAY_LIKE if not np.any(open_ & ~open_[_SUNDAY]) else (0.0,)
    cells = [
        _Cells.of(HolidayHours(share, holidays, {}, part), beside, local, offered, level)
        for part in likely
    ]
    names = cells[0].names
    each, others = _likeness(
        np.array([part.likelihood for part in cells]).T / dispersion, np.array(likely)
    )
    plain = HolidayHours(share, holidays, dict(zip(names, each.tolist(), strict=True)), others)
    seen = _Cells.of(plain, beside, local, offered, level)
    shared, unsure = seen.factors(seen.counts.sum(axis=0), seen.expected.sum(axis=0), dispersion)
    own = {
        name: seen.factors(seen.counts[i], seen.expected[i] * shared, dispersion)
        for i, name in enumerate(names)
    }
    return replace(
        plain,
        shared=shared,
        own={name: factor for name, (factor, _) in own.items()},
        doubt={"": unsure} | {name: unsure + variance for name, (_, variance) in own.items()},
    )


def _likeness(likelihood: FloatArray, likely: FloatArray) -> tuple[FloatArray, float]:
    """How like a Sunday each holiday is, and one that was not seen.

    Shops may close on one holiday and hardly anybody notice another, so each is told for itself
    as far as its calls speak, and by how holidays spread as far as they do not: the weights of a
    discrete mixture (nonparametric empirical Bayes: Laird 1978), drawn to equal ones while
    holidays are few.

    Args:
        likelihood: Log-likelihood of each holiday's calls under each likeness, shape (names, m).
        likely: The likenesses, shape (m,).

    Returns:
        Expected likeness of each, shape (names,), and of a holiday that was not seen.
    """
    chances = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    names, parts = chances.shape
    weights = np.full(parts, 1 / parts)
    for _ in range(_ROUNDS):
        known = chances * weights
        known /= known.sum(axis=1, keepdims=True)
        weights = (known.sum(axis=0) + PRIOR_NUMBER / parts) / (names + PRIOR_NUMBER)
    return np.asarray(known @ likely, dtype=np.float64), float(weights @ likely)


@dataclass(frozen=True, eq=False)
class _Cells:
    """Calls beside holidays, by name and hour.

    Attributes:
        names: Names of the holidays.
        counts: Observed calls, shape (names, 42).
        expected: Calls expected of them, of that shape.
        likelihood: Poisson log-likelihood of the days themselves, given each day's total, by
            name, shape (names,).
    """

    names: tuple[str, ...]
    counts: FloatArray
    expected: FloatArray
    likelihood: FloatArray

    @classmethod
    def of(
        cls,
        hours: HolidayHours,
        beside: list[tuple[np.datetime64, str, int]],
        local: LocalTime,
        offered: FloatArray,
        level: FloatArray,
    ) -> _Cells:
        names = tuple(sorted({name for _, name, _ in beside}))
        counts, expected = np.zeros((2, len(names), _REACH))
        likelihood = np.zeros(len(names))
        for date, name, offset in beside:
            low, high = (int(at) for at in np.searchsorted(local.date, [date, date + 1]))
            seen = low + np.flatnonzero(~np.isnan(offered[low:high]))
            share = hours.day(date, name, offset)[local.slot[seen]]
            place = local.slot[seen] * 24 // local.slots_per_day + _EVE_HOURS + 24 * offset
            used = (share > 0) & (place >= 0) & (place < _REACH)
            seen, share, place = seen[used], share[used], place[used]
            row = names.index(name)
            counts[row] += sums(place, offered[seen], _REACH)
            expected[row] += sums(place, level[seen] * share, _REACH)
            if offset == 0 and len(share):
                likelihood[row] += float(np.sum(offered[seen] * np.log(share / share.sum())))
        return cls(names, counts, expected, likelihood)

    @staticmethod
    def factors(
        counts: FloatArray, expected: FloatArray, dispersion: float
    ) -> tuple[FloatArray, FloatArray]:
        """Factors by hour and their relative variances.

        The evening before, the day and the night after stand each for themselves.
        """
        parts = [hour_factors(counts[part], expected[part], dispersion) for part in _PARTS]
        factor, variance = (np.concatenate(each) for each in zip(*parts, strict=True))
        return factor, variance


def _beside(
    holidays: Mapping[np.datetime64, str], first: np.datetime64, last: np.datetime64
) -> list[tuple[np.datetime64, str, int]]:
    """Dates from `first` to `last` beside holidays, ascending: date, name, days from the holiday.

    A date between two holidays belongs to the one that follows.
    """
    found: dict[np.datetime64, tuple[str, int]] = {}
    for offset in (1, -1, 0):
        for day, name in holidays.items():
            date = day + offset
            if first <= date <= last:
                found[date] = (name, offset)
    return [(date, *found[date]) for date in sorted(found)]


def _mixed(share: FloatArray, date: np.datetime64, sunday_like: float) -> FloatArray:
    """Shares of a date's slots between those of its weekday and of Sundays."""
    week = share.reshape(7, -1)
    own: FloatArray = week[(int(date.astype("datetime64[D]").astype(np.int64)) + 3) % 7]
    if not sunday_like:
        return own
    floor = 1e-300
    mixed = np.exp(
        (1 - sunday_like) * np.log(np.maximum(own, floor))
        + sunday_like * np.log(np.maximum(week[_SUNDAY], floor))
    )
    return _scaled(np.where(own > 0, mixed, 0.0), float(own.sum()))


def _scaled(shares: FloatArray, whole: float) -> FloatArray:
    """Shares in proportion that add up to `whole`."""
    return shares * (whole / max(float(shares.sum()), 1e-300))
