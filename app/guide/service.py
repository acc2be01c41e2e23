"""What the law, the handbooks and guidance ask, row by row, and what Parade makes of each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

State = Literal["kept", "counted", "asked", "aside"]

STATE_WORDS: dict[State, str] = {
    "kept": "rule of the roster",
    "counted": "worked out and told",
    "asked": "asked of the force",
    "aside": "no matter of rosters",
}
"""What Parade makes of a row: it rosters by it; it tells or prices it; it asks; it leaves it."""

COUNTED: dict[State, str] = {
    "kept": "are rules of the roster",
    "counted": "are worked out and told",
    "asked": "are asked of the force",
    "aside": "are no matter of rosters",
}
"""The same of several rows, in a sentence."""

FILE = Path(__file__).with_name("rights.toml")


@dataclass(frozen=True, slots=True)
class Row:
    """One rule, right or piece of guidance.

    Attributes:
        id: how the list of sources numbers it.
        what: what it asks.
        state: what Parade makes of it.
        words: how, or why not.
        rules: codes of the rules that keep it.
        parts: sections of a rulebook that have its numbers.
        asks: numbers that the force is asked for.
    """

    id: str
    what: str
    state: State
    words: str
    rules: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one source."""

    title: str
    source: str
    rows: tuple[Row, ...]


@cache
def rights() -> tuple[Group, ...]:
    """Every row, by source."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Group(group["title"], group["source"], tuple(map(_row, group["rows"])))
        for group in told["groups"]
    )


def _row(told: dict[str, object]) -> Row:
    listed = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
    }
    return Row(**listed)  # type: ignore[arg-type]
