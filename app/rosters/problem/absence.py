"""Absence that was recorded, or taken back, after a problem was frozen."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from app.rosters.problem.rows import day_of
from rostering.problem import Officer, Problem, Span

Away = Mapping[UUID, Mapping[date, int]]
"""By officer id the days away, and the minutes of each that count towards the contract."""


def with_absence(problem: Problem, away: Away, back: Away, day_start: int) -> Problem:
    """The problem with absence as it is known now, where that is not what was frozen.

    A day away that was not frozen begins when the force's day does, so that a night that ends in
    the morning does not lie on it, and its minutes are no longer due. A day that was taken back can
    be worked again, and its minutes may be. Neither breaks the limits of hours by itself.

    Args:
        problem: as frozen.
        away: days on which people are away now.
        back: days of absence that was taken back.
        day_start: minutes after local midnight.
    """
    if not away and not back:
        return problem
    officers = tuple(
        _officer(problem, officer, away.get(whose, {}), back.get(whose, {}), day_start)
        for officer in problem.officers
        for whose in [UUID(officer.id)]
    )
    return dataclasses.replace(problem, officers=officers)


def _officer(
    problem: Problem,
    officer: Officer,
    away: Mapping[date, int],
    back: Mapping[date, int],
    day_start: int,
) -> Officer:
    kept = {day_of(problem, day): minutes for day, minutes in away.items()}
    given = {day_of(problem, day): minutes for day, minutes in back.items()}
    new = {day: each for day, each in kept.items() if not _is_free(problem, officer, day)}
    old = {
        day: each
        for day, each in given.items()
        if day not in kept and _is_free(problem, officer, day)
    }
    if not new and not old:
        return officer
    spans = list(officer.unavailable)
    for day in old:
        spans = [part for span in spans for part in _without(problem, span, day)]
    spans += [Span(problem.instant(day, day_start), problem.midnight(day + 1)) for day in new]
    return dataclasses.replace(
        officer,
        unavailable=tuple(spans),
        least_minutes=max(officer.least_minutes - sum(new.values()), 0),
        most_minutes=officer.most_minutes + sum(old.values()),
    )


def _is_free(problem: Problem, officer: Officer, day: int) -> bool:
    """Whether the frozen problem keeps all of a day free."""
    begin, end = problem.midnight(day), problem.midnight(day + 1)
    return any(span.start <= begin and end <= span.end for span in officer.unavailable)


def _without(problem: Problem, span: Span, day: int) -> Iterator[Span]:
    """What is left of a stretch without a day."""
    begin, end = problem.midnight(day), problem.midnight(day + 1)
    if span.end <= begin or end <= span.start:
        yield span
        return
    if span.start < begin:
        yield Span(span.start, begin)
    if end < span.end:
        yield Span(end, span.end)
