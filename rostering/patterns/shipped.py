"""The patterns that come with the library: `shipped.toml`, dated, each with its source."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rostering.files.node import Node, read_toml
from rostering.patterns.notation import read_line, read_times
from rostering.patterns.pattern import MOST_DAYS, Pattern

FILE = Path(__file__).parent / "shipped.toml"


@dataclass(frozen=True)
class ShippedPattern:
    """A pattern that comes with the library.

    Attributes:
        code: its name in files and in the programming interface.
        pattern: the pattern, at times that are an example.
        teams: how many teams it is made for.
        source: where the line comes from, and what of it is assumed.
        dated: the day on which the sources were read.
    """

    code: str
    pattern: Pattern
    teams: int
    source: str
    dated: dt.date


@cache
def shipped_patterns() -> tuple[ShippedPattern, ...]:
    """The patterns that come with the library, in the order of their file."""
    entries = read_toml(FILE).entries()
    dated = entries.pop("dated").date()
    return tuple(_shipped(code, node, dated) for code, node in entries.items())


def _shipped(code: str, node: Node, dated: dt.date) -> ShippedPattern:
    found = node.fields(("title", "line", "times", "teams", "source"))
    shifts = read_times(found["times"].text())
    days = read_line(found["line"].text(), (shift.code for shift in shifts))
    return ShippedPattern(
        code=code,
        pattern=Pattern(found["title"].text(), days, shifts),
        teams=found["teams"].whole(1, MOST_DAYS),
        source=found["source"].text(),
        dated=dated,
    )
