"""What a rulebook says beside its rules: notice and its price, leave, breaks, publishing ahead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import InvalidInput, Place
from app.rulebooks.service import (
    BookInForce,
    Number,
    Said,
    number_words,
    part_label,
    part_said_words,
    part_title,
)
from app.rulebooks.views import lines
from app.rulebooks.views.form import GIVE, HOURS_FROM, PREFIX, day_of
from app.rulebooks.views.listing import coming_words, on
from rostering.rulebooks.parts import Part, parts_of

YES_NO = (("yes", "yes"), ("no", "no"))

_NUMBER = re.compile(r"\d{1,7}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a book on a day.

    Attributes:
        numbers: label and words of each number.
        own: what is the force's own about it, in sentences.
        coming: what will be, in sentences.
    """

    path: str
    title: str
    numbers: tuple[tuple[str, str], ...]
    own: tuple[str, ...]
    coming: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PartField:
    """One number of a part on the form, or a table.

    Attributes:
        options: where it is yes or no.
        unit: hours or minutes, where it is a length of time.
        columns: of a table.
        lines: of a table, by column.
        hint: how a table is filled in.
    """

    name: str
    label: str
    value: str
    shipped: str
    options: tuple[tuple[str, str], ...]
    unit: str = ""
    columns: tuple[lines.Column, ...] = ()
    lines: tuple[lines.Typed, ...] = ()
    hint: str = ""


def part_rows(book: BookInForce) -> tuple[PartRow, ...]:
    """The parts of a book."""
    return tuple(part_row(book, part) for part in parts_of(book.book))


def part_row(book: BookInForce, part: Part) -> PartRow:
    """One part of a book."""
    title = part_title(part.path)
    shipped = shipped_part(book, part.path)
    return PartRow(
        path=part.path,
        title=title,
        numbers=tuple(
            (part_label(part.path, name), number_words(name, value))
            for name, value in part.numbers.items()
        ),
        own=tuple(
            f"{part_said_words(part.path, {each.name: each.value})}, the force’s own since "
            f"{on(each.change)}. The rulebook says "
            f"{number_words(each.name, shipped.numbers[each.name])}."
            for each in book.own
            if each.rule == part.path
        ),
        coming=tuple(coming_words(title, each) for each in book.coming if each.rule == part.path),
        source=part.source,
    )


def shipped_part(book: BookInForce, path: str) -> Part:
    """A part as the rulebook has it, which is there."""
    return next(part for part in parts_of(book.shipped) if part.path == path)


def part_fields(
    part: Part, shipped: Part, form: Mapping[str, str] | None = None
) -> tuple[PartField, ...]:
    """The numbers of a part, as the form shows them; `form` is what was sent and refused."""
    return tuple(
        _table_field(name, value, shipped, form)
        if name in lines.COLUMNS
        else PartField(
            name=PREFIX + name,
            label=part_label(part.path, name),
            value=_shown(value, _unit(name, shipped))
            if form is None
            else form.get(PREFIX + name, ""),
            unit=_unit(name, shipped),
            shipped=number_words(name, shipped.numbers[name]),
            options=YES_NO if isinstance(value, bool) else (),
        )
        for name, value in part.numbers.items()
    )


def _table_field(name: str, value: Any, shipped: Part, form: Mapping[str, str] | None) -> PartField:
    shown = lines.shown_lines(name, value) if form is None else lines.refused_lines(name, form)
    return PartField(
        name=PREFIX + name,
        label=part_label(shipped.path, name),
        value="",
        shipped=number_words(name, shipped.numbers[name]),
        options=(),
        columns=lines.COLUMNS[name],
        lines=tuple(shown),
        hint=lines.HINTS[name],
    )


def _unit(name: str, shipped: Part) -> str:
    """Hours for a length of hours, minutes for a shorter one, "" for what is no length."""
    value = shipped.numbers[name]
    if not name.endswith("minutes") or not isinstance(value, int):
        return ""
    return "hours" if value >= HOURS_FROM else "minutes"


def _shown(value: object, unit: str) -> str:
    if unit == "hours" and isinstance(value, int):
        return f"{value / 60:g}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, list):
        return str(value)
    return ", ".join(each if isinstance(each, str) else f"{each:g}" for each in value)


def part_said_by(form: Mapping[str, str], part: Part, shipped: Part) -> Said:
    """What a form says of a part: the numbers that differ from those in force.

    Args:
        form: what was sent; a number left empty goes back to the rulebook's own.
        part: as it holds on the day from which the change is to hold.
        shipped: as the rulebook has it.

    Raises:
        InvalidInput: when it has no day, or would change nothing.
    """
    faults: list[Place] = []
    numbers: dict[str, Number | None] = {}
    for name, own in shipped.numbers.items():
        value = _value(form, name, shipped, faults)
        if (own if value is None else value) != part.numbers[name]:
            numbers[name] = value
    from_day = day_of(form, faults)
    if not numbers and not faults:
        faults.append(Place("", "Nothing would change: give another number."))
    if faults:
        raise InvalidInput(faults)
    return Said(numbers, from_day, form.get("reason", ""))


def _value(form: Mapping[str, str], name: str, shipped: Part, faults: list[Place]) -> Any:
    """What a form says of a number; None where it is left empty."""
    own: Any = shipped.numbers[name]
    if name in lines.COLUMNS:
        is_answered = any(line.get("rate") == lines.ANSWERED for line in own)
        return lines.read_lines(name, lines.typed_lines(name, form), is_answered, faults) or None
    given = form.get(PREFIX + name, "").strip()
    value = _read(given, own) if given else None
    if _unit(name, shipped) == "hours" and isinstance(value, int | float):
        if (value * 60) % 1:
            faults.append(Place(PREFIX + name, GIVE["hours"]))
        value = round(value * 60)
    return value


def _read(text: str, own: object) -> Any:
    """A number as it was typed; what is none stays text, and is refused by who knows the book."""
    if isinstance(own, bool):
        return {"yes": True, "no": False}.get(text, text)
    if isinstance(own, str):
        return text
    if isinstance(own, list):
        return [_read(each.strip(), own[0]) for each in text.split(",")]
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)
