"""Forecasts by other libraries, for the benchmarks; runs in .venv-peers.

Usage: with_forecasters.py METHOD IN.npz OUT.npz SECONDS. IN holds of one queue: `utc` and `wall`
(minutes since 1970 of every interval of training and horizon), `offered` (training, NaN where not
observed), `minutes`, `weekday`, `slot`, `holiday` (number of its name from 1, 0 for none), `event`.
OUT holds `mean` and `variance` of the horizon. Prints CPU seconds and peak memory in MB. Ends by
signal when it takes more CPU time.
"""

# ruff: noqa: PLC0415  each method loads its own library, and its seconds count

from __future__ import annotations

import resource
import signal
import sys
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

Arrays = Mapping[str, np.ndarray]
Said = tuple[np.ndarray, np.ndarray]


def spread(counts: np.ndarray, fitted: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Variance in proportion to the mean, as large as the residuals of the fit."""
    known = ~np.isnan(fitted) & ~np.isnan(counts)
    residuals = (counts[known] - fitted[known]) ** 2
    return float(residuals.sum() / max(fitted[known].sum(), 1e-9)) * mean


def filled(data: Arrays) -> np.ndarray:
    """Counts with gaps filled by the mean of their weekly slot."""
    counts = data["offered"].copy()
    slot = (data["weekday"] * 1440 + data["slot"])[: len(counts)]
    means = pd.Series(counts).groupby(slot).transform("mean").fillna(0).to_numpy()
    return np.where(np.isnan(counts), means, counts)


def frame(data: Arrays) -> pd.DataFrame:
    """Training as the libraries of Nixtla take it."""
    counts = filled(data)
    times = pd.to_datetime(data["utc"][: len(counts)], unit="m")
    return pd.DataFrame({"unique_id": "queue", "ds": times, "y": counts})


def lightgbm(data: Arrays) -> Said:
    """Gradient-boosted trees with Poisson loss on lags of whole weeks and the calendar."""
    from lightgbm import LGBMRegressor
    from mlforecast import MLForecast
    from mlforecast.lag_transforms import RollingMean

    week = 7 * 1440 // int(data["minutes"])
    known = len(data["offered"])
    columns = {name: data[name] for name in ("weekday", "slot", "holiday", "event")}
    columns["any_holiday"] = (data["holiday"] > 0) * 1
    columns["day_of_year"] = pd.to_datetime(data["wall"], unit="m").dayofyear.to_numpy()
    features = pd.DataFrame(columns)
    train = pd.concat([frame(data), features[:known]], axis=1)
    ahead = pd.to_datetime(data["utc"][known:], unit="m")
    future = pd.concat(
        [
            pd.DataFrame({"unique_id": "queue", "ds": ahead}),
            features[known:].reset_index(drop=True),
        ],
        axis=1,
    )
    model = LGBMRegressor(objective="poisson", n_estimators=200, verbosity=-1, num_threads=1)
    forecaster = MLForecast(
        models={"y_hat": model},
        freq=f"{data['minutes']}min",
        lags=[week, 2 * week, 4 * week],
        lag_transforms={week: [RollingMean(week), RollingMean(4 * week)]},
    )
    forecaster.fit(train, static_features=[], fitted=True)
    inside = forecaster.forecast_fitted_values()
    mean = forecaster.predict(len(ahead), X_df=future)["y_hat"].to_numpy()
    mean = np.maximum(mean, 0)
    return mean, spread(inside["y"].to_numpy(), inside["y_hat"].to_numpy(), mean)


def nixtla(data: Arrays, model: Any) -> Said:
    """A model of statsforecast."""
    from statsforecast import StatsForecast

    train = frame(data)
    step = f"{data['minutes']}min"
    forecaster = StatsForecast(models=[model], freq=step, n_jobs=1)
    said = forecaster.forecast(df=train, h=len(data["utc"]) - len(train), fitted=True)
    inside = forecaster.forecast_fitted_values()[str(model)].to_numpy()
    mean = np.maximum(said[str(model)].to_numpy(), 0)
    return mean, spread(train["y"].to_numpy(), inside, mean)


def smoothing(data: Arrays) -> Said:
    """Seasonal exponential smoothing with a season of one week."""
    from statsforecast.models import SeasonalExponentialSmoothingOptimized

    week = 7 * 1440 // int(data["minutes"])
    return nixtla(data, SeasonalExponentialSmoothingOptimized(season_length=week))


def mstl(data: Arrays) -> Said:
    """Decomposition by day and week, its trend by exponential smoothing."""
    from statsforecast.models import MSTL

    day = 1440 // int(data["minutes"])
    return nixtla(data, MSTL(season_length=[day, 7 * day]))


def prophet(data: Arrays) -> Said:
    """Prophet with its daily, weekly and yearly seasons, holidays and events."""
    from prophet import Prophet

    known = len(data["offered"])
    wall = pd.to_datetime(data["wall"], unit="m")
    special = {"event": np.unique(wall[data["event"] > 0].date)}
    for number in np.unique(data["holiday"][data["holiday"] > 0]):
        special[f"holiday {number}"] = np.unique(wall[data["holiday"] == number].date)
    days = [pd.DataFrame({"holiday": name, "ds": each}) for name, each in special.items()]
    model = Prophet(holidays=pd.concat(days) if any(map(len, special.values())) else None)
    model.fit(pd.DataFrame({"ds": wall[:known], "y": data["offered"]}).dropna())
    draws = model.predictive_samples(pd.DataFrame({"ds": wall[known:]}))["yhat"]
    return np.maximum(draws.mean(axis=1), 0), draws.var(axis=1)


METHODS: Mapping[str, Callable[[Arrays], Said]] = {
    "lightgbm": lightgbm,
    "smoothing": smoothing,
    "mstl": mstl,
    "prophet": prophet,
}


def spent() -> float:
    """CPU seconds of this process and of those that it started and that have ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def main() -> None:
    """Run one method under a limit of CPU time, which a process that it starts may meet first."""
    method, source, target, seconds = sys.argv[1:5]
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    warnings.filterwarnings("ignore")
    begun = spent()
    with np.load(source) as stored:
        data = dict(stored)
    try:
        mean, variance = METHODS[method](data)
    except RuntimeError:
        if spent() < 0.9 * int(seconds):  # else what it started was ended by the limit
            raise
        signal.raise_signal(signal.SIGXCPU)
    if spent() > int(seconds):
        signal.raise_signal(signal.SIGXCPU)
    np.savez(target, mean=mean, variance=variance)
    usages = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    memory = max(resource.getrusage(who).ru_maxrss for who in usages) / 1024
    sys.stdout.write(f"{spent() - begun:.1f} {memory:.0f}\n")


if __name__ == "__main__":
    main()
