"""How much of the burdens of a coming period falls to each officer.

A period brings about so much of each burden (`coming`), by what is needed. It is shared out pro
rata to the hours that officers are due in the period, among those who can carry it at all, less
what they carried beyond their share before. What they owe, or are owed, is made good over
`repaid_weeks`; of public holidays and Christmas, which are rare, at once:

    portion_i = level · hours_i − repaid · (carried_i − share_i)

between what is fixed already and twice the fair share, with the level at which the portions add up
to what comes; rounded to whole units by largest remainders. What comes is an estimate: where it is
too low, everybody has as much more to carry and is charged alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.duty import MINUTES_A_DAY
from rostering.fairness.portion import BURDENS, DATED, Burden, Portion
from rostering.fairness.unsocial import unsocial_minutes
from rostering.problem import Problem

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SMALL_HOURS = 300
"""Minutes after midnight until which whoever is needed works a night."""

HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Sharing:
    """How burdens are shared out.

    Attributes:
        kind: kind of shift that is a night.
        start, end: minutes after midnight from and to which hours are unsocial.
        repaid_weeks: weeks over which what somebody owes is made good.
        holidays: days of the period by burden of certain days; no entry where it has none.
    """

    kind: str
    start: int
    end: int
    repaid_weeks: int
    holidays: Mapping[Burden, frozenset[int]]


def with_portions(
    problem: Problem, over: Mapping[str, Mapping[Burden, float]], sharing: Sharing
) -> Problem:
    """The problem with the portion of each burden that falls to each officer.

    Args:
        problem: the period, without portions.
        over: by officer id what they carried beyond their share before, less than 0 where they owe,
            in tours, weekends or hours; nothing for whoever is new.
        sharing: how burdens are shared out.
    """
    allowed, total = Allowed.of(problem), coming(problem, sharing)
    portions: list[list[Portion]] = [[] for _ in problem.officers]
    for burden in BURDENS:
        if burden in DATED and burden not in sharing.holidays:
            continue
        worth = _worth(problem, burden, sharing)
        able = (allowed.shifts & (worth > 0)).any(axis=(1, 2))
        before = np.array([over.get(each.id, {}).get(burden, 0.0) for each in problem.officers])
        repaid = 1.0 if burden in DATED else min(problem.days / (7 * sharing.repaid_weeks), 1.0)
        least = _fixed(problem, allowed, burden, worth)
        hours = np.where(able, _hours(problem), 0.0)
        most = np.inf if burden not in DATED else float(len(sharing.holidays[burden]))
        mine = shared_out(total[burden], hours, repaid * before, least, most)
        days = sharing.holidays.get(burden, frozenset())
        for index in np.flatnonzero(able):
            portions[index].append(Portion(burden, int(mine[index]), days))
    return replace(
        problem,
        officers=tuple(
            replace(officer, portions=tuple(mine))
            for officer, mine in zip(problem.officers, portions, strict=True)
        ),
    )


def shared_out(total: float, hours: Floats, less: Floats, least: Floats, most: float) -> Ints:
    """Whole portions that add up to a total, as near as their limits let them.

    Args:
        total: what there is.
        hours: of each, 0 for whoever has no part in it, shape (officers,).
        less: by how much each portion is less than pro rata, shape (officers,).
        least: what each has anyway, shape (officers,).
        most: of anybody.
    """
    there = hours > 0
    if not there.any():
        return np.zeros(len(hours), dtype=np.int64)
    fair = total * hours / hours.sum()
    high = np.where(there, np.maximum(np.minimum(2 * fair + 1, most), least), 0.0)
    low = np.where(there, least, 0.0)

    def at(level: float) -> Floats:
        portions: Floats = np.clip(level * hours - less, low, high)
        return portions

    each = np.where(there, hours, 1.0)
    bottom = float(np.where(there, (low + less) / each, np.inf).min())
    top = float(np.where(there, (high + less) / each, -np.inf).max())
    for _ in range(HALVINGS):
        middle = (bottom + top) / 2
        bottom, top = (middle, top) if at(middle).sum() < total else (bottom, middle)
    exact = at(top)
    whole = np.floor(exact + 1e-9)
    left = round(np.ceil(exact.sum() - 1e-6) - whole.sum())
    # Those with the largest part of a unit left get one, of equal ones whoever owes most.
    order = np.lexsort((less, -(exact - whole)))
    open_ = [index for index in order if there[index] and whole[index] < high[index]]
    whole[open_[:left]] += 1
    return whole.astype(np.int64)


def coming(problem: Problem, sharing: Sharing) -> dict[Burden, float]:
    """About how much of each burden a period brings: nights, weekends, hours, tours on holidays.

    It follows from the people needed, no more than contracts hold. A weekend is taken to be worked
    on both of its days; a night is whoever is needed in the small hours.
    """
    days, starts = _needed(problem)
    minutes = days.sum()
    due = _hours(problem).sum()
    if not minutes:
        return dict.fromkeys(BURDENS, 0.0)
    within = min(due / minutes, 1.0)
    tour = float(np.mean([shift.minutes for shift in problem.shifts]))
    by_day = within * days.sum(axis=1)
    weekend = np.array([problem.weekday(day) >= 5 for day in range(problem.days)])
    unsocial = _between(starts, sharing.start, sharing.end)
    small = _between(starts, 0, SMALL_HOURS)
    found: dict[Burden, float] = {
        "nights": within * float(days[:, small].sum()) / SMALL_HOURS,
        "weekends": float(by_day[weekend].sum()) / tour / 2,
        "unsocial_hours": within * float(days[:, unsocial].sum()) / 60,
        "public_holidays": 0.0,
        "christmas": 0.0,
    }
    for burden, dates in sharing.holidays.items():
        found[burden] = float(by_day[sorted(dates)].sum()) / tour
    return found


# --- inside -------------------------------------------------------------------------------------

STEP = 15


def _needed(problem: Problem) -> tuple[Floats, Ints]:
    """Person-minutes needed in each quarter hour, shape (days, 96), and the quarters' starts."""
    slots = MINUTES_A_DAY // STEP
    people = np.zeros((problem.days, slots))
    for cover in problem.cover:
        if cover.role:
            continue
        asked = np.zeros_like(people)
        at = (cover.start - problem.midnight(0)) + cover.interval_minutes * np.arange(
            len(cover.required)
        )
        for part in range(max(cover.interval_minutes // STEP, 1)):
            # A clock change shifts the rest of a period by an hour, which no share depends on.
            slot = (at + part * STEP) // STEP
            there = (slot >= 0) & (slot < people.size)
            asked.reshape(-1)[slot[there]] = cover.required[there]
        people = np.maximum(people, asked)
    for need in problem.shift_cover:
        shift = problem.shifts[problem.shift_index[need.shift]]
        for minute in range(shift.start, shift.start + shift.minutes, STEP):
            place = (need.day * MINUTES_A_DAY + minute) // STEP
            if place < people.size:
                people.reshape(-1)[place] += need.required
    return people * STEP, np.arange(slots, dtype=np.int64) * STEP


def _between(minutes: Ints, start: int, end: int) -> Flags:
    if end < start:
        return np.asarray((minutes >= start) | (minutes < end))
    return np.asarray((minutes >= start) & (minutes < end))


def _hours(problem: Problem) -> Floats:
    """Minutes that each officer is due in the period, half way between the least and the most."""
    return np.array([(o.least_minutes + o.most_minutes) / 2 for o in problem.officers])


def _worth(problem: Problem, burden: Burden, sharing: Sharing) -> Ints:
    """Units of a burden in each tour there can be, shape (days, shifts); hours in minutes."""
    days, shifts = np.arange(problem.days), problem.shifts
    if burden == "nights":
        of_shift = [int(shift.kind == sharing.kind) for shift in shifts]
    elif burden == "unsocial_hours":
        window = sharing.start, sharing.end
        of_shift = [unsocial_minutes(shift.start, shift.minutes, *window) for shift in shifts]
    else:
        of_shift = [1] * len(shifts)
    if burden == "weekends":
        of_day = np.array([problem.weekday(day) >= 5 for day in days.tolist()])
    elif burden in DATED:
        of_day = np.isin(days, sorted(sharing.holidays[burden]))
    else:
        of_day = np.ones(problem.days, dtype=bool)
    return of_day[:, None] * np.array(of_shift, dtype=np.int64)


def _fixed(problem: Problem, allowed: Allowed, burden: Burden, worth: Ints) -> Floats:
    """What each officer has of a burden whatever is chosen, shape (officers,)."""
    must = ~allowed.rest
    least = np.where(allowed.shifts, worth, 2**40).min(axis=2, initial=2**40)
    by_day = np.where(must & (least < 2**40), least, 0)
    if burden == "weekends":
        first = problem.weekday(0)
        weeks = (np.arange(problem.days) + first) // 7
        return np.array([len(np.unique(weeks[row > 0])) for row in by_day], dtype=np.float64)
    total: Floats = by_day.sum(axis=1) / (60.0 if burden == "unsocial_hours" else 1.0)
    return total
