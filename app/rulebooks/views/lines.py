"""Tables of a rulebook on a form: bands of notice, and breaks by length of tour, a line each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import Place
from app.rulebooks.service import FORMS, REST_DAY
from app.rulebooks.views.form import PREFIX

SPARE = 2
"""Empty lines after those that are there."""

ANSWERED = "asked"
"""The rate of a band that the force answers."""

NEEDED = {
    "below": "Give whole days, or leave it empty in the last line.",
    "from_minutes": "Give whole minutes.",
    "minutes": "Give whole minutes.",
}

_WHOLE = re.compile(r"\d{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a line; `options` where it is one of several."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "bands": (
        Column("below", "Under, clear days"),
        Column("form", "Earns", (("", "nothing chosen"), *FORMS.items())),
        Column("rate", "Times plain pay"),
    ),
    "steps": (
        Column("from_minutes", "Tour from, minutes"),
        Column("minutes", "Break, minutes"),
    ),
}
"""By name of a table, its columns."""

HINTS: Mapping[str, str] = {
    "bands": "The last line has no days: it holds for all the rest. A rate such as 3/2; none for "
    "another rest day.",
    "steps": "The shortest first.",
}

Typed = Mapping[str, str]
"""One line as it stands on the form, by column."""


def shown_lines(name: str, value: Sequence[Mapping[str, object]]) -> list[Typed]:
    """The lines of a table as the form shows them, with some empty ones after them."""
    return _spared(name, [_shown(name, line) for line in value])


def _shown(name: str, line: Mapping[str, object]) -> Typed:
    typed = {column.name: str(line.get(column.name, "")) for column in COLUMNS[name]}
    if REST_DAY in line:
        typed["form"] = REST_DAY
    if typed.get("rate") == ANSWERED:
        typed["rate"] = ""
    return typed


def typed_lines(name: str, form: Mapping[str, str]) -> list[Typed]:
    """The lines of a table that a form gives, without those that are empty."""
    lines: dict[int, dict[str, str]] = {}
    for column in COLUMNS[name]:
        for key, text in form.items():
            before, _, at = key.removesuffix(f"-{column.name}").rpartition("-")
            if key == f"{PREFIX}{name}-{at}-{column.name}" and before and _WHOLE.fullmatch(at):
                lines.setdefault(int(at), {})[column.name] = text.strip()
    empty = dict.fromkeys((column.name for column in COLUMNS[name]), "")
    return [{**empty, **lines[at]} for at in sorted(lines) if any(lines[at].values())]


def refused_lines(name: str, form: Mapping[str, str]) -> list[Typed]:
    """The lines of a form that was refused, with some empty ones after them."""
    return _spared(name, typed_lines(name, form))


def _spared(name: str, lines: list[Typed]) -> list[Typed]:
    return lines + [dict.fromkeys((column.name for column in COLUMNS[name]), "")] * SPARE


def read_lines(
    name: str, lines: Sequence[Typed], is_answered: bool, faults: list[Place]
) -> list[Any]:
    """A table as it is kept.

    Args:
        name: of the table.
        lines: as typed.
        is_answered: whether a band without a rate has the one that the force answers.
        faults: gets what is wrong, at the fields of the form.
    """
    return [_read(name, at, line, is_answered, faults) for at, line in enumerate(lines)]


def _read(
    name: str, at: int, line: Typed, is_answered: bool, faults: list[Place]
) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for column, text in line.items():
        if column not in NEEDED:
            found |= {column: text} if text else {}
        elif _WHOLE.fullmatch(text):
            found[column] = int(text)
        elif text or name != "bands":
            faults.append(Place(f"{PREFIX}{name}-{at}-{column}", NEEDED[column]))
    if found.get("form") == REST_DAY:
        del found["form"]
        found[REST_DAY] = True
    elif name == "bands" and "rate" not in found and is_answered:
        found["rate"] = ANSWERED
    return found
