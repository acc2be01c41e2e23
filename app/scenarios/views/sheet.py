"""The page of one scenario, alone or beside the one that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from app.scenarios import service
from app.scenarios.service import Answered, Compared, Difference, Measure
from app.scenarios.views import sentences as said
from app.web.charts.dots import Dots, dots
from app.web.charts.need_cover import Strip, need_cover_window
from app.web.charts.service_points import ServicePoints, lowest, service_points
from app.web.shell import Tone
from app.web.views.answer import Answer
from app.web.views.days import Period
from app.web.words import day_words, short_day

HALF, WHOLE = 676, 1392
"""Width of a chart beside another, and of one alone, in pixels."""


@dataclass(frozen=True, slots=True)
class Side:
    """A scenario with its charts.

    Attributes:
        letter: `A` or `B`; "" where it stands alone.
        name: what it is called.
        basis: whose people are on duty.
        changes: what is otherwise, a line each.
        service: the share answered in time by hour; None where nobody calls that day.
        cover: need and cover of all queues; None where nothing is needed.
        worst: the worst quarter hours: when, and the share.
    """

    letter: str
    name: str
    basis: str
    changes: tuple[str, ...]
    service: ServicePoints | None
    cover: Strip | None
    worst: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A measure: its figures, the dots, and what is said of them; B's parts may be ""."""

    label: str
    a: str
    b: str
    dots: Dots | None
    difference: str
    chance: str
    verdict: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page shows.

    Attributes:
        answer: the answer in a sentence.
        sides: A and B, or one alone.
        rows: the table of measures.
        added: people whom a goal asks for, a line each.
        queues: (name, place, chosen) of each queue.
        days: (words, date, chosen) of each local day.
        goal: the goal of the chosen queue, in words.
        title: what the charts of service show.
        words: the whole as plain text.
    """

    answer: Answer
    sides: tuple[Side, ...]
    rows: tuple[Row, ...]
    added: tuple[str, ...]
    queues: tuple[tuple[str, int, bool], ...]
    days: tuple[tuple[str, str, bool], ...]
    goal: str
    title: str
    words: str


def sheet(
    found: Answered,
    both: Compared | None,
    chosen: tuple[int | None, date | None],
    day_start: int,
) -> Sheet:
    """Lay the page out.

    Args:
        found: the scenario.
        both: it as B beside A, where it is compared.
        chosen: place of the queue and local day to show; None for what is most urgent and worst.
        day_start: minutes after midnight at which the force's day begins.
    """
    queue = _queue(found, chosen[0])
    day = _day(found, queue, chosen[1])
    pair = (both.a, both.b) if both else (found,)
    terms = found.basis.terms[queue]
    window = _window(found, day, day_start)
    floor = lowest([hour for each in pair for hour in _shares(each, queue, window)], terms.share)
    frame = _Frame(window, HALF if both else WHOLE, floor, max(map(_most, pair)))
    sides = tuple(
        _side(letter, each, queue, frame)
        for letter, each in zip("AB" if both else ("",), pair, strict=True)
    )
    sought = found.result.sought
    return Sheet(
        answer=said.answer_beside(both) if both else said.answer_alone(found),
        sides=sides,
        rows=_rows(found, both, queue, day),
        added=tuple(service.addition_words(each, found.basis) for each in sought.additions())
        if sought
        else (),
        queues=tuple(
            (found.basis.terms[place].queue, place, place == queue)
            for place in service.by_urgency(found.basis)
        ),
        days=tuple((short_day(each), each.isoformat(), each == day) for each in _days(found)),
        goal=service.share_words(terms.share),
        title=f"{terms.queue} within {terms.within_seconds:g} s by hour, {day_words(day)}",
        words=said.as_words(found, both),
    )


def _queue(found: Answered, place: int | None) -> int:
    if place is not None and 0 <= place < len(found.basis.terms):
        return place
    return service.by_urgency(found.basis)[0]


def _days(found: Answered) -> list[date]:
    first, days = found.scenario.first_day, found.scenario.days
    return [first + timedelta(days=day) for day in range(days)]


def _day(found: Answered, queue: int, day: date | None) -> date:
    """The day asked for, else the one on which most calls of the queue are late."""
    days = _days(found)
    if day in days:
        return day
    result = found.result
    late = (result.offered - result.in_time)[:, :, queue].mean(axis=0)
    return max(days, key=lambda each: float(late[found.hours_of(each)].sum()))


def _window(found: Answered, day: date, day_start: int) -> tuple[int, int]:
    """The instants of a force day: the first one from its midnight on, the last one until it."""
    period = _period(found)
    number = (day - period.first_day).days
    begin = period.instant(number, day_start if number else 0)
    end = period.instant(number + 1, day_start if number + 1 < period.days else 0)
    return begin, end


def _period(found: Answered) -> Period:
    return Period(found.scenario.first_day, found.scenario.days, found.scenario.zone)


def _minute(found: Answered) -> int:
    return int(found.basis.first.astype("datetime64[m]").astype(np.int64))


def _shares(found: Answered, queue: int, window: tuple[int, int]) -> list[tuple[float, float]]:
    """By hour of the window the share answered in time and half the width of its interval."""
    first, end = ((each - _minute(found)) // 60 for each in window)
    figures = service.hourly(found, queue)[max(first, 0) : end]
    return [(figure.mean, figure.half) for figure in figures]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the charts of both sides share: instants, width, lowest per cent, most people."""

    window: tuple[int, int]
    width: int
    floor: float
    most: float


def _most(found: Answered) -> float:
    """Most people needed or on duty at any time."""
    whole = max(found.basis.need, key=len)
    duty = service.on_duty(found.basis, found.basis.queues)
    return float(max(found.basis.need[whole].max(), duty.max()))


def _side(letter: str, found: Answered, queue: int, frame: _Frame) -> Side:
    terms = found.basis.terms[queue]
    changes = [service.change_words(each) for each in found.scenario.changes]
    if found.scenario.seek is not None:
        changes.append(said.question(found.scenario))
    shares = _shares(found, queue, frame.window)
    label = f"{letter}: " if letter else ""
    return Side(
        letter=letter,
        name=found.scenario.name,
        basis=found.scenario.roster_name,
        changes=tuple(changes),
        service=service_points(
            _period(found),
            frame.window[0],
            shares,
            terms.share,
            label=f"{label}{terms.queue} answered within {terms.within_seconds:g} s, by hour",
            width=frame.width,
            floor=frame.floor,
        )
        if any(not np.isnan(share) for share, _ in shares)
        else None,
        cover=_cover(found, frame, f"{label}{_all_queues(found)}"),
        worst=said.worst_quarters(found, queue),
    )


def _all_queues(found: Answered) -> str:
    """The room's queues in words."""
    return "All queues" if len(found.basis.queues) > 1 else found.basis.queues[0]


def _cover(found: Answered, frame: _Frame, label: str) -> Strip | None:
    basis = found.basis
    whole = max(basis.need, key=len)
    return need_cover_window(
        _period(found),
        _minute(found),
        basis.interval_minutes,
        frame.window,
        need=basis.need[whole],
        duty=service.on_duty(basis, basis.queues),
        label=label,
        width=frame.width,
        most=frame.most,
    )


def _rows(found: Answered, both: Compared | None, queue: int, day: date) -> tuple[Row, ...]:
    """The table: all days, the chosen queue on the chosen day after its own row, people short."""
    key = f"in_time:{found.basis.terms[queue].queue}"
    rows: list[Row] = []
    if both is None:
        for name, measure in found.measures.items():
            rows.append(_alone(measure, measure.label))
            if name == key and found.scenario.days > 1:
                rows.append(_alone(found.measures_of(day)[key], _on(measure, day)))
    else:
        a, b = both.a, both.b
        for name, gap in both.differences.items():
            rows.append(_beside(a.measures[name], b.measures[name], gap))
            if name == key and found.scenario.days > 1:
                days = a.measures_of(day), b.measures_of(day)
                gap_of_day = service.differences(*days)[key]
                rows.append(_beside(days[0][key], days[1][key], gap_of_day, day))
    return (*rows, _missing(found, both))


def _on(measure: Measure, day: date) -> str:
    return f"{measure.label}, {day_words(day)}"


def _alone(measure: Measure, label: str) -> Row:
    mean, half = service.figure(measure.values)
    verdict, tone = _against_goal(measure, mean, half)
    picture = dots((mean, half), None, measure.goal) if measure.unit == "share" else None
    return Row(label, said.figure_words(measure), "", picture, "", "", verdict, tone)


def _against_goal(measure: Measure, mean: float, half: float) -> tuple[str, Tone]:
    """How a figure stands to its goal; near it nobody can say."""
    if measure.goal is None or np.isnan(mean):
        return "", ""
    gap = mean - measure.goal if measure.more_is_better else measure.goal - mean
    if abs(gap) <= half:
        return "about the goal", ""
    return ("goal met", "ok") if gap > 0 else ("below the goal", "short")


def _beside(a: Measure, b: Measure, gap: Difference, day: date | None = None) -> Row:
    least = 0.02 if a.unit == "share" else 2.0
    goal = b.goal if a.goal == b.goal else None
    return Row(
        label=_on(a, day) if day else a.label,
        a=said.figure_words(a),
        b=said.figure_words(b),
        dots=dots(_pair(a), _pair(b), goal, least),
        difference=said.difference_words(a, gap),
        chance=said.chance_words(gap),
        verdict=said.verdict_words(gap),
        tone="ok" if gap.verdict == "b" else "short" if gap.verdict == "a" else "",
    )


def _pair(measure: Measure) -> tuple[float, float]:
    mean, half = service.figure(measure.values)
    return mean, half


def _missing(found: Answered, both: Compared | None) -> Row:
    """Person-hours short of the need, which no chance moves."""
    label = "Person-hours short of the need"
    if both is None:
        short = found.missing_hours
        return Row(label, said.people_words(short), "", None, "", "", "", "")
    a, b = both.a.missing_hours, both.b.missing_hours
    better: tuple[str, Tone] = ("no difference", "")
    if a != b:
        better = ("B better", "ok") if b < a else ("A better", "short")
    return Row(
        label,
        said.people_words(a),
        said.people_words(b),
        dots((a, 0.0), (b, 0.0), None, 1.0),
        said.people_difference(a, b),
        "",
        *better,
    )
