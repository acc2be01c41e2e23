"""Two rosters beside each other, on the days and for the people that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from app.db.transaction import Reading
from app.errors import Conflict
from app.rosters.problem import instant
from app.rosters.service.answers import expected_late
from app.rosters.service.desk import Opened, opened
from app.rosters.values import Roster
from app.web.views.shortfall import room_cover
from rostering.problem import REST
from rostering.problem import Roster as Lines
from rostering.rules.fatigue import FatigueScore

Hours = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Side:
    """How one of two rosters stands on the days that both have.

    Attributes:
        roster: its row.
        short: person-hours missing by day and hour of the day, shape (days, 24); None where no
            cover is asked.
        hours: person-hours rostered.
        wishes_met, wishes: how many of how many.
        fatigue: fatigue scores of all tours.
        broken: breaches of hard rules that nobody authorised.
        points: points of every soft rule, where both rosters have the same days; else None.
        late_calls: calls expected late or lost, where known and both have the same days.
    """

    roster: Roster
    short: Hours | None
    hours: float
    wishes_met: int
    wishes: int
    fatigue: int
    broken: int
    points: int | None
    late_calls: float | None


@dataclass(frozen=True, slots=True)
class LineSide:
    """An officer's line in one of two rosters, on the days that both have."""

    hours: float
    wishes_met: int
    fatigue: int


@dataclass(frozen=True, slots=True)
class LinePair:
    """An officer in both rosters.

    Attributes:
        officer_id, name: who.
        wishes: wishes about the days, by the first roster.
        sides: the line in each.
        differs: days on which they differ, with the code of the shift in each, None for rest.
    """

    officer_id: UUID
    name: str
    wishes: int
    sides: tuple[LineSide, LineSide]
    differs: tuple[tuple[date, str | None, str | None], ...]


@dataclass(frozen=True)
class SideBySide:
    """Two rosters, the days that both have, and everybody who is in both.

    Attributes:
        sides: how each stands.
        days: the shared days.
        lines: who is in both, by name.
        alone: names of who is in one of them only, for each.
    """

    sides: tuple[Side, Side]
    days: tuple[date, ...]
    lines: tuple[LinePair, ...]
    alone: tuple[tuple[str, ...], tuple[str, ...]]


def side_by_side(reading: Reading, room_id: UUID, one: UUID, other: UUID) -> SideBySide:
    """Lay two rosters beside each other.

    Raises:
        NotFound: when one of them is not of the room.
        Conflict: when they have no day in common.
    """
    desks = [opened(reading, room_id, each) for each in (one, other)]
    first = max(desk.roster.first_day for desk in desks)
    last = min(desk.roster.last_day for desk in desks)
    if last < first:
        raise Conflict("These two rosters have no day in common.")
    days = tuple(first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    same = all(desk.roster.days == len(days) for desk in desks)
    shared = [
        officer.id
        for officer in desks[0].problem.officers
        if officer.id in desks[1].problem.officer_index
    ]
    lines = [_line(desks, officer, days) for officer in shared]
    return SideBySide(
        (_side(reading, desks[0], days, same=same), _side(reading, desks[1], days, same=same)),
        days,
        tuple(sorted(lines, key=lambda line: line.name)),
        (_alone(desks[0], shared), _alone(desks[1], shared)),
    )


def _alone(desk: Opened, shared: Sequence[str]) -> tuple[str, ...]:
    return tuple(each.name for each in desk.problem.officers if each.id not in set(shared))


def _columns(desk: Opened, days: Sequence[date]) -> range:
    skipped = (days[0] - desk.roster.first_day).days
    return range(skipped, skipped + len(days))


def _side(reading: Reading, desk: Opened, days: Sequence[date], *, same: bool) -> Side:
    problem, standing = desk.problem, desk.standing
    rows = range(len(problem.officers))
    lines = [_line_side(desk, row, days) for row in rows]
    late = expected_late(reading, desk) if same else None
    return Side(
        roster=desk.roster,
        short=_short(desk, days),
        hours=sum(line.hours for line in lines),
        wishes_met=sum(line.wishes_met for line in lines),
        wishes=sum(_wishes(desk, row, days) for row in rows),
        fatigue=sum(line.fatigue for line in lines),
        broken=len(standing.hard),
        points=standing.objective if same else None,
        late_calls=sum(late.late.values()) if late else None,
    )


def _short(desk: Opened, days: Sequence[date]) -> Hours | None:
    """Person-hours missing by shared day and local hour."""
    lines = Lines.from_choices(desk.problem, desk.standing.choices)
    cover = room_cover(desk.problem, lines)
    if cover is None:
        return None
    zone, found = ZoneInfo(desk.problem.zone), np.zeros((len(days), 24))
    for place in np.flatnonzero(cover.missing).tolist():
        moment = instant(cover.start + place * cover.interval_minutes).astimezone(zone)
        day = (moment.date() - days[0]).days
        if 0 <= day < len(days):
            found[day, moment.hour] += cover.missing[place] * cover.interval_minutes / 60
    return found


def _wishes(desk: Opened, row: int, days: Sequence[date]) -> int:
    columns = _columns(desk, days)
    return sum(wish.day in columns for wish in desk.problem.officers[row].preferences)


def _line_side(desk: Opened, row: int, days: Sequence[date]) -> LineSide:
    problem, standing, columns = desk.problem, desk.standing, _columns(desk, days)
    officer = problem.officers[row]
    rules = (rule for rule in problem.rules if isinstance(rule, FatigueScore))
    rule = next(rules, FatigueScore()).on_terms_of(officer) or FatigueScore()
    minutes = sum(
        problem.tour(day, int(choice)).minutes
        for day in columns
        if (choice := standing.choices[row, day]) != REST
    )
    return LineSide(
        hours=minutes / 60,
        wishes_met=sum(
            standing.meets(row, wish) for wish in officer.preferences if wish.day in columns
        ),
        fatigue=sum(
            tired.points
            for tired in rule.scores(problem, standing.line(row))
            if tired.tour.day in columns
        ),
    )


def _line(desks: Sequence[Opened], officer: str, days: Sequence[date]) -> LinePair:
    rows = [desk.problem.officer_index[officer] for desk in desks]
    sides = tuple(_line_side(desk, row, days) for desk, row in zip(desks, rows, strict=True))
    codes = [
        [
            shift.code if (shift := desk.standing.shift(row, column)) else None
            for column in _columns(desk, days)
        ]
        for desk, row in zip(desks, rows, strict=True)
    ]
    return LinePair(
        officer_id=UUID(officer),
        name=desks[0].problem.officers[rows[0]].name,
        wishes=_wishes(desks[0], rows[0], days),
        sides=(sides[0], sides[1]),
        differs=tuple(
            (day, one, other) for day, one, other in zip(days, *codes, strict=True) if one != other
        ),
    )
