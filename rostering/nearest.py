"""What the nearest roster breaks, where none keeps every rule: told without any solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rostering.pins import contradictions
from rostering.problem import Problem
from rostering.rules.base import Breach
from rostering.verify import Verdict
from rostering.words import count_words

MOST_TOLD = 12
"""Breaches, pins and officers that are told one by one; of more the number."""

PART, LEAST_SECONDS, MOST_SECONDS = 10, 1.0, 10.0
"""Of the time of a search, a tenth more may go into telling why it ended as it did."""


def explaining_seconds(searching: float) -> float:
    """Seconds for finding out why people are missing, or why no roster is lawful."""
    return min(max(searching / PART, LEAST_SECONDS), MOST_SECONDS)


def nearest_words(
    problem: Problem, verdict: Verdict, searched: float, *, came_to_any: bool = True
) -> Iterator[str]:
    """Say that no lawful roster was found, and what the nearest one breaks.

    Args:
        problem: what was asked.
        verdict: of the nearest roster.
        searched: seconds that the search took.
        came_to_any: whether the search had come to any roster by then.
    """
    breaches = verdict.hard
    yield f"No roster that keeps every rule was found in {searched:.0f} s."
    if not came_to_any:
        yield (
            "The search had come to no roster at all by then, so only what is fixed is worked: "
            "give it more time."
        )
    yield f"The nearest one breaks {_rules(problem, breaches)}."
    if not problem.shifts:
        yield "There is no shift template, so that nobody can work."
    yield from first_told([breach.words for breach in breaches], "breach", "breaches")
    at_fault = {breach.officer for breach in breaches if breach.officer is not None}
    pins = [f"What is fixed cannot be kept. {each}" for each in contradictions(problem, at_fault)]
    yield from first_told(pins, "fixed day like this", "fixed days like this")


def first_told(sentences: Sequence[str], one: str, many: str) -> Iterator[str]:
    """The first of many sentences, and how many more there are."""
    yield from sentences[:MOST_TOLD]
    if (more := len(sentences) - MOST_TOLD) > 0:
        yield f"And {count_words(more, 'more ' + one, 'more ' + many)}."


def _rules(problem: Problem, breaches: Sequence[Breach]) -> str:
    titles = {rule.code: rule.title for rule in problem.rules}
    counted = Counter(titles[breach.rule] for breach in breaches)
    rules = ", ".join(f"{title} {count_words(n, 'time')}" for title, n in counted.items())
    return f"{count_words(len(counted), 'rule')}: {rules}"
