"""Shift kinds as the pages show them: a letter and a ramp of tone, the later the darker."""

from __future__ import annotations

from dataclasses import dataclass

from rostering.problem import Problem, Shift


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of shift: `letter` in the grid, `name` in words."""

    letter: str
    name: str


EARLY, DAY, LATE, NIGHT = (
    Kind("E", "Early"),
    Kind("D", "Day"),
    Kind("L", "Late"),
    Kind("N", "Night"),
)


def kind_of(shift: Shift) -> Kind:
    """Kind by local start: Early from 05:00, Day from 10:00, Late from 14:00, Night from 20:00."""
    hour = shift.start // 60
    if 5 <= hour < 10:
        return EARLY
    if 10 <= hour < 14:
        return DAY
    return LATE if 14 <= hour < 20 else NIGHT


def key_of(problem: Problem) -> tuple[tuple[Kind, str], ...]:
    """The kinds in use with their times in words, such as `07–15` or `starts 06 to 08`."""
    found = []
    for kind in (EARLY, DAY, LATE, NIGHT):
        shifts = sorted((s for s in problem.shifts if kind_of(s) == kind), key=lambda s: s.start)
        if len(shifts) == 1:
            end = (shifts[0].start + shifts[0].minutes) % 1440
            found.append((kind, f"{clock(shifts[0].start)}–{clock(end)}"))
        elif shifts:
            found.append((kind, f"starts {clock(shifts[0].start)} to {clock(shifts[-1].start)}"))
    return tuple(found)


def clock(minute: int) -> str:
    """A local time of day; the minutes stand only where they are not 00."""
    hour, rest = divmod(minute, 60)
    return f"{hour:02d}:{rest:02d}" if rest else f"{hour:02d}"
