"""How CP-SAT reads cover: a convex cost of the number of people, per stretch of equal cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from rostering.cover_grid import Counts, CoverGrid
from rostering.model.terms import Literal, Sum


@dataclass(frozen=True, slots=True)
class Presence:
    """How many officers of one set of skills work one shift of one day, beyond the fixed ones.

    Attributes:
        skills, day, shift: whose number it is, and of which tour.
        number: the number, as the solver knows it.
        largest: how many officers of these skills are free on the day.
    """

    skills: frozenset[str]
    day: int
    shift: int
    number: Literal
    largest: int


def price_cover(
    model: cp_model.CpModel, grid: CoverGrid, fixed: Counts, free: list[Presence]
) -> Iterator[Literal]:
    """Yield the cost of each stretch of intervals that the same free tours fill, or none.

    Args:
        model: the model to add to.
        grid: the need.
        fixed: people on duty whatever the free tours become, shape (intervals,).
        free: the tours that may still be worked.
    """
    here = [presence for presence in free if presence.skills & grid.cover.skills]
    first = np.array([grid.first[p.day, p.shift] for p in here], dtype=np.int64)
    last = np.array([grid.last[p.day, p.shift] for p in here], dtype=np.int64)
    missing = grid.cover.required - fixed
    edges = np.unique(np.concatenate([first, last, [0, len(missing)]]))
    for begin, finish in pairwise(edges):
        present = [here[index] for index in np.flatnonzero((first <= begin) & (last >= finish))]
        largest = sum({(p.skills, p.day): p.largest for p in present}.values())
        total = Sum()
        for presence in present:
            total.add(presence.number)
        lacking = missing[begin:finish, None] - np.arange(largest + 1)
        points = grid.prices.points(lacking, slice(begin, finish))
        yield from convex(model, total, points.sum(axis=0))


def convex(
    model: cp_model.CpModel, total: Sum, cost: npt.NDArray[np.int64], most: int | None = None
) -> Iterator[Literal]:
    """Yield what a convex cost of a sum is made of: a constant, and a variable above the rest.

    Args:
        model: the model to add to.
        total: the sum.
        cost: its cost at 0, 1 …, shape (n,); past the end the last slope goes on.
        most: the most that the cost can come to; the largest given unless said.
    """
    base = int(cost.min())
    yield base
    slopes = np.diff(cost)
    if not slopes.any():
        return
    price = model.new_int_var(0, int(cost.max()) - base if most is None else most, "")
    for slope in np.unique(slopes):
        at = int(np.argmax(slopes == slope))
        offset = int(cost[at]) - base + int(slope) * (total.constant - at)
        model.add(price >= total.expression() * int(slope) + offset)
    yield price
