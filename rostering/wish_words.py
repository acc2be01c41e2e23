"""Wishes in words, within a sentence."""

from __future__ import annotations

from collections.abc import Collection

from rostering.problem import Problem
from rostering.wishes import DaysWish, LongWish, RunWish
from rostering.words import clock_words, count_words, day_words, listed_words

WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")

A_DAY = 1440


def long_wish_words(problem: Problem, wish: LongWish) -> str:
    """What a wish asks for, such as `a start at 10:00 or later on Tuesdays`."""
    if isinstance(wish, RunWish):
        return run_words(wish)
    return f"{_asked(wish)} {days_words(problem, wish.days)}".strip()


def points_words(points: int, counts: int) -> str:
    """What a wish was given and what that counts for, such as `5 points, which count for 6`."""
    said = count_words(points, "point")
    if counts == points:
        return said
    return f"{said}, which {'counts' if points == 1 else 'count'} for {counts}"


def run_words(wish: RunWish) -> str:
    """Days in a row, such as `at most 4 days of work in a row`."""
    what = "day of work" if wish.of == "work" else "day off"
    many = what.replace("day", "days", 1)
    if wish.longest is not None:
        return f"at most {count_words(wish.longest, what, many)} in a row"
    return f"at least {count_words(wish.shortest or 0, what, many)} in a row"


def times_words(earliest: int | None, latest: int | None) -> str:
    """Times, such as `a start at 09:00 or later and a finish by 16:00`."""
    said = []
    if earliest is not None:
        said.append(f"a start at {clock_words(earliest)} or later")
    if latest is not None:
        on = " the day after" if latest > A_DAY else ""
        said.append(f"a finish by {clock_words(latest % A_DAY)}{on}")
    return " and ".join(said)


def _asked(wish: DaysWish) -> str:
    kinds = " or ".join(sorted(wish.kinds))
    if wish.has_times:
        return times_words(wish.earliest, wish.latest)
    if kinds:
        return f"{kinds} shifts alone" if wish.wants else f"no {kinds}"
    return "to be off"


def days_words(problem: Problem, days: Collection[int]) -> str:
    """Days, such as `on Tuesdays`, `on Monday 4 January` or `from … to …`."""
    ordered = sorted(days)
    if len(ordered) == problem.days:
        return "in the whole period"
    weekdays = sorted({problem.weekday(day) for day in ordered})
    every = [day for day in range(problem.days) if problem.weekday(day) in weekdays]
    if len(ordered) > 1 and every == ordered:
        return f"on {listed_words([WEEKDAYS[weekday] for weekday in weekdays])}"
    if ordered[-1] - ordered[0] + 1 == len(ordered) > 1:
        return f"from {day_words(problem, ordered[0])} to {day_words(problem, ordered[-1])}"
    if len(ordered) <= 3:
        return f"on {listed_words([day_words(problem, day) for day in ordered])}"
    return f"on {count_words(len(ordered), 'day')}"
