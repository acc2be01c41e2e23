"""Need and cover of each set of queues: strips by week, an over and short map, gaps in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from app.web.charts.need_cover import Strip, need_cover_strips
from app.web.views.calls_charts import HourTable
from app.web.views.days import Days
from app.web.views.local_hours import LocalHours
from app.web.views.roster_grid import OVER_FROM
from app.web.views.shortfall import RoomCover, SetCover, hardest_first
from app.web.words import (
    count,
    hours,
    number,
    percent,
    person_hours,
    short_day,
    signed,
    span_words,
    stretch_words,
)

GAPS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class MapCell:
    """One hour of the over and short map: its text and its tone (`s1`, `s3`, `o` or "")."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """One local day of the map."""

    label: str
    weekend: bool
    week_start: bool
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which people are missing: how many, when, and how many person-hours."""

    size: str
    when: str
    note: str


@dataclass(frozen=True, slots=True)
class SetView:
    """Everything about one set of queues.

    Attributes:
        label: the set in words.
        tag: its shortage in a few words, "" where there is none.
        answer: need and cover as a sentence.
        trouble: what is missing as a sentence, "" where nothing is.
        skills_note: what the set does not show because people lack a skill, or "".
        strips: the chart, a week each.
        table: people on duty and needed, hour by hour, where fewest are to spare.
        map: over and short by day and hour.
        gaps: the hardest gaps.
        more_gaps: how many gaps are not listed.
    """

    label: str
    tag: str
    answer: str
    trouble: str
    skills_note: str
    strips: tuple[Strip, ...]
    table: HourTable
    map: tuple[MapRow, ...]
    gaps: tuple[Gap, ...]
    more_gaps: int


def set_view(period: Days, room: RoomCover, chosen: SetCover) -> SetView:
    """Work out what the report says of one set of queues of a room."""
    cover = chosen.cover
    grid = LocalHours.of(cover.start, cover.interval_minutes, len(cover.required), period.zone)
    stretches = hardest_first(chosen.missing, cover.start, cover.interval_minutes)
    gaps = tuple(
        Gap(
            signed(-s.worst),
            stretch_words(s.start, s.end, period.zone),
            person_hours(s.hours),
        )
        for s in stretches[:GAPS_SHOWN]
    )
    return SetView(
        label=chosen.label,
        tag=f"{hours(chosen.short_hours)} h short" if stretches else "",
        answer=_answer(chosen),
        trouble=_trouble(chosen, len(stretches)),
        skills_note=_skills_note(room, chosen),
        strips=need_cover_strips(
            period,
            cover.start,
            cover.interval_minutes,
            need=cover.required,
            duty=chosen.on_duty,
            labels=week_labels(period),
        ),
        table=_table(grid, chosen),
        map=_map(grid, chosen),
        gaps=gaps,
        more_gaps=len(stretches) - len(gaps),
    )


def week_labels(period: Days) -> tuple[str, ...]:
    """A label for each run of seven days of the period, such as `7 to 13 December`."""
    return tuple(
        span_words(period.date_of(day), period.date_of(min(day + 6, period.days - 1)))
        for day in range(0, period.days, 7)
    )


def _answer(chosen: SetCover) -> str:
    there = float(chosen.on_duty.sum()) * chosen.cover.interval_minutes / 60
    facts = f"{number(_needed(chosen))} person-hours needed, {number(there)} rostered."
    return facts if chosen.missing.any() else f"{facts} Nobody is missing at any time."


def _trouble(chosen: SetCover, gaps: int) -> str:
    if not gaps:
        return ""
    missing = hours(chosen.short_hours)
    share = percent(chosen.short_hours / _needed(chosen))
    where = count(gaps, "stretch", "stretches")
    return f"{missing} {'is' if missing == '1' else 'are'} missing ({share}), in {where}."


def _needed(chosen: SetCover) -> float:
    """Person-hours needed."""
    return float(chosen.cover.required.sum()) * chosen.cover.interval_minutes / 60


def _skills_note(room: RoomCover, chosen: SetCover) -> str:
    hidden = room.short_hours - chosen.short_hours
    if chosen is not room.sets[0] or hidden <= 0:
        return ""
    verb = "is" if hours(hidden) == "1" else "are"
    return (
        f"Another {person_hours(hidden)} {verb} missing where enough people are on duty but too "
        "few have the skill: choose a set of queues to see where."
    )


def _worst(grid: LocalHours, chosen: SetCover) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return grid.table(chosen.on_duty - chosen.cover.required, "min")


def _map(grid: LocalHours, chosen: SetCover) -> tuple[MapRow, ...]:
    return tuple(
        MapRow(short_day(day), day.weekday() >= 5, _starts_week(day), tuple(_cell(v) for v in row))
        for day, row in zip(grid.days, _worst(grid, chosen), strict=True)
    )


def _starts_week(day: date) -> bool:
    return day.weekday() == 0


def _cell(spare: float) -> MapCell:
    if np.isnan(spare) or 0 <= spare < OVER_FROM:
        return MapCell("", "")
    tone = "o" if spare > 0 else "s3" if spare <= -3 else "s1"
    return MapCell(signed(int(spare)), tone)


def _table(grid: LocalHours, chosen: SetCover) -> HourTable:
    """On duty / needed of the interval of each hour with fewest to spare."""
    spare = chosen.on_duty - chosen.cover.required
    order = np.lexsort((spare, grid.cell))
    cells, firsts = np.unique(grid.cell[order], return_index=True)
    texts = [[""] * 24 for _ in grid.days]
    for cell, index in zip(cells, order[firsts], strict=True):
        day, hour = divmod(int(cell), 24)
        texts[day][hour] = f"{chosen.on_duty[index]}/{chosen.cover.required[index]}"
    rows = tuple((short_day(d), tuple(row)) for d, row in zip(grid.days, texts, strict=True))
    return HourTable("On duty / needed, in the hardest interval of each hour", rows)
