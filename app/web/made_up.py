"""A made-up fortnight of a small room, by which the patterns page shows charts and a roster."""

from __future__ import annotations

import math
from datetime import date
from functools import cache

import numpy as np

from app.web.charts.dots import Dots, dots
from app.web.charts.lines import Lines, lines_chart
from app.web.charts.rounds import Rounds, rounds_chart
from app.web.charts.service_points import ServicePoints, service_points
from app.web.plan import QueueForecast
from app.web.views.demand import QueueDemand, queue_demand
from app.web.views.kinds import Kind, key_of
from app.web.views.need_cover import SetView, set_view
from app.web.views.roster_grid import RosterGrid, roster_grid
from app.web.views.shortfall import room_cover
from app.web.words import number
from rostering.problem import (
    REST,
    Cover,
    Officer,
    OfficerDay,
    Preference,
    Problem,
    Roster,
    Shift,
    Span,
)
from rostering.rules.cover import Covered
from rostering.rules.daily_rest import DailyRest
from rostering.rules.preferences import Preferences
from rostering.rules.weekends_off import WeekendsOff
from rostering.verify import verify

FIRST_DAY, DAYS, ZONE = date(2026, 12, 21), 14, "Europe/London"
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
SHIFTS = (
    Shift("E", "early", 7 * 60, 480),
    Shift("E2", "early", 6 * 60, 480),
    Shift("D", "day", 10 * 60, 480),
    Shift("L", "late", 14 * 60, 480),
    Shift("N", "night", 22 * 60, 540),
)
NAMES = (
    *("Ahmed, Dan", "Brennan, Jess", "Byrne, Megan", "Chowdhury, Ellie", "Doyle, Jess"),
    *("Evans, Lauren", "Farouk, Sara", "Gill, Owen", "Hughes, Lucy", "Iqbal, Dan"),
    *("Kaur, Nadia", "Khan, Ben", "Marsh, Sean", "Nowak, Lauren", "Okafor, Jack"),
    *("Patel, Kate", "Reid, Rosa", "Shah, Chloe", "Taylor, Liam", "Wood, Tariq"),
)
LINE = "EELLNN----"
HOURLY = (4, 4, 3, 3, 3, 3, 4, 4, 5, 6, 6, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 7, 6, 5)
"""People needed from 00:00 on."""


@cache
def problem() -> Problem:
    """Twenty people with wishes, leave and pins; need by the hour of the day."""
    bare = Problem("bare", FIRST_DAY, DAYS, ZONE, SHIFTS, (), ())
    start, end = int(bare.midnights[0]), int(bare.midnights[-1])
    hours = np.arange((end - start) // 15) // 4 % 24
    need = Cover(("999", "101"), frozenset({"999", "101"}), start, 15, _people(hours))
    rules = (DailyRest(), Covered(), Preferences(), WeekendsOff())
    officers = tuple(_officer(bare, index, name) for index, name in enumerate(NAMES))
    return Problem("made up", FIRST_DAY, DAYS, ZONE, SHIFTS, officers, rules, cover=(need,))


def _people(
    hours: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    return np.array(HOURLY, dtype=np.int32)[hours] // 2 + 1


def _officer(bare: Problem, index: int, name: str) -> Officer:
    day = (index * 5) % DAYS
    wishes = (Preference(day, 1 + index % 6, wants=False),) if index % 3 else ()
    more = (Preference((day + 4) % DAYS, 3, wants=True),) if index % 4 == 1 else ()
    away = (Span(bare.instant(4, 0), bare.instant(7, 0)),) if index == 4 else ()
    pinned = {3: OfficerDay(shift=_code(index, 3))} if index == 12 else {}
    return Officer(
        id=f"o{index}",
        name=name,
        skills=frozenset(("999", "101")[: 1 + index % 2]),
        least_minutes=0,
        most_minutes=80 * 60,
        unavailable=away,
        preferences=wishes + more,
        days=pinned,
    )


def _code(index: int, day: int) -> str:
    step = LINE[(index * 3 + day) % 10]
    return "E2" if step == "E" and index % 7 == 2 else step


@cache
def roster() -> Roster:
    """A line of two earlies, two lates, two nights and four days off, with one rest too short."""
    asked = problem()
    choices = np.full((len(asked.officers), DAYS), REST, dtype=np.int16)
    for index, officer in enumerate(asked.officers):
        for day in range(DAYS):
            code, at = _code(index, day), asked.instant(day, 720)
            if code != "-" and not any(s.start <= at < s.end for s in officer.unavailable):
                choices[index, day] = asked.shift_index[code]
    choices[2, 6:8] = asked.shift_index["L"], asked.shift_index["E"]
    return Roster.from_choices(asked, choices)


@cache
def grid() -> RosterGrid:
    """The roster, three cells of it not yet published."""
    asked, made = problem(), roster()
    changed = {("o7", 5), ("o7", 4), ("o9", 2)}
    return roster_grid(
        asked,
        made,
        verify(asked, made),
        room_cover(asked, made),
        unpublished=changed,
        holidays=HOLIDAYS,
    )


def kinds() -> tuple[tuple[Kind, str], ...]:
    """The kinds of the roster with their times."""
    return key_of(problem())


@cache
def need_and_cover() -> SetView | None:
    """Need against cover of both weeks."""
    room = room_cover(problem(), roster())
    return set_view(problem(), room, room.sets[0]) if room else None


@cache
def demand() -> QueueDemand:
    """Calls expected with their bands, and counted in the weeks before."""
    asked = problem()
    start, length = np.datetime64(int(asked.midnights[0]), "m"), DAYS * 96
    mean = 1.6 * np.array(HOURLY, dtype=np.float64)[np.arange(length) // 4 % 24]
    spread = np.sqrt(mean)
    low, high = (np.maximum(mean - 1.28 * spread, 0), mean + 1.28 * spread)
    counted = np.random.default_rng(3).poisson(mean).astype(np.float64)
    counted[500:520] = np.nan
    before = np.datetime64(asked.instant(-DAYS, 0), "m")
    wide = (np.maximum(mean - 1.65 * spread, 0), mean + 1.65 * spread)
    queue = QueueForecast("999", start, 15, mean, wide[0], low, high, wide[1], before, counted)
    return queue_demand(asked, queue, "d")


def service() -> ServicePoints:
    """The share answered in time by hour of a day: good, below the goal, and an hour of no call."""
    shares = [(0.96 - 0.02 * (hour % 3), 0.012) for hour in range(24)]
    shares[14:18] = [(0.87, 0.02), (0.86, 0.02), (0.8, 0.03), (0.85, 0.02)]
    shares[4] = (float("nan"), float("nan"))
    start = problem().midnight(0)
    return service_points(
        problem(), start, shares, 0.9, label="999 answered within 10 s, by hour", width=1392
    )


def rounds() -> Rounds | None:
    """Points met by round: alone, and with those before it; in one round nobody asked."""
    alone = ((0.62, 0.24), (0.66, 0.2), None, (0.58, 0.22), (0.7, 0.16))
    so_far = ((0.62, 0.24), (0.64, 0.19), (0.64, 0.19), (0.62, 0.16), (0.64, 0.12))
    names = ("7 Sep", "5 Oct", "2 Nov", "30 Nov", "28 Dec")
    return rounds_chart(list(zip(names, alone, so_far, strict=True)))


def weeks() -> Lines | None:
    """Calls a day, week by week: counted until the present, one week not, and expected."""
    counted = [210.0, 214, 205, math.nan, 222, 231, 226, 240, math.nan, math.nan, math.nan]
    expected = [208.0, 211, 214, 218, 222, 226, 230, 234, 237, 239, 240]
    labels = [(1, "Oct"), (5, "Nov"), (9, "Dec")]
    words = "Calls a day, week by week: rising from 208 to 240."
    return lines_chart([("counted", counted), ("expected", expected)], labels, words, number, 8)


def two_figures() -> Dots | None:
    """Two figures on a line, and their goal."""
    return dots((0.906, 0.005), (0.919, 0.005), 0.9)
