"""Cover: people on duty against people needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from rostering.problem import Cover, Problem, Roster
from rostering.rules.base import Breach, Dial, Rule, Weight
from rostering.words import count_words, day_words, time_words


@dataclass(frozen=True, kw_only=True)
class Covered(Rule):
    """In every interval each set of queues has the people it needs.

    The price of a shortage stands with each `Cover`; `weight` multiplies it.
    """

    code: ClassVar[str] = "cover"
    title: ClassVar[str] = "Cover"
    source: ClassVar[str] = "The requirement; Hall's condition over every set of queues"
    unit: ClassVar[str] = "point of shortage or surplus, as each set of queues prices it"
    dial: ClassVar[Dial | None] = "shortage"

    weight: Weight = 1

    def check(self, problem: Problem, roster: Roster) -> Iterator[Breach]:
        """Yield each stretch of intervals in which a set of queues is short or over.

        A stretch is consecutive intervals with the same shortage; its excess is its points.
        """
        for cover in problem.cover:
            there = on_duty(problem, roster, cover)
            missing = cover.required - there
            edges = np.flatnonzero(np.diff(missing)) + 1
            for stretch in np.split(np.arange(len(missing)), edges):
                if not len(stretch):
                    continue
                short = int(missing[stretch[0]])
                points = sum(shortage_points(cover, int(at), short) for at in stretch)
                if points:
                    most = int(there[stretch].max())
                    words = _words(problem, cover, short, stretch, most)
                    yield Breach(self.code, None, (), points, words)


def on_duty(problem: Problem, roster: Roster, cover: Cover) -> npt.NDArray[np.int32]:
    """People on duty who count for a set of queues, per interval, shape (intervals,).

    An interval counts for whoever is on duty from its start to its end.
    """
    size, step = len(cover.required), cover.interval_minutes
    spans = [
        (tour.start - cover.start, tour.end - cover.start)
        for officer in problem.officers
        if officer.skills & cover.skills
        for tour in roster.line(officer)
        if tour.end > cover.start
    ]
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    first = np.clip(-(-starts // step), 0, size)
    last = np.maximum(np.clip(ends // step, 0, size), first)
    change = np.bincount(first, minlength=size + 1) - np.bincount(last, minlength=size + 1)
    return np.cumsum(change)[:size].astype(np.int32)


def shortage_points(cover: Cover, interval: int, short: int) -> int:
    """Points of an interval with so many people missing; a surplus is a negative shortage."""
    if short <= 0:
        return -short * cover.surplus_points
    steps = cover.steps_at(interval)
    return sum(steps[:short]) + steps[-1] * max(short - len(steps), 0)


def _words(
    problem: Problem, cover: Cover, short: int, stretch: npt.NDArray[np.intp], most: int
) -> str:
    begin = cover.start + int(stretch[0]) * cover.interval_minutes
    finish = cover.start + (int(stretch[-1]) + 1) * cover.interval_minutes
    day = int(np.searchsorted(problem.midnights, begin, side="right")) - 1
    when = (
        f"on {day_words(problem, day)} from {time_words(problem, begin)} to "
        f"{time_words(problem, finish)}"
    )
    if cover.role and short > 0:
        return f"No {cover.role} {when}." if not most else f"{short} {cover.role} too few {when}."
    return (
        f"{' and '.join(cover.queues)} {'is' if len(cover.queues) == 1 else 'are'} "
        f"{count_words(abs(short), 'person', 'people')} {'short' if short > 0 else 'over'} {when}."
    )
