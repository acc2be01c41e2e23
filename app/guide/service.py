"""The guide: its chapters, and what the law asks of rosters with what Parade makes of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a chapter.

    Attributes:
        title: its heading.
        text: its paragraphs.
        link: address and words of where that is done; `{room}` stands for a control room.
    """

    title: str
    text: tuple[str, ...]
    link: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the guide.

    Attributes:
        key: its place in the address.
        title: its name.
        readers: everyone, or those who plan alone.
        answer: what it comes to, in a sentence.
        parts: its pieces, in order.
    """

    key: str
    title: str
    readers: Literal["all", "staff"]
    answer: str
    parts: tuple[Part, ...]


CHAPTERS = Path(__file__).with_name("chapters.toml")


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every chapter, in the order in which they are read."""
    told = tomllib.loads(CHAPTERS.read_text(encoding="utf-8"))
    return tuple(
        Chapter(
            each["key"],
            each["title"],
            each["readers"],
            each["answer"],
            tuple(_part(part) for part in each["part"]),
        )
        for each in told["chapter"]
    )


def _part(told: Mapping[str, Sequence[str]]) -> Part:
    title, text, link = told["title"], told["text"], told.get("link")
    return Part(str(title), tuple(text), (link[0], link[1]) if link else None)
