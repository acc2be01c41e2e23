"""The roster as a grid of people and days, with cover rows under the head."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from app.web.views.kinds import EARLY, LATE, NIGHT, Kind, kind_of
from app.web.views.roster_cells import (
    ROW_END,
    Cell,
    Sheet,
    breach_marks,
    cell_of,
    day_classes,
    marks_of,
)
from app.web.views.shortfall import RoomCover
from app.web.views.wishes import is_met
from app.web.words import count, day_words, number, signed, span_words
from rostering.problem import Officer, Problem, Roster
from rostering.verify import Verdict

OVER_FROM = 3
"""Fewer people than this above the need are within tolerance and stay quiet."""


@dataclass(frozen=True, slots=True)
class DayHead:
    """Head of a day's column: weekday letter, day of the month, the day in words."""

    letter: str
    number: int
    words: str
    weekend: bool
    week_start: bool
    holiday: bool = False


@dataclass(frozen=True, slots=True)
class CoverRow:
    """Over or short per day in the hours from one kind's usual start to the next one's."""

    kind: Kind
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person: name, skills, a cell per day, hours and wishes.

    Attributes:
        row: index of the officer in the problem.
        off_contract: `↑` over or `↓` under the contracted hours, else "".
        broken: whether the officer's period as a whole breaks a hard rule.
    """

    row: int
    name: str
    skills: str
    cells: tuple[Cell, ...]
    hours: str
    off_contract: str
    broken: bool
    wishes: str


@dataclass(frozen=True, slots=True)
class RosterGrid:
    """The whole grid.

    Attributes:
        weeks: labels with the number of days each spans.
        days: heads of the columns.
        cover: rows of over and short under the head.
        people: a row each.
        skills: code and name of each skill that is shortened.
        marks: every class name in use, by which the key knows what to explain.
        shifts: by letter the usual shift in words, by code the others.
    """

    weeks: tuple[tuple[str, int], ...]
    days: tuple[DayHead, ...]
    cover: tuple[CoverRow, ...]
    people: tuple[PersonRow, ...]
    skills: tuple[tuple[str, str], ...]
    marks: frozenset[str]
    shifts: Mapping[str, str]


def roster_grid(
    problem: Problem,
    roster: Roster,
    verdict: Verdict,
    room: RoomCover | None,
    *,
    unpublished: Collection[tuple[str, int]] = (),
    holidays: Collection[date] = (),
    only: Collection[str] | None = None,
) -> RosterGrid:
    """Lay out a roster, people by name.

    Args:
        problem: what the roster was made from.
        roster: the roster.
        verdict: what the rules say of it.
        room: need and cover of the room, None where no cover per interval is asked.
        unpublished: officer and day of each cell that differs from what was published.
        holidays: public holidays.
        only: ids of the officers to show, None for all.
    """
    dates = [problem.date_of(day) for day in range(problem.days)]
    codes = skill_codes(problem)
    usual = usual_shifts(problem, roster)
    breaches = breach_marks(problem, roster, verdict)
    sheet = Sheet(problem, roster, breaches, codes, usual, frozenset(unpublished))
    rows = enumerate(problem.officers)
    chosen = [(row, o) for row, o in rows if only is None or o.id in only]
    people = tuple(
        _person(sheet, row, officer)
        for row, officer in sorted(chosen, key=lambda pair: (pair[1].name, pair[1].id))
    )
    used = {name for row in people for cell in row.cells for name in cell.classes.split()}
    return RosterGrid(
        weeks=tuple(_weeks(dates)),
        days=tuple(_day_head(day, index == 0, day in holidays) for index, day in enumerate(dates)),
        cover=_cover_rows(problem, roster, room) if room is not None else (),
        people=people,
        skills=tuple((code, skill) for skill, code in codes.items() if code != skill),
        marks=frozenset(used),
        shifts=_shift_words(problem, usual),
    )


def usual_shifts(problem: Problem, roster: Roster) -> dict[str, str]:
    """By letter the code of the shift that is worked most; of equals, the first."""
    worked = Counter(tour.code for tours in roster.tours.values() for tour in tours)
    usual: dict[str, str] = {}
    for shift in sorted(problem.shifts, key=lambda s: (-worked[s.code], s.start, s.code)):
        usual.setdefault(kind_of(shift).letter, shift.code)
    return usual


def _shift_words(problem: Problem, usual: Mapping[str, str]) -> dict[str, str]:
    letters = {code: letter for letter, code in usual.items()}
    return {
        letters.get(shift.code, shift.code): f"{kind_of(shift).name} {_clock(shift.start)} to "
        f"{_clock(shift.start + shift.minutes)}"
        for shift in problem.shifts
    }


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def skill_codes(problem: Problem) -> dict[str, str]:
    """A short code of each skill, in the order of the queues: long names give their initial."""
    held = {skill for officer in problem.officers for skill in officer.skills}
    queues = dict.fromkeys(queue for cover in problem.cover for queue in cover.queues)
    order = [queue for queue in queues if queue in held] + sorted(held - queues.keys())
    codes = {skill: skill if len(skill) <= 4 else skill[0].upper() for skill in order}
    taken = list(codes.values())
    return {s: c if taken.count(c) == 1 else s[:4] for s, c in codes.items()}


def _weeks(dates: list[date]) -> Iterable[tuple[str, int]]:
    start = 0
    for index in range(1, len(dates) + 1):
        if index == len(dates) or dates[index].weekday() == 0:
            length = index - start
            words = span_words(dates[start], dates[index - 1])
            yield (words if length > 3 else f"{dates[start]:%b}", length)
            start = index


def _day_head(day: date, first: bool, holiday: bool) -> DayHead:
    return DayHead(
        letter=f"{day:%A}"[0],
        number=day.day,
        words=day_words(day) + (", public holiday" if holiday else ""),
        weekend=day.weekday() >= 5,
        week_start=day.weekday() == 0 or first,
        holiday=holiday,
    )


def _person(sheet: Sheet, row: int, officer: Officer) -> PersonRow:
    problem, roster = sheet.problem, sheet.roster
    tours = {tour.day: tour for tour in roster.of(officer)}
    minutes = sum(tour.minutes for tour in roster.of(officer))
    met = [is_met(problem, roster, officer, wish) for wish in officer.preferences]
    over, under = minutes > officer.most_minutes, minutes < officer.least_minutes
    marks = marks_of(sheet, officer, tours, met)
    return PersonRow(
        row=row,
        name=officer.name,
        skills=" ".join(code for skill, code in sheet.codes.items() if skill in officer.skills),
        cells=tuple(
            cell_of(sheet, officer, day, tours.get(day), marks.get(day, ()))
            for day in range(problem.days)
        ),
        hours=number(minutes / 60),
        off_contract="↑" if over else "↓" if under else "",
        broken="b" in sheet.breaches.get((officer.id, ROW_END), {}),
        wishes=f"{sum(met)}/{len(met)}" if met else "",
    )


def _cover_rows(problem: Problem, roster: Roster, room: RoomCover) -> tuple[CoverRow, ...]:
    return tuple(
        CoverRow(
            kind,
            tuple(_cover_cell(problem, room, day, begin, end) for day in range(problem.days)),
        )
        for kind, begin, end in bands(problem, roster)
    )


def bands(problem: Problem, roster: Roster) -> list[tuple[Kind, int, int]]:
    """The day cut at the usual starts of Early, Late and Night: kind, first and last minute."""
    starts: dict[Kind, list[int]] = defaultdict(list)
    for tours in roster.tours.values():
        for tour in tours:
            shift = problem.shifts[problem.shift_index[tour.code]]
            starts[kind_of(shift)].append(shift.start)
    usual = [
        (kind, int(np.bincount(starts[kind]).argmax()))
        for kind in (EARLY, LATE, NIGHT)
        if starts[kind]
    ]
    return [
        (kind, begin, usual[(index + 1) % len(usual)][1] + (1440 if index + 1 == len(usual) else 0))
        for index, (kind, begin) in enumerate(usual)
    ]


def _cover_cell(problem: Problem, room: RoomCover, day: int, begin: int, end: int) -> Cell:
    first = (problem.instant(day, begin) - room.start) // room.interval_minutes
    last = (problem.instant(day, end) - room.start) // room.interval_minutes
    part = slice(max(0, first), max(0, last))
    missing, spare = room.missing[part], room.spare[part]
    classes = day_classes(problem, day)
    if not missing.size:
        return Cell("", " ".join(classes), "")
    worst, over = int(missing.max()), int(spare.min())
    if worst:
        classes.append("s3" if worst >= 3 else "s1")
        return Cell(signed(-worst), " ".join(classes), f"{count(worst, 'person', 'people')} short")
    if over >= OVER_FROM:
        return Cell(signed(over), " ".join([*classes, "o"]), f"{over} over")
    return Cell("", " ".join(classes), "as needed")


def last_date(problem: Problem) -> date:
    """Last local day of the period."""
    return problem.first_day + timedelta(days=problem.days - 1)
