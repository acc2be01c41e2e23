"""Wishes that could be: most ask for a day off, and some days are asked for by many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from app.preferences.service import (
    MOST_POINTS,
    ExtraOfferDetails,
    LongWishDetails,
    RoundDetails,
    WishDetails,
)

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

SHARE_WHO_ASK_LONGER = 0.35
"""Of officers with points left; so many also ask something of the whole period."""

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6

LONG_ASKS = (
    (0.25, LongWishDetails("work_run", 1, most=3)),
    (0.20, LongWishDetails("rest_run", 1, fewest=3)),
    (0.20, LongWishDetails("off", 1, weekdays=(SATURDAY, SUNDAY))),
    (0.15, LongWishDetails("no_kind", 1, kinds=("night",), weekdays=(FRIDAY, SATURDAY))),
    (0.20, LongWishDetails("times", 1, earliest=9 * 60, weekdays=(0, 1, 2, 3, FRIDAY))),
)
"""Shares of what is asked of a whole period; a start after nine is for the way to school."""

SHARE_WHO_OFFER, EXTRA_HOURS = 0.12, (8, 16, 24)
"""Of officers, who would work more than their contracts; hours that they would."""


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


def make_long_wishes(
    details: RoundDetails, officers: int, placed: Mapping[int, int]
) -> Iterator[tuple[int, LongWishDetails]]:
    """Wishes about a whole period, by place of the officer in a list.

    Args:
        details: the round.
        officers: how many there are.
        placed: points that an officer has placed already; nothing where there is none.
    """
    draw = np.random.default_rng((SEED, details.first_day.toordinal(), 2))
    shares = [share for share, _ in LONG_ASKS]
    for officer in range(officers):
        left = min(details.points - placed.get(officer, 0), MOST_POINTS)
        if left > 1 and draw.random() < SHARE_WHO_ASK_LONGER:
            _, ask = LONG_ASKS[int(draw.choice(len(LONG_ASKS), p=shares))]
            yield officer, replace(ask, points=int(draw.integers(2, left + 1)))


def make_extra_offers(
    first_day: date, last_day: date, officers: int
) -> Iterator[tuple[int, ExtraOfferDetails]]:
    """Extra work that officers welcome, by place of the officer in a list."""
    draw = np.random.default_rng((SEED, first_day.toordinal(), 3))
    for officer in range(officers):
        if draw.random() < SHARE_WHO_OFFER:
            minutes = 60 * int(draw.choice(EXTRA_HOURS))
            yield officer, ExtraOfferDetails(first_day, last_day, minutes)
