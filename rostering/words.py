"""How the library speaks of days, times and lengths: plain English, 24-hour, local time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rostering.problem import Problem, Tour


def day_words(problem: Problem, day: int) -> str:
    """A local day, such as `Friday 18 December`."""
    date = problem.date_of(day)
    return f"{date:%A} {date.day} {date:%B}"


def time_words(problem: Problem, instant: int) -> str:
    """The local time of an instant, such as `06:30`."""
    local = datetime.fromtimestamp(instant * 60, tz=UTC).astimezone(ZoneInfo(problem.zone))
    return f"{local:%H:%M}"


def clock_words(minute: int) -> str:
    """A time of day given in minutes after midnight, such as `06:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def tour_words(problem: Problem, tour: Tour) -> str:
    """A tour, such as `Friday 18 December 22:00 to 06:00`."""
    return (
        f"{day_words(problem, tour.day)} "
        f"{time_words(problem, tour.start)} to {time_words(problem, tour.end)}"
    )


def hours_words(minutes: int) -> str:
    """A length of time, such as `9 h`, `9 h 15 min` or `45 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def count_words(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun, such as `1 day` or `3 days`."""
    return f"{number} {one if number == 1 else (many or one + 's')}"


def price_words(weight: int | Sequence[int] | None) -> str:
    """What breaking a rule costs: `always kept` without a price, else such as `5 points each`."""
    if weight is None:
        return "always kept"
    steps = [weight] if isinstance(weight, int) else list(weight)
    if not any(steps):
        return "told, without a price"
    if len(steps) == 1:
        return f"{count_words(steps[0], 'point')} each"
    return f"{', '.join(map(str, steps))} points, rising"


def listed_words(words: Sequence[str]) -> str:
    """Words as a list in a sentence, such as `999, 101 and dispatch`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
