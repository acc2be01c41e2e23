"""Counts of a file that are hard to believe: told, and left out where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import click
import numpy as np

from app.web.words import count, listed
from forecasting.calendar import Calendar
from forecasting.cleaning.doubtful import doubtful_before, is_certain, without
from forecasting.cleaning.finding import Finding
from forecasting.cleaning.wording import day_words
from forecasting.series import History

LEAVE_OUT = "--leave-out-doubtful"
"""The option."""

MOST_TOLD = 3
"""Findings of a queue that are told one by one: those with the most calls in question."""

leave_out_option = click.option(
    LEAVE_OUT,
    is_flag=True,
    help="Learn nothing from outages and doubled days that are certain.",
)


def learned_from(
    counts: History, start: np.datetime64, calendar: Calendar, *, leave_out: bool
) -> tuple[History, tuple[str, ...]]:
    """The counts to learn from, and what is hard to believe in them, a sentence each.

    Args:
        counts: of the file.
        start: beginning of the forecast; nothing after it is looked at.
        calendar: the room's zone, holidays and events.
        leave_out: whether what is certain is taken as not observed.
    """
    found = doubtful_before(counts, start, calendar)
    certain = {queue: list(filter(is_certain, each)) for queue, each in found.items()}
    words = tuple(
        line for queue, each in found.items() for line in _told(queue, each, counts, calendar)
    )
    if leave_out:
        return without(counts, certain), (*words, *_left_out(certain))
    if not words:
        return counts, ()
    advice = (
        f"; with {LEAVE_OUT} nothing is learned from outages and doubled days that are certain"
        if any(certain.values())
        else ""
    )
    return counts, (*words, f"Doubtful counts are learned from as they stand{advice}.")


def _told(
    queue: str, findings: Sequence[Finding], counts: History, calendar: Calendar
) -> Iterator[str]:
    """A queue's findings, those that weigh most one by one, in order of time."""
    weighed = sorted(findings, key=lambda each: -abs(each.observed - each.expected))
    told = weighed[:MOST_TOLD]
    for each in findings:
        if each in told:
            yield f"Queue {queue}, doubtful: {each.words}"
    rest = weighed[MOST_TOLD:]
    if rest:
        series = counts[queue]
        local = calendar.local(series.start, series.interval_minutes, len(series))
        days = sorted(local.date[each.first] for each in rest)
        ends = dict.fromkeys(map(day_words, (days[0], days[-1])))
        on = f"from {' to '.join(ends)}" if len(ends) > 1 else f"on {next(iter(ends))}"
        yield f"Queue {queue}, doubtful: {len(rest)} more, {on}."


def _left_out(certain: Mapping[str, Sequence[Finding]]) -> Iterator[str]:
    """How much is left out."""
    kinds = [each.kind for found in certain.values() for each in found]
    numbers = {"outage": kinds.count("outage"), "doubled day": kinds.count("doubled")}
    parts = [count(many, words) for words, many in numbers.items() if many]
    yield (
        f"Nothing is learned from {listed(parts)}."
        if parts
        else "No outage and no doubled day is certain: all counts are learned from."
    )
