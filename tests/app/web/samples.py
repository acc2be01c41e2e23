"""A made-up plan of a room that never was: 60 people, 28 days over a clock change, 3 queues."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from app.web.plan import PlanReport, QueueForecast, SolveFacts
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
    Tour,
)
from rostering.rules.consecutive_days import ConsecutiveDays
from rostering.rules.consecutive_nights import ConsecutiveNights
from rostering.rules.contracted_hours import ContractedHours
from rostering.rules.cover import Covered
from rostering.rules.daily_rest import DailyRest
from rostering.rules.one_tour import OneTourAtATime
from rostering.rules.preferences import Preferences
from rostering.rules.unavailability import Unavailability
from rostering.rules.weekends_off import WeekendsOff
from rostering.verify import verify

ZONE = "Europe/London"
FIRST_DAY = date(2026, 10, 5)
"""A Monday; the clocks go back on Sunday 25 October."""
DAYS = 28
SHIFTS = (
    Shift("E", "early", 7 * 60, 480),
    Shift("D", "day", 10 * 60, 480),
    Shift("L", "late", 15 * 60, 480),
    Shift("N", "night", 23 * 60, 480),
)
QUEUES = ("999", "101", "dispatch")
FORENAMES = ("Aisha", "Dan", "Ellie", "Farah", "George", "Hannah", "Imran", "Jess", "Liam", "Maya")
SURNAMES = ("Ahmed", "Brennan", "Doyle", "Evans", "Gill", "Hughes", "Iqbal", "Jones", "Lowe", "Wu")
PATTERNS = ("EELLNN----", "EELLLN----")
SKILLS = (
    ("999", "101"),
    ("999", "101", "dispatch"),
    ("101",),
    ("999", "101", "dispatch"),
    ("101", "dispatch"),
)
SHARES = {"999": 0.35, "101": 0.43, "dispatch": 0.22}
HOURLY = (6, 6, 5, 5, 5, 5, 6, 7, 8, 9, 10, 11, 11, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7)
"""People needed over all queues on a quiet day, from 00:00 on."""

Floats = npt.NDArray[np.float64]


def problem(officers: tuple[Officer, ...] | None = None) -> Problem:
    """The problem: its need is high on Friday and Saturday nights and on one bad evening."""
    people = officers if officers is not None else made_up_officers()
    return Problem(
        name="October",
        first_day=FIRST_DAY,
        days=DAYS,
        zone=ZONE,
        shifts=SHIFTS,
        officers=people,
        rules=(
            OneTourAtATime(),
            Unavailability(),
            DailyRest(),
            ConsecutiveDays(),
            ConsecutiveNights(),
            ContractedHours(),
            Covered(),
            Preferences(),
            WeekendsOff(),
        ),
        cover=_covers(),
    )


def made_up_officers(count: int = 60) -> tuple[Officer, ...]:
    """People with skills, leave, wishes, pinned shifts; the same each time."""
    rng = np.random.default_rng(7)
    bare = Problem("bare", FIRST_DAY, DAYS, ZONE, SHIFTS, (), ())
    names = [f"{s}, {f}" for s in SURNAMES for f in FORENAMES]
    chosen = rng.permutation(len(names))[:count]
    return tuple(_officer(bare, rng, index, names[int(pick)]) for index, pick in enumerate(chosen))


def _officer(bare: Problem, rng: np.random.Generator, index: int, name: str) -> Officer:
    away: tuple[Span, ...] = ()
    if index % 6 == 2:
        day = int(rng.integers(2, DAYS - 6))
        away = (Span(bare.instant(day, 0), bare.instant(day + 5, 0)),)
    wishes = []
    days = rng.choice(DAYS, size=int(rng.integers(0, 6)), replace=False)
    for day in sorted(int(day) for day in days):
        works = _step(index, day) != "-"
        if not works or rng.random() < 0.25:
            kinds = frozenset({"night"}) if works and rng.random() < 0.3 else frozenset[str]()
            wishes.append(Preference(day, int(rng.integers(1, 8)), wants=False, kinds=kinds))
    return Officer(
        id=f"o{index:03d}",
        name=name,
        skills=frozenset(SKILLS[index % len(SKILLS)]),
        least_minutes=88 * 60,
        history=_night_before(bare) if _step(index, -1) == "N" else (),
        known_from=-1 if _step(index, -1) == "N" else 0,
        most_minutes=160 * 60,
        unavailable=away,
        preferences=tuple(wishes),
    )


def _night_before(bare: Problem) -> tuple[Tour, ...]:
    """A night of the day before the period, which covers its first hours."""
    return (Tour(-1, "N", "night", bare.instant(-1, 23 * 60), bare.instant(0, 7 * 60)),)


def _step(index: int, day: int) -> str:
    """What the pattern gives an officer on a day: a shift code, or `-` for a rest day."""
    if index % 15 == 4:
        return "D" if day % 7 < 5 else "-"
    return PATTERNS[index % 7 == 0][(day + index) % 10]


def roster_of(asked: Problem, *, broken: bool = True) -> Roster:
    """Early, late, night, four off; some on days; broken: an early follows a late too soon."""
    choices = np.full((len(asked.officers), DAYS), REST, dtype=np.int16)
    for index, officer in enumerate(asked.officers):
        for day in range(DAYS):
            step = _step(index, day)
            begin, end = asked.instant(day, 0), asked.instant(day + 2, 0)
            away = any(span.start < end and begin < span.end for span in officer.unavailable)
            if step != "-" and not away:
                choices[index, day] = asked.shift_index[step]
    late, early = asked.shift_index["L"], asked.shift_index["E"]
    line = choices[7]
    second = next(d for d in range(9, DAYS) if line[d] == late and line[d - 1] == late)
    if broken:
        line[second] = early
    return Roster.from_choices(asked, choices)


def _profile(length: int) -> Floats:
    """People needed over all queues per quarter hour, Friday and Saturday nights higher."""
    hour = np.arange(length) / 4 % 24
    day = np.arange(length) // 96 % 7
    base = np.interp(hour, np.arange(25), [*HOURLY, HOURLY[0]])
    evening = np.where(((day == 4) | (day == 5)) & (hour >= 18), 1.06, 1.0)
    daytime = np.where((day >= 5) & (hour >= 9) & (hour < 16), 0.85, 1.0)
    small_hours = np.where(((day == 5) | (day == 6)) & (hour < 3), 1.1, 1.0)
    return np.asarray(base * evening * daytime * small_hours, dtype=np.float64)


def _calls(length: int) -> Floats:
    """Calls per quarter hour follow the people needed, Friday and Saturday nights the more."""
    hour = np.arange(length) / 4 % 24
    day = np.arange(length) // 96 % 7
    rise = np.interp(hour, (17, 22, 24), (1.0, 1.5, 1.7)) * ((day == 4) | (day == 5))
    fall = np.interp(hour, (0, 5), (1.7, 1.0)) * ((day == 5) | (day == 6))
    return np.asarray(_profile(length) * np.maximum(np.maximum(rise, fall), 1.0), dtype=np.float64)


def _covers() -> tuple[Cover, ...]:
    bare = Problem("bare", FIRST_DAY, DAYS, ZONE, SHIFTS, (), ())
    start, end = int(bare.midnights[0]), int(bare.midnights[-1])
    shape = _profile((end - start) // 15)
    need = {queue: share * shape for queue, share in SHARES.items()}
    need["999"][12 * 96 + 77 : 12 * 96 + 93] += 4.5
    sets = [s for size in (1, 2, 3) for s in combinations(QUEUES, size)]
    return tuple(
        Cover(
            queues=queues,
            skills=frozenset(queues),
            start=start,
            interval_minutes=15,
            required=np.ceil(np.sum([need[q] for q in queues], axis=0)).astype(np.int32),
        )
        for queues in sets
    )


def queue_forecasts() -> tuple[QueueForecast, ...]:
    """Forecasts with bands of each queue, and four weeks counted with a hole of six hours."""
    bare = problem(())
    rng = np.random.default_rng(11)
    start = np.datetime64(int(bare.midnights[0]), "m")
    length = int(bare.midnights[-1] - bare.midnights[0]) // 15
    found = []
    for queue, level in zip(QUEUES, (0.9, 1.1, 0.35), strict=True):
        mean = level * _calls(length)
        spread = np.sqrt(mean + (0.12 * mean) ** 2)
        low = [np.floor(np.maximum(mean - z * spread, 0)) for z in (1.645, 1.282)]
        high = [np.ceil(mean + z * spread) for z in (1.282, 1.645)]
        counted = rng.poisson(level * _calls(28 * 96)).astype(np.float64)
        counted[1400:1424] = np.nan
        found.append(
            QueueForecast(
                queue=queue,
                start=start,
                interval_minutes=15,
                mean=mean,
                q05=low[0],
                q10=low[1],
                q90=high[0],
                q95=high[1],
                counted_start=np.datetime64(bare.instant(-28, 0), "m"),
                counted=counted,
            )
        )
    return tuple(found)


@cache
def plan(*, broken: bool = True) -> PlanReport:
    """A whole plan: shortages, surplus, leave, wishes met and not, one hard breach if broken."""
    asked = problem()
    made = roster_of(asked, broken=broken)
    verdict = verify(asked, made)
    pinned = replace(
        asked,
        officers=tuple(
            replace(o, days={made.of(o)[3].day: OfficerDay(shift=made.of(o)[3].code)})
            if index % 9 == 1
            else o
            for index, o in enumerate(asked.officers)
        ),
    )
    return PlanReport(
        room="Northmoor control room",
        problem=pinned,
        roster=made,
        verdict=verdict,
        queues=queue_forecasts(),
        solve=SolveFacts(verdict.objective, verdict.objective * 0.964, 120.4, 19.2),
        assumed=(
            "Shrinkage of 28 % of paid time, since none was given.",
            "A mean patience of 120 s on every queue.",
            "999 answers 90 % of offered calls within 10 s.",
        ),
        notes=("The people of this plan are made up.",),
        version="0.1.0",
    )
