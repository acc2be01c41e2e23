"""Two rosters line by line: what differs, for whom, on which days and at which hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from app.rosters.service import LinePair, SideBySide
from app.web.words import count, day_words, hours, listed, number, person_hours, short_day

SHOWN = 6
"""Days of an officer that are named; of more the number is told."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Two rosters on a page.

    Attributes:
        sentence: what the second makes of the first.
        measures: what is measured, in one, in the other, and the difference.
        lines: officers whose days differ: name, hours, wishes, fatigue, days.
        days: days that differ: day, officers, person-hours short in one and in the other.
        hours: hours of the day at which either is short: hour, short in one and in the other.
        alone: who is in one of them only, in a sentence each.
    """

    sentence: str
    measures: tuple[Row, ...]
    lines: tuple[Row, ...]
    days: tuple[Row, ...]
    hours: tuple[Row, ...]
    alone: tuple[str, ...]


def comparison_view(found: SideBySide) -> ComparisonView:
    """Say what differs."""
    names = [side.roster.name for side in found.sides]
    return ComparisonView(
        sentence=comparison_sentence(found),
        measures=tuple(_measures(found)),
        lines=tuple(_line(each) for each in found.lines if each.differs),
        days=tuple(_days(found)),
        hours=tuple(_hours(found)),
        alone=tuple(
            f"Only in {name}: {listed(people)}."
            for name, people in zip(names, found.alone, strict=True)
            if people
        ),
    )


def comparison_sentence(found: SideBySide) -> str:
    """What the second roster makes of the first, in a sentence or two."""
    moved = [line for line in found.lines if line.differs]
    if not moved:
        return "Nobody works otherwise in the two rosters on the days that both have."
    one, other = found.sides
    said = []
    if one.short is not None and other.short is not None:
        more = float(other.short.sum() - one.short.sum())
        if abs(more) >= 0.25:
            said.append(f"is {person_hours(abs(more))} {'more' if more > 0 else 'less'} short")
    if met := other.wishes_met - one.wishes_met:
        word = "more" if met > 0 else "fewer"
        said.append(f"meets {count(abs(met), f'wish {word}', f'wishes {word}')}")
    if broken := other.broken - one.broken:
        word = "more" if broken > 0 else "fewer"
        said.append(f"breaks the rules in {count(abs(broken), f'place {word}', f'places {word}')}")
    days = sum(len(line.differs) for line in moved)
    differ = (
        f"{count(days, 'officer-day differs', 'officer-days differ')}, "
        f"for {count(len(moved), 'person', 'people')}."
    )
    what = listed(said) if said else "is as good in cover, wishes and rules"
    return f"The second roster {what}. {differ}"


def _measures(found: SideBySide) -> Iterator[Row]:
    one, other = found.sides
    if one.short is not None and other.short is not None:
        yield _measure("Short of the need, person-hours", one.short.sum(), other.short.sum(), 1)
    if one.late_calls is not None and other.late_calls is not None:
        yield _measure("Calls expected late or lost", one.late_calls, other.late_calls)
    yield _measure("Wishes met", one.wishes_met, other.wishes_met)
    yield _measure("Fatigue score", one.fatigue, other.fatigue)
    yield _measure("Hours rostered", one.hours, other.hours)
    yield _measure("Places where rules are broken", one.broken, other.broken)
    if one.points is not None and other.points is not None:
        yield _measure("Points, less is better", one.points, other.points)


def _measure(label: str, one: float, other: float, places: int = 0) -> Row:
    return label, number(one, places), number(other, places), _signed(other - one, places)


def _signed(difference: float, places: int = 0) -> str:
    """A difference with its sign; "" where there is none to be seen."""
    shown = number(abs(difference), places)
    if not shown.strip("0.,"):
        return "same"
    return f"{'+' if difference > 0 else '−'}{shown}"


def _line(line: LinePair) -> Row:
    one, other = line.sides
    days = [
        f"{short_day(day)} {before or 'rest'} → {after or 'rest'}"
        for day, before, after in line.differs[:SHOWN]
    ]
    if (more := len(line.differs) - SHOWN) > 0:
        days.append(f"{more} more")
    return (
        line.name,
        _became(hours(one.hours), hours(other.hours)),
        _became(str(one.wishes_met), str(other.wishes_met)) + f" of {line.wishes}"
        if line.wishes
        else "none made",
        _became(str(one.fatigue), str(other.fatigue)),
        "; ".join(days),
    )


def _became(one: str, other: str) -> str:
    return one if one == other else f"{one} → {other}"


def _days(found: SideBySide) -> Iterator[Row]:
    moved = Counter(day for line in found.lines for day, _, _ in line.differs)
    one, other = (None if side.short is None else side.short.sum(axis=1) for side in found.sides)
    for place, day in enumerate(found.days):
        short = [0.0 if each is None else float(each[place]) for each in (one, other)]
        if moved[day] or short[0] != short[1]:
            yield day_words(day), str(moved[day]), *_shown(short)


def _hours(found: SideBySide) -> Iterator[Row]:
    one, other = found.sides
    if one.short is None or other.short is None:
        return
    by_hour = np.array([one.short.sum(axis=0), other.short.sum(axis=0)])
    for hour in np.flatnonzero(by_hour.any(axis=0)).tolist():
        yield f"{hour:02d}:00 to {(hour + 1) % 24:02d}:00", *_shown(by_hour[:, hour].tolist())


def _shown(short: Iterable[float]) -> tuple[str, ...]:
    one, other = short
    return hours(one), hours(other), _signed(other - one, 1)
