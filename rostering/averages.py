"""Averages over rolling weeks: which spans are judged, and what each of them leaves to the period.

The span that ends on each day of the period is judged, where it is known from its first day on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rostering.personal import WorkingTime
from rostering.problem import Officer, Problem

WEEK = 7


@dataclass(frozen=True, slots=True)
class Left:
    """What a span of days leaves to the days of it that lie in the period.

    Attributes:
        days: those days.
        minutes: what may be worked on them, the most of the span less what history holds.
    """

    days: range
    minutes: int


def counted_days(terms: WorkingTime, first: int, last: int) -> int:
    """Days of a span that no stretch leaves out, of those from `first` to `last`."""
    if not terms.left_out:
        return last - first + 1
    left_out = {
        day
        for stretch in terms.left_out
        for day in range(max(stretch.first, first), min(stretch.last, last) + 1)
    }
    return last - first + 1 - len(left_out)


def elsewhere_sevenths(terms: WorkingTime, first: int, last: int) -> int:
    """Minutes of other jobs from day `first` to day `last`, times seven to stay whole."""
    return sum(job.weekly_minutes * job.days.shared(first, last) for job in terms.elsewhere)


def binding(problem: Problem, spans: Iterator[Left]) -> Iterator[Left]:
    """The spans that some line could break, though it had the longest shift on every day."""
    longest = (problem.ends - problem.starts).max(axis=1, initial=0).tolist()
    for left in spans:
        if sum(longest[left.days.start : left.days.stop]) > left.minutes:
            yield left


def judged_spans(problem: Problem, officer: Officer, weeks: int) -> Iterator[tuple[int, int]]:
    """First and last day of each span of so many weeks that is judged."""
    days = WEEK * weeks
    for last in range(max(officer.known_from + days - 1, 0), problem.days):
        yield last - days + 1, last
