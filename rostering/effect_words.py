"""An effect in sentences: the verdict, and what becomes of the cover."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rostering.effect import CoverChange, Effect, LineEffect
from rostering.problem import Problem
from rostering.words import count_words, day_words, hours_words, listed_words, time_words

SMALL = ("nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def verdict_words(effect: Effect) -> str:
    """The verdict on a change, such as `No breach. Rest before: 31 h. Rest after: 15 h.`."""
    if not effect.is_allowed:
        return " ".join(_refusal(effect))
    return " ".join(_leave(effect))


def _refusal(effect: Effect) -> Iterator[str]:
    yield f"Not kept: {effect.made[0].words}"
    if others := len(effect.made) - 1:
        yield f"It breaks the rules in {count_words(others, 'more place')}."


def _leave(effect: Effect) -> Iterator[str]:
    yield "No new breach." if effect.remaining else "No breach."
    if effect.cleared:
        yield f"It mends {count_words(len(effect.cleared), 'breach', 'breaches')}."
    for line in effect.lines:
        yield from _rest_words(line, named=len(effect.lines) > 1)


def _rest_words(line: LineEffect, *, named: bool) -> Iterator[str]:
    """The rest around the one new tour of a line; of several, the changes speak for themselves."""
    if len(line.rests) != 1:
        return
    rest = line.rests[0]
    for word, minutes in (("before", rest.before), ("after", rest.after)):
        if minutes is not None:
            whose = f"{line.officer.name}'s rest" if named else "Rest"
            yield f"{whose} {word}: {hours_words(minutes)}."


def cover_words(problem: Problem, change: CoverChange) -> str:
    """What becomes of the cover of a set of queues, such as `999 would be one short on …`."""
    day = int(np.searchsorted(problem.midnights, change.start, side="right")) - 1
    when = (
        f"on {day_words(problem, day)} "
        f"from {time_words(problem, change.start)} to {time_words(problem, change.end)}"
    )
    if change.role and change.after > 0:
        amount = f"{number_words(change.after)} {change.role} too few" if change.there else None
        return f"There would be {amount or f'no {change.role}'} {when}."
    asked = change.role or listed_words(change.queues)
    return f"{asked} would {_becomes(change)} {when}."


def _becomes(change: CoverChange) -> str:
    before, after = change.before, change.after
    if after > 0:
        amount = ("" if change.even else "up to ") + number_words(after)
        return f"be {amount} short" + (f" instead of {number_words(before)}" if before > 0 else "")
    if before > 0:
        return "no longer be short"
    return f"have {_spare(-after)} to spare instead of {_spare(-before)}"


def _spare(number: int) -> str:
    return number_words(number) if number else "none"


def number_words(number: int) -> str:
    """A whole number, in a word up to nine."""
    return SMALL[number] if 0 <= number < len(SMALL) else f"{number:,}"
