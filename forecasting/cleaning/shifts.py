"""Level shifts: days from which a queue's level is another, and stays so.

Around each day a step and a slope are fitted to the logs of the days' levels, six weeks either
side, by weighted least squares; the slope takes what the season does. A step is told when it is
`SPREADS` standard errors, by the larger of the theory's and the series' own, changes the level by
`LEAST`, and holds in the first two weeks after it as well as in the four that follow.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from forecasting.calendar import LocalTime
from forecasting.cleaning.finding import Finding
from forecasting.cleaning.usual import Usual
from forecasting.cleaning.wording import day_words, number
from forecasting.series import FloatArray

SPREADS = 4.5
LEAST = 0.15
"""Share by which the level must change."""

_REACH = 42
_LEAST_DAYS = 20
"""Days that must be known on either side: four weeks of weekdays."""

_CLIP = 3.0
"""Spreads from the running level to which a day is cut: holidays make no step."""


def shifts(local: LocalTime, usual: Usual) -> list[Finding]:
    """Days at which the level jumps; each lasts until the next jump or the end."""
    jumps = _jumps(usual)
    bounds = np.searchsorted(local.day, np.arange(int(local.day[-1]) + 2))
    found = []
    ends = [*(day for day, _ in jumps), int(local.day[-1]) + 1][1:]
    for (day, surprise), until in zip(jumps, ends, strict=True):
        before, after = (_a_day(usual, slice(max(0, low), low + 28)) for low in (day - 28, day))
        way = "rises" if after > before else "falls"
        words = (
            f"The level {way} about {day_words(local.date[bounds[day]])} and stays: "
            f"{number(before)} calls a day in the four weeks before, {number(after)} in the four "
            "weeks after."
        )
        first, end = int(bounds[day]), int(bounds[until])
        span = slice(day, until)
        came = float(usual.total[span].sum())
        found.append(Finding("shift", first, end, came, before * (until - day), words, surprise))
    return found


def _a_day(usual: Usual, days: slice) -> float:
    """Calls of a usual day at the level of some days."""
    exposed = usual.mass[days] / np.maximum(usual.level[days], 1e-12)
    level = usual.total[days].sum() / max(float(exposed.sum()), 1e-12)
    return float(level * usual.shape.sum() / 7)


def _jumps(usual: Usual) -> list[tuple[int, float]]:
    """Days of jumps with −ln of the chance of each, in order of time."""
    days = len(usual.total)
    if days < 2 * _LEAST_DAYS:
        return []
    exposed = usual.mass / np.maximum(usual.level, 1e-12)
    known = (
        exposed > 0.3 * float(np.median(exposed[exposed > 0], axis=0))
        if exposed.any()
        else exposed > 0
    )
    noise = np.sqrt(usual.day_spread + usual.dispersion / np.maximum(usual.mass, 0.5))
    off = np.log((usual.total + 0.5) / (usual.mass + 0.5))
    base = np.log(np.maximum(usual.level, 1e-9))
    logs = base + np.clip(off, -_CLIP * noise, _CLIP * noise)
    weight = np.where(known, 1 / noise**2, 0.0)
    step, spreads = _steps(logs, weight)
    size = np.abs(spreads)
    own = 1.4826 * float(np.median(size[size > 0])) if (size > 0).any() else 1.0
    score = np.where(np.abs(step) > np.log1p(LEAST), size / max(1.0, own), 0.0)
    found: list[tuple[int, float]] = []
    while score.max() > SPREADS:
        day = int(np.argmax(score))
        if _lasts(logs, weight > 0, day, float(step[day])):
            found.append((day, float(score[day]) ** 2 / 2))
        score[max(0, day - _REACH) : day + _REACH] = 0.0
    return sorted(found)


def _steps(logs: FloatArray, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Step at each day, and it in standard errors, (days,); 0 where too little is known."""
    place = np.arange(-_REACH, _REACH)
    design = np.stack([np.ones(2 * _REACH), place / _REACH, place >= 0], axis=1)
    w = sliding_window_view(np.pad(weight, (_REACH, _REACH - 1)), 2 * _REACH)
    y = sliding_window_view(np.pad(logs, (_REACH, _REACH - 1)), 2 * _REACH)
    normal = np.einsum("tk,ki,kj->tij", w, design, design, optimize=False)
    right = np.einsum("tk,tk,ki->ti", w, y, design, optimize=False)
    enough = (np.count_nonzero(w[:, :_REACH], axis=1) >= _LEAST_DAYS) & (
        np.count_nonzero(w[:, _REACH:], axis=1) >= _LEAST_DAYS
    )
    step, spreads = np.zeros(len(logs)), np.zeros(len(logs))
    if enough.any():
        inverse = np.linalg.inv(normal[enough])
        step[enough] = np.einsum("tj,tj->t", inverse[:, 2], right[enough])
        spreads[enough] = step[enough] / np.sqrt(inverse[:, 2, 2])
    return step, spreads


def _lasts(logs: FloatArray, known: np.ndarray, day: int, step: float) -> bool:
    """Whether the level moved by half the step at least, at once and later too."""
    before, soon, later = (
        logs[low:high][known[low:high]]
        for low, high in ((max(0, day - 28), day), (day, day + 14), (day + 14, day + _REACH))
    )
    if not (before.size and soon.size and later.size):
        return False
    moved = [float(np.median(part) - np.median(before)) for part in (soon, later)]
    return all(each * np.sign(step) > abs(step) / 2 for each in moved)
