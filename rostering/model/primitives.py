"""How CP-SAT reads the primitives of `rostering.rules.base`; written once for every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from rostering.model.line import Cell, LineCells
from rostering.model.terms import Limits, Sum, ones
from rostering.problem import MINUTES_A_DAY
from rostering.rules.base import Count, Either, Pair, Primitive, Run, Share, Window


@singledispatch
def read(primitive: Primitive, line: LineCells, limits: Limits) -> None:
    """Add what a primitive says of a line to the model."""
    raise TypeError(f"{primitive} is no primitive, so {line} and {limits} cannot be related")


@read.register
def _(pair: Pair, line: LineCells, limits: Limits) -> None:
    reach = -(-pair.gap // MINUTES_A_DAY) + 2
    for day in range(max(-reach, line.officer.known_from), line.problem.days):
        if not line.is_free(range(day, day + reach + 1)):
            continue
        first = [cell for cell in line.on(day) if pair.first.has(cell.tour)]
        if not first:
            continue
        latest = max(cell.tour.end for cell in first) + pair.gap
        for other in range(max(day + 1, 0), min(day + reach, line.problem.days - 1) + 1):
            if not line.is_free((day, other)):
                continue
            then = [
                cell
                for cell in line.on(other)
                if cell.tour.start < latest and pair.then.has(cell.tour)
            ]
            if then:
                (_forbid_pairs if limits.hard else _price_pairs)(pair, first, then, limits)


def _forbid_pairs(pair: Pair, first: list[Cell], then: list[Cell], limits: Limits) -> None:
    """At most one of: a tour that ends so late, a tour that starts too soon after that."""
    counted = 0
    for end in sorted({cell.tour.end for cell in first}):
        soon = [cell.literal for cell in then if cell.tour.start < end + pair.gap]
        if len(soon) > counted:
            counted = len(soon)
            limits.at_most(ones([c.literal for c in first if c.tour.end >= end] + soon), 1)


def _price_pairs(pair: Pair, first: list[Cell], then: list[Cell], limits: Limits) -> None:
    """Minutes missing between the tour of one day and that of another, 0 unless both stand.

    With times from the earliest start on: `Σ (end + gap)·first − Σ start·then − M (1 − Σ then)`.
    """
    origin = min(cell.tour.start for cell in then)
    largest = max(cell.tour.end for cell in first) + pair.gap - origin
    total = Sum(-largest)
    for cell in first:
        missing = cell.tour.end + pair.gap - origin
        if missing > 0:
            total.add(cell.literal, missing)
    for cell in then:
        total.add(cell.literal, largest - (cell.tour.start - origin))
    limits.at_most(total, 0, unit=pair.unit)


@read.register
def _(run: Run, line: LineCells, limits: Limits) -> None:
    if run.longest is not None:
        _read_longest(run, run.longest, line, limits)
    if run.shortest is not None:
        for length in range(1, run.shortest):
            _read_shorter(run, length, run.shortest - length, line, limits)


def _in_run(run: Run, line: LineCells, day: int) -> Sum:
    return line.rested(day) if run.of is None else line.worked(day, run.of)


def _read_longest(run: Run, longest: int, line: LineCells, limits: Limits) -> None:
    for last in range(max(0, line.officer.known_from + longest), line.problem.days):
        days = range(last - longest, last + 1)
        if line.is_free(days):
            total = Sum()
            for day in days:
                total.subtract(_in_run(run, line, day), -1)
            limits.at_most(total, longest)


def _read_shorter(run: Run, length: int, points: int, line: LineCells, limits: Limits) -> None:
    """No run of just this length between two days that are not in it."""
    for before in range(max(line.officer.known_from, -length - 1), line.problem.days - length - 1):
        after = before + length + 1
        if not line.is_free(range(before, after + 1)):
            continue
        total = Sum()
        total.subtract(_in_run(run, line, before))
        total.subtract(_in_run(run, line, after))
        for day in range(before + 1, after):
            total.subtract(_in_run(run, line, day), -1)
        limits.at_most(total, length - 1, points=points)


@read.register
def _(window: Window, line: LineCells, limits: Limits) -> None:
    for first in _spans(window, window.days, line):
        total = _measured(window, first, line, limits)
        if window.most is not None:
            limits.at_most(total, window.most, window.unit)
        if window.least is not None:
            short = Sum()
            short.subtract(total)
            limits.at_most(short, -window.least, window.unit)


@read.register
def _(either: Either, line: LineCells, limits: Limits) -> None:
    for first in _spans(either, either.options[0].days, line):
        kept = [limits.model.new_bool_var("") for _ in either.options]
        limits.model.add_bool_or(kept)
        slack = limits.slack(max(option.least or 0 for option in either.options))
        for option, literal in zip(either.options, kept, strict=True):
            short = Sum()
            short.subtract(_measured(option, first, line, limits))
            short.add(literal, option.least or 0)
            limits.row(short, 0, slack)


def _spans(asked: Window | Either, days: int, line: LineCells) -> Iterator[int]:
    """First days of the spans that are known, touch the period and can still change."""
    last = line.problem.days - days + asked.beyond
    for first in range(max(line.officer.known_from, 1 - days), last + 1):
        if line.is_free(range(first - 1, first + days)):
            yield first


def _measured(window: Window, first: int, line: LineCells, limits: Limits) -> Sum:
    if window.measure == "rests":
        return line.rests(limits.model, window.rest).in_span(first, first + window.days)
    cells = (c for c in line.between(first, first + window.days - 1) if window.of.has(c.tour))
    return _added_up(window.measure, cells)


def _added_up(measure: str, cells: Iterable[Cell]) -> Sum:
    total = Sum()
    for cell in cells:
        total.add(cell.literal, cell.tour.minutes if measure == "minutes" else 1)
    return total


@read.register
def _(share: Share, line: LineCells, limits: Limits) -> None:
    found, total = Limits(limits.model, hard=False), Sum()
    for part in share.parts:
        read(part, line, found)
    total.subtract(found.excess, -share.points)
    total.constant -= share.points * share.spared
    if not total.variables:
        lost = -(-total.constant // share.whole)
        if lost > 0:
            limits.constant_excess(min(lost, share.points) if share.capped else lost)
        return
    slack = limits.slack(share.points)
    if not share.capped or isinstance(slack, int):
        limits.row(total, 0, slack, share.whole)
        return
    wholly = limits.model.new_bool_var("")
    limits.model.add(slack == share.points).only_enforce_if(wholly)
    short = total.expression() + total.constant - share.whole * slack
    limits.model.add(short <= 0).only_enforce_if(~wholly)


@read.register
def _(count: Count, line: LineCells, limits: Limits) -> None:
    cells = [cell for cell in line.on_days(count.of) if count.of.has(cell.tour)]
    if count.measure == "weekends":
        total = _weekends(cells, line, limits)
    else:
        total = _added_up(count.measure, cells)
    if count.most is not None:
        limits.at_most(total, count.most, count.unit, count.points)
    if count.least is not None:
        short = Sum()
        short.subtract(total)
        limits.at_most(short, -count.least, count.unit, count.points)


def _weekends(cells: list[Cell], line: LineCells, limits: Limits) -> Sum:
    """Weekends with a tour on Saturday or Sunday; never fewer, which is enough for `most`."""
    first = line.problem.first_day.weekday()
    weekends: dict[int, dict[int, Sum]] = {}
    for cell in cells:
        week, weekday = divmod(cell.tour.day + first, 7)
        if weekday >= 5:
            weekends.setdefault(week, {}).setdefault(weekday, Sum()).add(cell.literal)
    total = Sum()
    for days in weekends.values():
        if any(day.constant for day in days.values()):
            total.add(1)
            continue
        worked = limits.model.new_bool_var("")
        total.add(worked)
        for day in days.values():
            limits.model.add(day.expression() <= worked)
    return total
