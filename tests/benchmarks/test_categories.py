"""How well a queue's forecast is split among its categories, beside each forecast by itself.

Real queues added together are a whole with honest parts. Environment as in
`test_forecast_accuracy.py`; PARADE_ORIGINS, folds of 28 days.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import process_time

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.categories import HOURS, REST, Parts, Shares, shares, week_hours
from forecasting.distribution import Distribution, NegativeBinomial
from forecasting.models.registry import DEFAULT_MODEL, model_named
from forecasting.reading import read_history
from forecasting.scores import pinball, randomised_pit
from forecasting.series import FloatArray, History, Series
from tests.benchmarks.test_forecast_accuracy import FILES, ORIGINS

DAYS = 28


@pytest.mark.benchmark
@pytest.mark.parametrize("file", FILES)
def test_parts_of_real_queues_added_together(file: str) -> None:
    """Prints errors of shares of the whole, of each part by itself, and of constant shares."""
    path, zone, *more = file.split()
    calendar = Calendar(zone, more[0] if more else None)
    parts = added(read_history(path))
    per_fold = DAYS * 1440 // parts.whole.interval_minutes
    scores: dict[str, list[FloatArray]] = {}
    spent = dict.fromkeys(METHODS, 0.0)
    for fold in range(ORIGINS):
        cut = len(parts.whole) - per_fold * (fold + 1)
        past = first(parts, cut)
        times = parts.whole.times[cut : cut + per_fold]
        whole = fitted(past.whole, times, calendar)
        for name, method in METHODS.items():
            begun = process_time()
            split = method(past, whole, times, calendar)
            spent[name] += process_time() - begun
            counts = parts.counts[:, cut : cut + per_fold]
            told = [scored(x, said) for x, said in zip(counts, split, strict=True)]
            scores.setdefault(name, []).append(np.array(told))
            if name != "by itself":
                added_up = sum(each.mean for each in split)
                np.testing.assert_allclose(added_up, whole.mean, rtol=1e-9)
    print(f"\n{Path(path).name}: {' + '.join(parts.names)}, {ORIGINS} folds of {DAYS} days")
    for name, folds in scores.items():
        error, calls, loss, seen, within_80, within_95 = np.sum(folds, axis=0).T
        each = ", ".join(
            f"{part} {w:.3f} {p:.4f} {a:.1%} {b:.1%}"
            for part, w, p, a, b in zip(
                parts.names,
                error / calls,
                loss / seen,
                within_80 / seen,
                within_95 / seen,
                strict=True,
            )
        )
        print(
            f"{name:>12}: pinball {loss.sum() / seen.sum():.4f}, {spent[name] / ORIGINS:.2f} CPU-s "
            f"a fold; by part WAPE, pinball, 80 % and 95 % bands: {each}"
        )


def added(history: History) -> Parts:
    """The queues of a history as parts of their sum."""
    step = np.timedelta64(history.interval_minutes, "m")
    counts = np.full((len(history), int((history.end - history.start) // step)), np.nan)
    for row, series in zip(counts, history.values(), strict=True):
        at = int((series.start - history.start) // step)
        row[at : at + len(series)] = series.offered
    whole = Series("all", history.start, history.interval_minutes, counts.sum(axis=0))
    return Parts(whole, tuple(history), counts)


def first(parts: Parts, cut: int) -> Parts:
    """What was known before place `cut`."""
    whole = parts.whole
    past = Series(whole.queue, whole.start, whole.interval_minutes, whole.offered[:cut])
    return Parts(past, parts.names, parts.counts[:, :cut])


def fitted(past: Series, times: np.ndarray, calendar: Calendar) -> Distribution:
    """The forecast of a series by the model recommended."""
    known = past.before(times[0])
    assert known is not None
    return model_named(DEFAULT_MODEL).fit(known, calendar).predict(times[0], len(times))


def of_the_whole(
    past: Parts, whole: Distribution, times: np.ndarray, calendar: Calendar
) -> Sequence[Distribution]:
    """What Parade says."""
    return shares(past, calendar).split(whole, week_hours(calendar, times))[:-1]


def constant(
    past: Parts, whole: Distribution, times: np.ndarray, calendar: Calendar
) -> Sequence[Distribution]:
    """The shares of the last eight weeks, the same in every hour."""
    late = past.weeks_back() < 8
    calls = np.append(np.nansum(past.counts[:, late], axis=1), 0.0)
    table = np.repeat((calls / calls.sum())[:, None], HOURS, axis=1)
    flat = Shares((*past.names, REST), table, np.zeros(len(calls)))
    return flat.split(whole, week_hours(calendar, times))[:-1]


def by_itself(
    past: Parts, whole: Distribution, times: np.ndarray, calendar: Calendar
) -> Sequence[Distribution]:
    """Each part forecast by the model recommended, then scaled so that they add up."""
    length = past.whole.interval_minutes
    said = [
        fitted(Series(name, past.whole.start, length, counts), times, calendar)
        for name, counts in zip(past.names, past.counts, strict=True)
    ]
    total = np.sum([each.mean for each in said], axis=0)
    scale = whole.mean / np.maximum(total, 1e-9)
    return [NegativeBinomial(each.mean * scale, each.variance * scale**2) for each in said]


METHODS = {"shares": of_the_whole, "constant": constant, "by itself": by_itself}


def scored(counts: FloatArray, said: Distribution) -> list[float]:
    """Absolute errors, calls, pinball loss, intervals, and counts inside 80 % and 95 %, summed."""
    seen = ~np.isnan(counts)
    pit = randomised_pit(counts, said, 1)[seen]
    return [
        float(np.abs(counts - said.mean)[seen].sum()),
        float(counts[seen].sum()),
        pinball(counts[seen], said.quantiles[:, seen]) * seen.sum(),
        float(seen.sum()),
        float(np.sum((pit >= 0.1) & (pit <= 0.9))),
        float(np.sum((pit >= 0.025) & (pit <= 0.975))),
    ]
