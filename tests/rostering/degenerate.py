"""Problems that hardly are any: nobody, odd shifts, clock changes, contradictions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from rostering.problem import (
    Bond,
    Cover,
    Officer,
    OfficerDay,
    Preference,
    Problem,
    Shift,
    ShiftCover,
    Span,
    Tour,
)
from rostering.rules.registry import RULES

FIRST_DAYS = (date(2026, 3, 27), date(2026, 10, 23), date(2026, 6, 3))
"""Periods over a day of 23 hours, over one of 25, and over neither."""

SKILLS = ("999", "101", "nobody's")


def degenerate(seed: int) -> Problem:
    """A small problem drawn so that little in it fits together."""
    chance = np.random.default_rng(seed)
    days = int(chance.integers(0, 9))
    first = FIRST_DAYS[int(chance.integers(len(FIRST_DAYS)))]
    frame = Problem("odd", first, days, "Europe/London", _shifts(chance), (), ())
    officers = tuple(_officer(frame, number, chance) for number in range(chance.integers(0, 4)))
    rules = tuple(rule() for rule in RULES.values() if chance.random() < 0.8)
    staffed = replace(frame, officers=officers, rules=rules)
    return replace(
        staffed,
        cover=tuple(_cover(frame, chance) for _ in range(chance.integers(0, 3))),
        shift_cover=tuple(_needs(frame, chance)),
        bonds=tuple(_bonds(staffed, chance)),
    )


def _shifts(chance: np.random.Generator) -> tuple[Shift, ...]:
    kinds = ("early", "day", "late", "night")
    return tuple(
        Shift(
            f"S{number}",
            str(chance.choice(kinds)),
            15 * int(chance.integers(0, 96)),
            15 * int(chance.choice([1, 16, 32, 36, 40, 48, 96])),
            frozenset({"999"}) if chance.random() < 0.2 else frozenset(),
        )
        for number in range(chance.integers(0, 5))
    )


def _officer(frame: Problem, number: int, chance: np.random.Generator) -> Officer:
    least, most = sorted(60 * int(hours) for hours in chance.integers(0, 90, size=2))
    if chance.random() < 0.1:
        least, most = most, least
    codes = [*(shift.code for shift in frame.shifts), "gone"]
    fixed = {
        int(day): (
            OfficerDay(shift=str(chance.choice(codes))),
            OfficerDay(kind=str(chance.choice(["night", "late"]))),
            OfficerDay(),
        )[int(chance.integers(3))]
        for day in chance.integers(0, max(frame.days, 1), size=chance.integers(0, 3))
        if frame.days
    }
    begin = frame.midnight(int(chance.integers(-1, 8)))
    away = (
        (Span(begin, begin + 60 * int(chance.integers(1, 240))),) if chance.random() < 0.4 else ()
    )
    return Officer(
        id=f"o{number}",
        name=f"Officer {number}",
        skills=frozenset(skill for skill in SKILLS[:2] if chance.random() < 0.6),
        least_minutes=least,
        most_minutes=most,
        history=_history(frame, chance),
        known_from=-30,
        days=fixed,
        unavailable=away,
        preferences=tuple(
            Preference(int(day), 5, bool(chance.random() < 0.5))
            for day in chance.integers(0, max(frame.days, 1), size=2)
            if frame.days
        ),
    )


def _history(frame: Problem, chance: np.random.Generator) -> tuple[Tour, ...]:
    """Days before the period, lawful or not; the last may reach into it."""
    worked = sorted({int(day) for day in chance.integers(-9, 0, size=chance.integers(0, 9))})
    return tuple(
        Tour(day, "N", "night", frame.instant(day, 1320), frame.instant(day, 1320 + 540))
        for day in worked
    )


def _cover(frame: Problem, chance: np.random.Generator) -> Cover:
    minutes = int(chance.choice([15, 30, 60]))
    size = frame.days * 1440 // minutes
    need = chance.integers(0, 3, size=size) if chance.random() < 0.8 else np.full(size, 10_000)
    asked = frozenset(skill for skill in SKILLS if chance.random() < 0.5) or frozenset({"101"})
    return Cover(
        tuple(sorted(asked)), asked, frame.midnight(0), minutes, need.astype(np.int32),
        surplus_points=int(chance.integers(0, 2)),
    )  # fmt: skip


def _needs(frame: Problem, chance: np.random.Generator) -> list[ShiftCover]:
    if not frame.days or not frame.shifts or chance.random() < 0.7:
        return []
    return [
        ShiftCover(day, frame.shifts[int(chance.integers(len(frame.shifts)))].code, 2, 30, 1)
        for day in range(frame.days)
    ]


def _bonds(problem: Problem, chance: np.random.Generator) -> list[Bond]:
    names = [officer.id for officer in problem.officers]
    if len(names) < 2 or chance.random() < 0.6:
        return []
    kinds = ("with", "together", "apart", "wished_with", "wished_apart")
    return [Bond(kinds[int(chance.integers(len(kinds)))], names[0], tuple(names[1:]))]
