"""What back-tests of several files show: a table to be read, and each goal with its figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from forecasting.backtest import EVENTS, HOLIDAYS, summary
from forecasting.models.registry import DEFAULT_MODEL

SIMPLE, TREES = "eight_week_mean", "lightgbm"

MEMBERS = ("totals_profile", "day_smoothing")
"""What the default model chooses from."""

GOALS = {"1-7": 1.05, "8-28": 1.08}
"""The parts that make up a horizon, and the WAPE over the limit to be reached on each."""

CHANCE = 1.1
"""Variance over mean of a queue up to which its counts are nearly chance alone."""

HEAD = (
    "| queue | days | model | WAPE | ÷ limit | day WAPE | pinball | ÷ 8-week | PIT 80 | PIT 95 |"
    " CPU-s | MB |\n|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def table(
    folds: pd.DataFrame, seconds: Mapping[str, float], memory: Mapping[str, float]
) -> Iterator[str]:
    """Rows of Markdown, one per queue, part of the horizon and model.

    Args:
        folds: Rows of `backtest`.
        seconds: CPU seconds a fold by model, where they are not those of `folds`.
        memory: Peak MB by model, where known.
    """
    yield HEAD
    for row in summary(folds).to_dict("records"):
        part = folds[(folds["queue"] == row["queue"]) & (folds["days"] == row["days"])]
        used = memory.get(row["model"])
        spent = seconds.get(row["model"], row["cpu_seconds"])
        yield (
            f"| {row['queue']} | {row['days']} | {row['model']} | {row['wape']:.3f} |"
            f" {row['ratio']:.3f} | {row['daily_wape']:.3f} | {row['pinball']:.3f} |"
            f" {over(part, row['model'], SIMPLE):.3f} | {row['pit_80']:.3f} | {row['pit_95']:.3f} |"
            f" {spent:.1f} | {'' if used is None else f'{used:.0f}'} |"
        )


def over(folds: pd.DataFrame, model: str, other: str, score: str = "pinball") -> float:
    """One model's score over another's on the folds and parts that both have; NaN without any."""
    weight = folds["calls" if score == "wape" else "intervals"]
    sums = folds.assign(loss=folds[score] * weight).pivot_table(
        values="loss", index=["queue", "days", "origin"], columns="model"
    )
    if not {model, other} <= set(sums.columns):
        return float("nan")
    both = sums[sums[model].notna() & sums[other].notna()]
    return float(both[model].sum() / both[other].sum()) if len(both) else float("nan")


def goals(
    folds: pd.DataFrame, variation: Mapping[str, float], peers: tuple[str, ...]
) -> Iterator[str]:
    """Each goal with what was reached, a line each.

    Args:
        folds: Rows of `backtest` of all files, queues' names differing between files.
        variation: Variance over mean by queue.
        peers: Names of the models that the default one is held against.
    """
    whole = folds[folds["days"].isin(GOALS)]
    ours = summary(whole[whole["model"] == DEFAULT_MODEL])
    for days, goal in GOALS.items():
        part = ours[(ours["days"] == days) & (ours["queue"].map(variation) <= CHANCE)]
        told = _told(dict(zip(part["queue"], part["ratio"], strict=True)))
        yield f"WAPE over the limit on days {days}, goal {goal}: {told}"
    yield f"pinball over {TREES}'s, goal 1.01: {_told(_by_queue(whole, TREES))}"
    simple = _by_queue(whole, SIMPLE)
    yield (
        f"pinball over the 8-week mean's, goal .93: {np.mean(list(simple.values())):.3f} in the "
        f"mean, {over(whole, DEFAULT_MODEL, SIMPLE):.3f} of all counts; {_told(simple)}"
    )
    for name, goal in (("pit_80", 0.80), ("pit_95", 0.95)):
        off = 100 * (ours[name] - goal)
        yield f"{name}, goal within 2 points: {off.min():+.1f} to {off.max():+.1f}"
    for days in (HOLIDAYS, EVENTS):
        apart = folds[folds["days"] == days]
        for peer in peers:
            told = _told(_by_queue(apart, peer))
            yield f"{days}, pinball over {peer}'s, goal under 1: {told}"
    for score in ("wape", "pinball"):
        best = [_by_queue(whole, member, score) for member in MEMBERS]
        worst = {queue: max(each[queue] for each in best) for queue in best[0]}
        yield f"{score} over its best member's, goal 1.01: {_told(worst)}"


def _by_queue(folds: pd.DataFrame, other: str, score: str = "pinball") -> dict[str, float]:
    """The default model's score over another's, by queue, where that one finished."""
    parts = folds.groupby("queue", sort=False)
    ratios = {str(queue): over(part, DEFAULT_MODEL, other, score) for queue, part in parts}
    return {queue: ratio for queue, ratio in ratios.items() if np.isfinite(ratio)}


def _told(figures: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {figure:.3f}" for name, figure in figures.items()) or "nothing"
