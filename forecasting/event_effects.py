"""What an event does to each hour: learned from its past occurrences, or stated by a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forecasting.calendar import LocalTime
from forecasting.events import MINUTES_PER_DAY, Event, LikeLast, Stated
from forecasting.hour_factors import hour_factors
from forecasting.prior_spread import prior_spread
from forecasting.profile import sums
from forecasting.series import FloatArray, IntArray

HOURS = 24

_ASSUMED_SPREAD = 0.2
"""Standard deviation of an event's effect in logs, before any occurrence was observed."""

_STATED_DOUBT = 1 / 3
"""How far a stated effect may be wrong, as a share of the effect (one standard deviation)."""

_FEWEST_EXPECTED = 1.0
"""Calls expected within an occurrence, below which nothing can be learned from it."""

_ROUNDS = 8
"""Rounds in which events that share hours are learned; what is left then is under a hundredth."""


@dataclass(frozen=True)
class Noise:
    """How far counts of ordinary hours lie from what is expected.

    Attributes:
        unevenness: Relative variance of a day's level.
        dispersion: Variance of a count given its day's level, in units of its mean.
        within: The same variance as a sum: in units of the mean and of its square.
    """

    unevenness: float
    dispersion: float
    within: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Windows:
    """Where n intervals lie within the hours of an event.

    Attributes:
        occurrence: Number of the occurrence, -1 outside, shape (n,).
        hour: Whole hours since the effect began on its day, shape (n,); only of use inside.
    """

    occurrence: IntArray
    hour: IntArray

    @property
    def inside(self) -> npt.NDArray[np.bool_]:
        """True within the hours of any occurrence, shape (n,)."""
        return self.occurrence >= 0


def windows(event: Event, local: LocalTime) -> Windows:
    """Which intervals lie within the hours of an event."""
    edge = local.date[0] - 1
    day: IntArray = (local.date - edge).astype(np.int64)
    owner = np.full(int(day[-1]) + 1, -1)
    spans = event.spans(_date(edge), _date(local.date[-1]))
    for number, (begin, end) in enumerate(spans):
        low, high = (int((np.datetime64(at, "D") - edge).astype(np.int64)) for at in (begin, end))
        owner[max(low, 0) : high + 1] = number
    today, before = owner[day], owner[day - 1]
    minute = local.slot * (MINUTES_PER_DAY // local.slots_per_day)
    until = event.begins + event.minutes
    here = (today >= 0) & (minute >= event.begins) & (minute < until)
    spilt = (before >= 0) & (minute + MINUTES_PER_DAY < until) & ~here
    since = minute - event.begins + np.where(spilt, MINUTES_PER_DAY, 0)
    return Windows(np.where(here, today, np.where(spilt, before, -1)), since // 60)


def set_apart(events: Sequence[Event], local: LocalTime) -> npt.NDArray[np.bool_]:
    """Intervals from which the ordinary level cannot be learned, shape (n,)."""
    apart = np.zeros(len(local.slot), dtype=np.bool_)
    for event in events:
        if event.apart:
            apart |= windows(event, local).inside
    return apart


@dataclass(frozen=True, eq=False)
class EventEffect:
    """The effect of one event.

    Attributes:
        event: The event.
        factor: Calls over what is expected without it, by hour since it begins, shape (24,).
        variance: Relative variance of the factor, shape (24,).
        seen: Past occurrences that were learned from.
        expected: Calls that would have come in them without it, by hour, shape (24,).
        shown: Calls that came in them over `expected`, in all; NaN where none was seen.
    """

    event: Event
    factor: FloatArray
    variance: FloatArray
    seen: int
    expected: FloatArray
    shown: float

    @property
    def hours(self) -> int:
        """Hours of an occurrence's day, the last perhaps in part."""
        return -(-self.event.minutes // 60)

    @property
    def whole(self) -> float:
        """The factor on all hours of an occurrence together."""
        weight = self.expected if self.expected.sum() > 0 else np.ones(HOURS)
        return float(np.average(self.factor[: self.hours], weights=weight[: self.hours] + 1e-9))

    def times(self, level: float, doubt: float) -> EventEffect:
        """The same where its days have a level of their own, with that relative variance."""
        return replace(
            self,
            factor=self.factor * level,
            variance=self.variance + doubt,
            shown=self.shown * level,
        )


@dataclass(frozen=True)
class EventEffects:
    """The effects of all events of a calendar."""

    each: tuple[EventEffect, ...] = ()

    def at(self, local: LocalTime) -> tuple[FloatArray, FloatArray]:
        """Factor on each interval's expected calls, and its relative variance, shape (n,) each."""
        factor, variance = np.ones(len(local.slot)), np.zeros(len(local.slot))
        for effect in self.each:
            where = windows(effect.event, local)
            hour = where.hour[where.inside]
            factor[where.inside] *= effect.factor[hour]
            variance[where.inside] += effect.variance[hour]
        return factor, variance

    @property
    def notes(self) -> tuple[str, ...]:
        """Events whose effect had to be assumed, in a sentence."""
        unseen = [
            effect.event.name
            for effect in self.each
            if not effect.seen and not isinstance(effect.event.effect, Stated)
        ]
        if not unseen:
            return ()
        return (f"Not observed before, so no effect is assumed: {', '.join(unseen)}.",)


@dataclass(frozen=True, eq=False)
class _Seen:
    """The k observed intervals of training within the hours of an event; shape (k,) each.

    Attributes:
        place: Number of the interval.
        hour: Whole hours since the effect began on its day.
        occurrence: Number of the occurrence.
        offered: Counts.
        expected: Calls expected without any event.
    """

    place: IntArray
    hour: IntArray
    occurrence: IntArray
    offered: FloatArray
    expected: FloatArray

    @classmethod
    def of(cls, where: Windows, offered: FloatArray, expected: FloatArray) -> _Seen:
        place = np.flatnonzero(where.inside & ~np.isnan(offered))
        hour, occurrence = where.hour[place], where.occurrence[place]
        return cls(place, hour, occurrence, offered[place], expected[place])

    def past(self, others: FloatArray | float = 1.0) -> _Past:
        """The occurrences, given the factor of all other events on each interval."""
        number = int(self.occurrence.max(initial=-1)) + 1
        cell = self.occurrence * HOURS + self.hour
        counts, calls = (
            sums(cell, part, number * HOURS).reshape(number, HOURS)
            for part in (self.offered, self.expected * others)
        )
        seen = calls.sum(axis=1) >= _FEWEST_EXPECTED
        return _Past(counts[seen], calls[seen])


@dataclass(frozen=True, eq=False)
class _Past:
    """Past occurrences of an event: counts and expected calls, shape (occurrences, 24)."""

    counts: FloatArray
    expected: FloatArray

    def logs(self, noise: Noise) -> tuple[FloatArray, FloatArray]:
        """Logarithm of each occurrence's calls over those expected, and its variance."""
        counts, calls = self.counts.sum(axis=1) + 0.5, self.expected.sum(axis=1) + 0.5
        return np.log(counts / calls), noise.dispersion / counts + noise.unevenness


def learn_events(
    events: Sequence[Event],
    local: LocalTime,
    offered: FloatArray,
    expected: FloatArray,
    noise: Noise,
) -> EventEffects:
    """Learn what each event does.

    The logarithm of an event's effect has a normal prior around none, whose spread is that of all
    events' past effects (empirical Bayes: Efron & Morris 1973); its hours then have a gamma prior
    around the whole. So an event seen once on a noisy day hardly counts, one seen often counts
    fully. The level of a long event is already in `expected`; only its hours are learned here.

    What came in hours that several events share is told once: each is learned on top of the others
    in rounds (backfitting: Hastie & Tibshirani 1990, section 4.4), by smaller steps the more
    they are.

    Args:
        events: The events.
        local: Local time of n intervals.
        offered: Their counts, NaN where not observed, shape (n,).
        expected: Calls expected without the events, shape (n,).
        noise: How far ordinary counts lie from what is expected.
    """
    seen = [_Seen.of(windows(event, local), offered, expected) for event in events]
    crowd = np.zeros(len(expected), dtype=np.int64)
    for each in seen:
        crowd[each.place] += 1
    sharing = [int(crowd[each.place].max(initial=1)) for each in seen]
    effects = _learned(events, [each.past() for each in seen], noise)
    if max(sharing, default=1) == 1:
        return EventEffects(effects)
    factors = [
        effect.factor if isinstance(effect.event.effect, Stated) else np.ones(HOURS)
        for effect in effects
    ]
    for _ in range(_ROUNDS):
        pasts = [
            each.past(others)
            for each, others in zip(seen, _others(seen, factors, len(expected)), strict=True)
        ]
        effects = _learned(events, pasts, noise)
        factors = [
            former ** (1 - 1 / number) * effect.factor ** (1 / number)
            for former, effect, number in zip(factors, effects, sharing, strict=True)
        ]
    return EventEffects(
        tuple(
            replace(effect, factor=factor) for effect, factor in zip(effects, factors, strict=True)
        )
    )


def _others(
    seen: Sequence[_Seen], factors: Sequence[FloatArray], intervals: int
) -> list[FloatArray]:
    """Factor of all events but one on the intervals of that one, for each; 1 where its own is 0."""
    whole = np.ones(intervals)
    for each, factor in zip(seen, factors, strict=True):
        whole[each.place] *= factor[each.hour]
    owns = [factor[each.hour] for each, factor in zip(seen, factors, strict=True)]
    return [
        np.divide(whole[each.place], own, out=np.ones(len(own)), where=own > 0)
        for each, own in zip(seen, owns, strict=True)
    ]


def _learned(
    events: Sequence[Event], pasts: Sequence[_Past], noise: Noise
) -> tuple[EventEffect, ...]:
    """The effect of each event from its past occurrences."""
    nothing = (np.zeros(0), np.zeros(0))
    logs = [nothing, *(past.logs(noise) for e, past in zip(events, pasts, strict=True) if e.apart)]
    shown, doubts = (np.concatenate(parts) for parts in zip(*logs, strict=True))
    spread = prior_spread(shown, doubts, _ASSUMED_SPREAD) ** 2
    return tuple(
        _effect(event, past, spread, noise) for event, past in zip(events, pasts, strict=True)
    )


def _effect(event: Event, past: _Past, spread: float, noise: Noise) -> EventEffect:
    """The effect of one event from its past or from what a person states."""
    factor, variance = _factor(event, past, spread, noise)
    counts, calls = past.counts.sum(axis=0), past.expected.sum(axis=0)
    shown = float(counts.sum() / calls.sum()) if len(past.counts) else float("nan")
    return EventEffect(event, factor, variance, len(past.counts), calls, shown)


def _factor(
    event: Event, past: _Past, spread: float, noise: Noise
) -> tuple[FloatArray, FloatArray]:
    """Factor by hour and its relative variance, shape (24,) each."""
    if isinstance(event.effect, Stated):
        share = event.effect.percent / 100
        doubt = (_STATED_DOUBT * share / max(1 + share, 0.1)) ** 2
        return np.full(HOURS, 1 + share), np.full(HOURS, doubt)
    if not len(past.counts):
        unsure = spread if event.apart else 0.0
        return np.ones(HOURS), np.full(HOURS, unsure)
    level, doubt = 0.0, 0.0
    if isinstance(event.effect, LikeLast):
        past = _Past(past.counts[-1:], past.expected[-1:])
        log, variance = past.logs(noise)
        level, doubt = float(log[0]), float(variance[0])
    elif event.apart:
        log, variance = past.logs(noise)
        doubt = 1 / (1 / spread + float(np.sum(1 / variance)))
        level = doubt * float(np.sum(log / variance))
    counts, calls = past.counts.sum(axis=0), past.expected.sum(axis=0)
    shape, unsure_hours = hour_factors(counts, calls, noise.dispersion)
    return np.exp(level) * shape, doubt + unsure_hours


def _date(day: np.datetime64) -> dt.date:
    return dt.date.fromisoformat(str(day)[:10])
