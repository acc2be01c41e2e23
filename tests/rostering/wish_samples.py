"""Arbitrary wishes, and cases at the limit of those over several days."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from rostering.problem import Preference, Shift
from rostering.rules.long_wishes import LongWishes
from rostering.wishes import DaysWish, LongWish, RunWish
from tests.rostering.boundary import NIGHT, PLAIN, WORK, Boundary, in_a_row, starting


def one_day_wishes(days: int) -> st.SearchStrategy[Preference]:
    """Wishes about one day of a period."""
    return st.builds(
        Preference,
        day=st.integers(0, days - 1),
        points=st.integers(1, 9),
        wants=st.booleans(),
        shifts=st.sampled_from([frozenset(), frozenset({"E", "L"})]),
        kinds=st.sampled_from([frozenset(), frozenset({"night"})]),
    )


def long_wishes(days: int) -> st.SearchStrategy[LongWish]:
    """Wishes about several days of a period: kinds, times, days off, and days in a row."""
    some = st.frozensets(st.integers(0, days - 1), min_size=1)
    points = st.integers(1, 9)
    kinds = st.sampled_from([frozenset({"night"}), frozenset({"early", "late"})])
    clock = st.sampled_from([None, 420, 500, 960, 1440, 1800])
    in_row = {"longest": st.integers(1, 4)}, {"shortest": st.integers(2, 5)}
    return st.one_of(
        st.builds(DaysWish, some, points),
        st.builds(DaysWish, some, points, st.booleans(), kinds),
        st.builds(DaysWish, some, points, earliest=clock, latest=clock),
        *(st.builds(RunWish, points, **own) for own in in_row),
        st.builds(RunWish, points, of=st.just("rest"), shortest=st.integers(2, 5)),
    )


def wish_boundaries() -> list[Boundary]:
    """Every case, those of one limit side by side; a wish has six points."""
    return [*_by_the_clock(), *_by_the_day(), *_in_a_row()]


def _case(wish: LongWish, line: dict[int, int], excess: int, *shifts: Shift) -> Boundary:
    officer = replace(PLAIN, long_wishes=(wish,))
    return Boundary(LongWishes(), officer, shifts or (WORK,), line, excess)


def _by_the_clock() -> list[Boundary]:
    """A start at 09:00 or later and a finish by 17:00, on two days."""
    cases = []
    days = frozenset({3, 4})
    for late in (-15, 0, 15):
        early = DaysWish(days, 6, earliest=9 * 60)
        cases.append(_case(early, {3: 0}, int(late < 0), starting(9 * 60 + late)))
        done = DaysWish(days, 6, latest=17 * 60)
        cases.append(_case(done, {3: 0}, int(late > 0), starting(9 * 60 + late)))
    half = DaysWish(days, 6, earliest=11 * 60)
    # Four of eight hours of one of two days are a quarter: two points of six.
    cases.append(_case(half, {3: 0}, 2, starting(7 * 60)))
    # A night begins late enough, and ends the day after.
    cases.append(_case(half, {3: 0, 4: 0}, 0, NIGHT))
    cases.append(_case(DaysWish(days, 6, latest=30 * 60), {3: 0, 4: 0}, 0, NIGHT))
    cases.append(_case(DaysWish(days, 6, latest=16 * 60), {3: 0, 4: 0}, 6, NIGHT))
    return cases


def _by_the_day() -> list[Boundary]:
    """Four days off, or without nights, or with them alone."""
    days = frozenset({3, 4, 5, 6})
    off = DaysWish(days, 6)
    night = frozenset({"night"})
    return [
        _case(off, {2: 0, 7: 0}, 0),
        _case(off, {3: 0}, 2),
        _case(off, {3: 0, 6: 0}, 3),
        _case(off, in_a_row(4), 6),
        _case(DaysWish(days, 6, kinds=night), {3: 0, 4: 1}, 2, WORK, NIGHT),
        _case(DaysWish(days, 6, wants=True, kinds=night), {3: 0, 4: 1}, 2, WORK, NIGHT),
        _case(DaysWish(days, 6, wants=True, kinds=night), {}, 0, WORK, NIGHT),
    ]


def _in_a_row() -> list[Boundary]:
    """Over four weeks: days in a row that are missed by four days cost all six points."""
    short = RunWish(6, longest=3)
    long = RunWish(6, shortest=3)
    off = RunWish(6, of="rest", shortest=3)
    return [
        _case(short, in_a_row(3), 0),
        _case(short, in_a_row(4), 2),
        _case(short, in_a_row(7), 6),
        _case(short, in_a_row(9), 6),
        _case(long, in_a_row(3), 0),
        _case(long, in_a_row(2), 2),
        _case(long, in_a_row(1) | in_a_row(1, 10), 6),
        _case(off, in_a_row(2) | in_a_row(2, 8), 0),
        _case(off, in_a_row(2) | in_a_row(2, 7), 2),
    ]
