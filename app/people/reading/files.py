"""CSV files of people, recognised by their heads; one row a thing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from app.errors import invalid
from app.people.reading.fields import (
    Read,
    one_of,
    read_day,
    read_instant,
    read_minutes,
    read_text,
)
from app.people.values import (
    TERM_KINDS,
    At,
    Refusal,
    Row,
    Stated,
    StatedContract,
    StatedId,
    StatedOfficer,
    StatedShift,
    StatedSkill,
    StatedTerm,
    Told,
    canonical_value,
    canonical_weekdays,
)

MOST_ROWS = 200_000
"""Rows an import: two years of shifts of a room of 500 fit."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its field, how it is read, and what a blank means (`...`: it may not be blank)."""

    field: str
    read: Read
    blank: object = ...


Layout = Mapping[str, Column]
"""Columns by their name in the head."""

NUMBER = Column("number", read_text)
FROM, UNTIL = Column("from_day", read_day), Column("until_day", read_day, None)

LAYOUTS: tuple[tuple[type[Stated], Layout], ...] = (
    (
        StatedOfficer,
        {
            "number": NUMBER,
            "name": Column("name", read_text),
            "grade": Column("grade", read_text),
            "employment": Column("employment", one_of("officer", "staff")),
            "started": Column("started", read_day),
            "left": Column("left", read_day, None),
            "team": Column("team", read_text, None),
        },
    ),
    (
        StatedSkill,
        {"number": NUMBER, "skill": Column("skill", read_text), "from": FROM, "until": UNTIL},
    ),
    (
        StatedContract,
        {
            "number": NUMBER,
            "from": FROM,
            "until": UNTIL,
            "hours_per_week": Column("weekly_minutes", read_minutes),
        },
    ),
    (
        StatedTerm,
        {
            "number": NUMBER,
            "from": FROM,
            "until": UNTIL,
            "term": Column("term", one_of(*TERM_KINDS)),
            "weekdays": Column("weekdays", read_text, ""),
            "value": Column("value", read_text, ""),
        },
    ),
    (
        StatedShift,
        {
            "number": NUMBER,
            "start": Column("start", read_instant),
            "end": Column("end", read_instant),
            "kind": Column("kind", read_text),
            "code": Column("code", read_text, ""),
            "state": Column("state", one_of("published", "worked")),
        },
    ),
    (
        StatedId,
        {"number": NUMBER, "system": Column("system", read_text), "id": Column("id", read_text)},
    ),
)
"""What a file can be about; a column that may be blank may be absent as well."""


def read_files(files: Mapping[str, str], zone: str) -> Told:
    """What files of people say.

    Args:
        files: their text by their name.
        zone: IANA time zone of times without an offset.

    Raises:
        InvalidInput: when a file is not one of people, or there is too much.
    """
    local = ZoneInfo(zone)
    rows: list[Row] = []
    refused: list[Refusal] = []
    aside: dict[str, tuple[str, ...]] = {}
    for file, text in files.items():
        lines, head = _open(file, text)
        stated, layout = _layout(file, head)
        if unknown := tuple(name for name in head if name and name not in layout):
            aside[file] = unknown
        for line, fields in lines:
            read = _Line(At(file, line), head, fields, layout, local)
            said = read.said()
            if said is not None and stated is StatedTerm:
                said = read.settled(said)
            refused += read.refused
            if said is not None:
                rows.append(Row(read.at, stated(**said)))
            if len(rows) > MOST_ROWS:
                raise invalid(file, f"Give at most {MOST_ROWS} rows at once.")
    return Told(tuple(rows), tuple(refused), aside, tuple(files))


def _open(file: str, text: str) -> tuple[Iterator[tuple[int, list[str]]], list[str]]:
    """The numbered lines that hold something, and the head before them."""
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    lines = _numbered(file, reader)
    _, names = next(lines, (1, []))
    return lines, [name.lower() for name in names]


def _numbered(file: str, reader: Any) -> Iterator[tuple[int, list[str]]]:
    while True:
        try:
            fields = [field.strip() for field in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise invalid(file, f"Line {reader.line_num} is not CSV: {error}.") from error
        if any(fields):
            yield reader.line_num, fields


def _layout(file: str, head: list[str]) -> tuple[type[Stated], Layout]:
    """What the file is about: the layout that has all it needs in the head, the longest first."""
    fitting = [
        (stated, layout)
        for stated, layout in LAYOUTS
        if all(name in head for name, column in layout.items() if column.blank is ...)
    ]
    if not fitting:
        raise invalid(file, f"Its first line must name columns: {_heads()}.")
    named = [name for name in head if name]
    if len(named) != len(set(named)):
        raise invalid(file, "Its first line names a column twice.")
    return max(fitting, key=lambda each: len(each[1]))


def _heads() -> str:
    return "; or ".join(",".join(layout) for _, layout in LAYOUTS)


@dataclass(slots=True)
class _Line:
    """One line being read; what cannot be read gathers in `refused`."""

    at: At
    head: list[str]
    fields: list[str]
    layout: Layout
    zone: ZoneInfo
    refused: tuple[Refusal, ...] = ()

    def said(self) -> dict[str, Any] | None:
        """The fields of the statement, or None when one of them cannot be read."""
        if len(self.fields) > len(self.head):
            self._refuse("", "There are more fields than columns: put commas in quotes.")
        given = dict(zip(self.head, self.fields, strict=False))
        said = {
            column.field: self._read(name, column, given.get(name, ""))
            for name, column in self.layout.items()
        }
        return None if self.refused else said

    def settled(self, said: dict[str, Any]) -> dict[str, Any] | None:
        """A term in the form that is kept, or None when what it says cannot be read."""
        for name, settle in (("weekdays", canonical_weekdays), ("value", canonical_value)):
            try:
                said[name] = settle(said["term"], said[name])
            except ValueError as error:
                self._refuse(name, str(error))
        return None if self.refused else said

    def _read(self, name: str, column: Column, given: str) -> object:
        if not given:
            if column.blank is ...:
                self._refuse(name, "Say this; it is needed.")
            return column.blank
        try:
            return column.read(given, self.zone)
        except ValueError as error:
            self._refuse(name, str(error))
            return None

    def _refuse(self, column: str, words: str) -> None:
        self.refused = (*self.refused, Refusal(self.at, column, words))
