"""What a forecast of a queue is made of, laid out: level, week, season, holidays, events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
import numpy.typing as npt

from app.forecasts.service import Explanation
from app.forecasts.views.week import HeatRow, heat_rows
from app.forecasts.views.why_words import (
    CLEAR,
    NO_CHANGE,
    SOMEBODY,
    calls,
    changed,
    holiday_words,
    time_after,
    time_of,
)
from app.web.charts.lines import Lines, lines_chart
from app.web.views.bars import Bar, Bars, signed_places
from app.web.words import SPACE, count, date_year, listed, number, percent, period_words, signed
from forecasting.event_file import WEEKDAYS
from forecasting.explain import Grounds, Occasion

WEEKS_SHOWN = 104
"""Past weeks in the chart of the level."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """What some days do to the calls.

    Attributes:
        words: what stands out, in a sentence.
        bars: the change of each; None where there is none.
    """

    words: str
    bars: Bars | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing that a forecast is made of.

    Attributes:
        words: what it says, in a sentence.
        chart: None where there is none, or nothing to draw.
        rows: the same in figures, the head of each first.
    """

    words: str
    chart: Lines | None
    rows: tuple[Row, ...]


def factor_rows(found: Explanation, names: Mapping[UUID, str]) -> tuple[Row, ...]:
    """How an interval's forecast comes about: what, its change, and the calls after it."""
    weekday = f"{found.local_day:%A}"
    so_far = found.ordinary_day
    rows: list[Row] = [(f"An ordinary {weekday} now", "", f"{calls(so_far)} a day")]
    share = found.value("time")
    so_far *= share
    when = f"{time_of(found)} to {time_after(found)}"
    rows.append((f"{when} on an ordinary {weekday}", f"{percent(share, 2)} of the day",
                 number(so_far, 1)))  # fmt: skip
    heads = {"ahead": "Level by then", "season": f"Time of the year, {found.local_day:%B}"}
    for part in found.parts:
        if part.kind in {"level", "weekday", "time"} or changed(part.value) == NO_CHANGE:
            continue
        so_far *= part.value
        head = heads.get(part.kind) or holiday_words(part)
        rows.append((head[0].upper() + head[1:], changed(part.value), number(so_far, 1)))
    for each in found.laid:
        so_far = so_far * each.factor + each.calls
        change = changed(each.factor) if not each.calls else f"{number(each.calls, 1)} calls"
        who = names.get(each.by, SOMEBODY.lower())
        rows.append((f"Adjustment by {who}: {each.reason}", change, number(max(so_far, 0), 1)))
    return (*rows, ("Forecast", "", number(found.mean, 1)))


def level(grounds: Grounds) -> Shown:
    """The level over past weeks and over those of the forecast."""
    past = grounds.past
    mondays, counted = past.mondays[-WEEKS_SHOWN:], past.counted[-WEEKS_SHOWN:]
    ahead = (grounds.level * grounds.days.ahead)[::7]
    first = grounds.days.first
    coming = first + 7 * np.arange(len(ahead))
    gap = max(0, int((first - mondays[-1]).astype(np.int64)) // 7 - 1)
    none = np.full(gap + len(ahead), np.nan)
    known = past.level[-WEEKS_SHOWN:]
    expected = np.concatenate([known, np.full(gap, np.nan), ahead])
    dates = np.concatenate([mondays, mondays[-1] + 7 * np.arange(1, gap + 1), coming])
    chart = lines_chart(
        [("counted", np.concatenate([counted, none]).tolist()), ("expected", expected.tolist())],
        _months(dates),
        _level_words(grounds),
        number,
        len(mondays) + gap,
    )
    rows = [
        (date_year(_date(day)), *("–" if np.isnan(v) else number(v) for v in values))
        for day, *values in zip(mondays, counted, known, strict=True)
    ]
    rows += [(date_year(_date(day)), "–", number(value)) for day, value in
             zip(coming, ahead, strict=True)]  # fmt: skip
    return Shown(_level_words(grounds), chart, tuple(rows))


def _level_words(grounds: Grounds) -> str:
    """The level now, a year ago and at the end of the forecast, in a sentence."""
    told = [f"An ordinary day now brings {calls(grounds.level)}"]
    past = grounds.past.level
    if len(past) > 52 and not np.isnan(past[-53]):
        told.append(f"{_compared(grounds.level / past[-53])} a year ago")
    words = ", ".join(told)
    end = float(grounds.days.ahead[-1])
    if abs(end - 1) < CLEAR:
        return f"{words}. The forecast keeps that level."
    moved = "rise" if end > 1 else "fall"
    share = percent(abs(end - 1), 0)
    return f"{words}. By the end of the forecast it is expected to {moved} by {share}."


def _compared(factor: float) -> str:
    if abs(factor - 1) < CLEAR:
        return "as many as"
    return f"{percent(abs(factor - 1), 0)} {'more' if factor > 1 else 'fewer'} than"


def week(grounds: Grounds) -> tuple[str, list[HeatRow]]:
    """The shape of an ordinary week now: in a sentence, and calls an hour by weekday and hour."""
    factors = grounds.week
    shares = grounds.shares.reshape(7, 24, -1).sum(axis=2)
    hours = grounds.level * factors[:, None] * shares
    open_ = hours.sum(axis=1) > 0
    if not open_.any():
        return "No call is expected at any hour.", []
    days = [f"{WEEKDAYS[at]} {changed(factors[at])}" for at in range(7) if open_[at]]
    busiest, hour = divmod(int(np.argmax(hours)), 24)
    words = (
        f"Most calls in an ordinary week come on {WEEKDAYS[busiest]} from {hour:02d}:00: "
        f"{calls(float(hours.max()))} an hour. Against the mean day: {listed(days)}."
    )
    return words, heat_rows(np.where(hours > 0, hours, np.nan))


def season(grounds: Grounds) -> Shown | None:
    """How the time of the year moves the level; None where the model knows no season."""
    year = grounds.year[:52]
    if not len(year):
        return None
    dates = grounds.days.first + 7 * np.arange(len(year))
    most, least = int(np.argmax(year)), int(np.argmin(year))
    words = (
        f"Most calls come in {_date(dates[most]):%B} ({changed(float(year[most]))} against "
        f"the mean of the year), fewest in {_date(dates[least]):%B} "
        f"({changed(float(year[least]))})."
    )
    values = (100 * (year - 1)).tolist()
    chart = lines_chart([("expected", values)], _months(dates), words, _percent)
    by_month: dict[str, list[float]] = {}
    for day, value in zip(dates, year, strict=True):
        by_month.setdefault(f"{_date(day):%B}", []).append(float(value))
    rows = [(month, changed(float(np.mean(values)))) for month, values in by_month.items()]
    return Shown(words, chart, tuple(rows))


def holidays(grounds: Grounds) -> Effects:
    """The public holidays of the coming year, and what each does to its day."""
    told = [each for each in grounds.special if not each.offset]
    if not told:
        return Effects("No public holidays are taken into account.", None)
    strongest = max(told, key=lambda each: _strength(each.day))
    words = (
        f"{count(len(told), 'public holiday')} in the coming year. "
        f"{strongest.name} differs most: {_more(strongest.day)}."
    )
    rows = [(each.name, date_year(_date(each.date)), each.day) for each in told]
    return Effects(words, _bars("Public holidays", ("Holiday", "Calls of the day"), rows))


def events(grounds: Grounds) -> Effects:
    """The events in reach of the forecast, and what each does in its hours."""
    told = sorted(grounds.occasions, key=lambda each: -_strength(each.whole))
    if not told:
        return Effects("No events are taken into account.", None)
    first = told[0]
    words = f"{first.name} differs most: {_more(first.whole)} in its hours."
    if abs(first.whole - 1) < CLEAR:
        words = "None of the events changes the calls."
    rows = [(each.name, f"{_next(each)}; {_source(each)}", each.whole) for each in told]
    return Effects(words, _bars("Events", ("Event", "Calls in its hours"), rows))


def _bars(caption: str, heads: tuple[str, str], rows: Sequence[tuple[str, str, float]]) -> Bars:
    """Factors as changes on both sides of none."""
    zero, places = signed_places([factor - 1 for *_, factor in rows])
    return Bars(
        f"{caption}: more or fewer calls than without",
        (*heads, "Change"),
        tuple(
            Bar(name, changed(factor), x, width, note=note)
            for (name, note, factor), (x, width) in zip(rows, places, strict=True)
        ),
        zero,
        "zero",
    )


def _percent(value: float) -> str:
    """A change on an axis."""
    return f"{signed(round(value))}{SPACE}%"


def _strength(factor: float) -> float:
    return abs(float(np.log(max(factor, 1e-9))))


def _more(factor: float) -> str:
    """A factor in words, such as `12 % fewer calls`."""
    return f"{percent(abs(factor - 1), 0)} {'more' if factor > 1 else 'fewer'} calls"


def _next(each: Occasion) -> str:
    if not each.spans:
        return "not within a year"
    first, last = (_date(day) for day in each.spans[0])
    more = f", and {count(len(each.spans) - 1, 'more time')}" if len(each.spans) > 1 else ""
    return (date_year(first) if first == last else period_words(first, last)) + more


def _source(each: Occasion) -> str:
    if each.stated:
        return "stated by a person"
    if each.seen is None:
        return "learned with the year"
    return f"learned from {count(each.seen, 'time')}" if each.seen else "not seen before"


def _months(dates: Sequence[np.datetime64] | npt.NDArray[np.datetime64]) -> list[tuple[int, str]]:
    """Place and name of the first week that begins in each month, the year told once a year."""
    days = [_date(day) for day in dates]
    labels: list[tuple[int, str]] = []
    for place, day in enumerate(days):
        if place and day.month != days[place - 1].month:
            labels.append((place, f"{day:%b %Y}" if len(days) > 60 else f"{day:%b}"))
    return labels


def _date(day: np.datetime64) -> date:
    return date.fromisoformat(str(day)[:10])
