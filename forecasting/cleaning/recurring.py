"""Outages that come again at the same time of day are the queue's hours, and told once."""

from __future__ import annotations

import numpy as np

from forecasting.calendar import LocalTime
from forecasting.cleaning.finding import Finding
from forecasting.cleaning.wording import day_words, number, time_words

FEWEST = 4
"""Outages at the same time of day that make an hour's habit."""

_NEAR_DAYS = 8
"""Days within which the next one comes."""

_ALIKE = 0.5
"""Share of their time of day, together, that two must have in common."""


def as_hours(found: list[Finding], local: LocalTime) -> list[Finding]:
    """The findings, with each row of outages at the same time of day as one of kind `hours`."""
    others = [each for each in found if each.kind != "outage"]
    waiting = sorted((each for each in found if each.kind == "outage"), key=lambda each: each.first)
    while waiting:
        row = [waiting[0]]
        for each in waiting[1:]:
            near = int(local.day[each.first] - local.day[row[-1].first]) <= _NEAR_DAYS
            if near and _alike(row[0], each, local):
                row.append(each)
        waiting = [each for each in waiting if each not in row]
        others += [_as_one(row, local)] if len(row) >= FEWEST else row
    return others


def _alike(one: Finding, other: Finding, local: LocalTime) -> bool:
    """Whether two lie at about the same time of day, and neither fills a day."""
    if max(one.after - one.first, other.after - other.first) >= local.slots_per_day:
        return False
    slots = [set(local.slot[each.first : each.after].tolist()) for each in (one, other)]
    return len(slots[0] & slots[1]) >= _ALIKE * len(slots[0] | slots[1])


def _as_one(row: list[Finding], local: LocalTime) -> Finding:
    first, last = row[0], row[-1]
    expected = sum(each.expected for each in row)
    words = (
        f"No call between about {time_words(local, first.first)} and "
        f"{time_words(local, first.after)} on {len(row)} days from "
        f"{day_words(local.date[first.first])} to {day_words(local.date[last.after - 1])}, where "
        f"{number(expected)} were expected in all: the queue's hours may have changed."
    )
    surprise = float(np.sum([each.surprise for each in row]))
    return Finding("hours", first.first, last.after, 0.0, expected, words, surprise)
