"""Wishes that could be: most ask for a day off, and some days are asked for by many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from app.preferences.service import MOST_POINTS, RoundDetails, WishDetails

SEED = 20_260_104

SHARE_WHO_ASK = 0.72
"""Of officers; the others have not sent anything (yet)."""

MOST_WISHES = 4

POPULAR, DAY_WEIGHTS = 14.0, (1.0, 1.0, 1.0, 1.2, 2.0, 3.0, 2.5)
"""Weights of a day by weekday from Monday, and of the one Saturday that everybody wants."""

ASKS: tuple[tuple[float, bool, tuple[str, ...]], ...] = (
    (0.66, False, ()),
    (0.18, False, ("night",)),
    (0.06, False, ("early",)),
    (0.10, True, ("early",)),
)
"""Shares of what is asked: the day off, no night, no early, an early."""


def make_wishes(details: RoundDetails, officers: int) -> Iterator[tuple[int, WishDetails]]:
    """Wishes of a round by place of the officer in a list; the same round gives the same wishes."""
    draw = np.random.default_rng((SEED, details.first_day.toordinal()))
    days = [details.first_day + timedelta(days=ahead) for ahead in range(details.days)]
    weights = np.array([DAY_WEIGHTS[day.weekday()] for day in days])
    weights[min(12, details.days - 1)] = POPULAR  # the second Saturday of a round from a Monday
    for officer in range(officers):
        if draw.random() >= SHARE_WHO_ASK:
            continue
        number = min(int(draw.integers(1, MOST_WISHES + 1)), details.days)
        chosen = draw.choice(len(days), number, replace=False, p=weights / weights.sum())
        left = details.points
        for day in sorted(int(place) for place in chosen):
            points = min(int(draw.integers(2, MOST_POINTS + 1)), left)
            if points < 1:
                break
            left -= points
            _, wants, kinds = ASKS[int(draw.choice(len(ASKS), p=[share for share, *_ in ASKS]))]
            yield officer, WishDetails(days[day], wants, points, kinds)
