"""A made-up plan of a room that never was: 60 people, 28 days over a clock change, 3 queues."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

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
    Shift("L", "late", 14 * 60, 480),
    Shift("N", "night", 22 * 60, 540),
)
QUEUES = ("999", "101", "dispatch")
FORENAMES = (
    "Aisha",
    "Dan",
    "Ellie",
    "Farah",
    "George",
    "Hannah",
    "Imran",
    "Jess",
    "Kate",
    "Liam",
    "Maya",
    "Noah",
)
SURNAMES = (
    "Ahmed",
    "Brennan",
    "Chowdhury",
    "Doyle",
    "Evans",
    "Farouk",
    "Gill",
    "Hughes",
    "Iqbal",
    "Jones",
    "Kaur",
    "Lowe",
    "Okafor",
)
PATTERN = "EELLNN----"
SKILLS = (("999", "101"), ("101",), ("999", "101", "dispatch"), ("dispatch", "101"))

Floats = npt.NDArray[np.float64]


def problem(officers: tuple[Officer, ...] | None = None) -> Problem:
    """The problem: its need has a sag on Saturday nights, and one bad evening."""
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
    for day in sorted(
        int(d) for d in rng.choice(DAYS, size=int(rng.integers(0, 5)), replace=False)
    ):
        kinds = frozenset({"night"}) if rng.random() < 0.3 else frozenset[str]()
        wishes.append(Preference(day, int(rng.integers(1, 8)), wants=False, kinds=kinds))
    return Officer(
        id=f"o{index:03d}",
        name=name,
        skills=frozenset(SKILLS[index % len(SKILLS)]),
        least_minutes=110 * 60,
        most_minutes=160 * 60,
        unavailable=away,
        preferences=tuple(wishes),
    )


def roster_of(asked: Problem) -> Roster:
    """Two earlies, two lates, two nights, four off; some on days; one late followed by an early."""
    choices = np.full((len(asked.officers), DAYS), REST, dtype=np.int16)
    for index, officer in enumerate(asked.officers):
        for day in range(DAYS):
            step = PATTERN[(day + 10 * index // 6 + index) % len(PATTERN)]
            if index % 15 == 4:
                step = "D" if (day % 7) < 5 else "-"
            if step != "-":
                choices[index, day] = asked.shift_index[step]
            begin, end = asked.instant(day, 0), asked.instant(day + 2, 0)
            if any(span.start < end and begin < span.end for span in officer.unavailable):
                choices[index, day] = REST
    choices[6, 9:12] = [asked.shift_index["L"], asked.shift_index["E"], REST]
    return Roster.from_choices(asked, choices)


def _profile(length: int) -> Floats:
    """Calls a quarter hour over the day: evenings high, Friday and Saturday nights higher."""
    hour = np.arange(length) / 4 % 24
    day = np.arange(length) // 96 % 7
    base = (
        1.0
        + 0.75 * np.sin((hour - 9) / 24 * 2 * np.pi)
        + 0.25 * np.sin((hour - 16) / 12 * 2 * np.pi)
    )
    weekend = np.where(((day == 4) | (day == 5)) & (hour >= 18), 1.3, 1.0)
    small_hours = np.where(((day == 5) | (day == 6)) & (hour < 3), 1.8, 1.0)
    return np.asarray(base * weekend * small_hours, dtype=np.float64)


def _covers() -> tuple[Cover, ...]:
    bare = Problem("bare", FIRST_DAY, DAYS, ZONE, SHIFTS, (), ())
    start, end = int(bare.midnights[0]), int(bare.midnights[-1])
    length = (end - start) // 15
    shape = _profile(length)
    need = {"999": 2 + 2.4 * shape, "101": 1 + 2.2 * shape, "dispatch": 1 + 1.2 * shape}
    evening = slice(5 * 96 + 85, 5 * 96 + 94)
    need["999"][evening] += 3
    sets = [("999",), ("101",), ("dispatch",), ("999", "101"), ("999", "101", "dispatch")]
    return tuple(
        Cover(
            queues=queues,
            skills=frozenset(queues),
            start=start,
            interval_minutes=15,
            required=np.ceil(sum(need[q] for q in queues)).astype(np.int32),
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
    for queue, level in zip(QUEUES, (9.0, 12.0, 3.0), strict=True):
        mean = level * _profile(length)
        spread = np.sqrt(mean + (0.12 * mean) ** 2)
        low = [np.floor(np.maximum(mean - z * spread, 0)) for z in (1.645, 1.282)]
        high = [np.ceil(mean + z * spread) for z in (1.282, 1.645)]
        counted = rng.poisson(level * _profile(28 * 96)).astype(np.float64)
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
def plan() -> PlanReport:
    """The whole plan: one hard breach, shortages, surplus, leave, wishes met and not met."""
    asked = problem()
    made = roster_of(asked)
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
