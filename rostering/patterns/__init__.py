"""Patterns: repeating lines of shifts and rest days, written, looked at, checked and rolled out.

Everything here is free of the database and of OR-Tools.
"""

from __future__ import annotations

from rostering.patterns.cover import (
    QUARTERS,
    Need,
    fewest_teams,
    people_for_each,
    suggested_offsets,
    teams_on_duty,
)
from rostering.patterns.facts import Facts, facts_of
from rostering.patterns.judging import PatternBreach, breaches_of
from rostering.patterns.notation import read_line, read_times, symbol_of, write_line, write_times
from rostering.patterns.pattern import FREE, LETTERS, MOST_DAYS, Pattern, place_on
from rostering.patterns.shipped import ShippedPattern, shipped_patterns

__all__ = [
    "FREE",
    "LETTERS",
    "MOST_DAYS",
    "QUARTERS",
    "Facts",
    "Need",
    "Pattern",
    "PatternBreach",
    "ShippedPattern",
    "breaches_of",
    "facts_of",
    "fewest_teams",
    "people_for_each",
    "place_on",
    "read_line",
    "read_times",
    "shipped_patterns",
    "suggested_offsets",
    "symbol_of",
    "teams_on_duty",
    "write_line",
    "write_times",
]
