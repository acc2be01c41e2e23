"""The numbers of a rulebook that are no rule of a roster: notice and its price, leave, breaks.

A part is a table of a section with a `source` of its own, such as `compensation.rest_days` or
`refreshment`. A force may lay its own over each of its numbers, lists and tables of lines, such as
the bands of notice.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rostering.errors import InputError
from rostering.files.node import Node
from rostering.notice.numbers import read_compensation
from rostering.rulebooks import Rulebook
from rostering.rulebooks.fairness import wish_memory
from rostering.rulebooks.laid_over import Number
from rostering.rulebooks.leave import leave_numbers
from rostering.rulebooks.publication import horizon
from rostering.rulebooks.refreshment import refreshment
from rostering.rules.base import LARGEST

MOST_LINES = 60
"""Numbers of a list, or lines of a table."""

READERS: Mapping[str, Callable[[Rulebook], object]] = {
    "compensation": lambda book: read_compensation(book.section("compensation")),
    "refreshment": refreshment,
    "leave": leave_numbers,
    "publication": horizon,
    "fairness": wish_memory,
}
"""What reads a section, so that numbers it could not use are refused before they are kept."""

_INSIDE = re.compile(r"(?P<name>\w+)(\[(?P<line>\d+)\])?.*")


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a rulebook beside its rules.

    Attributes:
        path: section and table with a dot between, such as `leave.carry_over`.
        numbers: by name; a table is a list of its lines.
        source: where the numbers come from.
    """

    path: str
    numbers: Mapping[str, Number]
    source: str


def parts_of(book: Rulebook) -> tuple[Part, ...]:
    """The parts of a rulebook, in the order of its sections."""
    return tuple(
        part for name, node in book.sections.items() for part in _parts(name, node.entries())
    )


def _parts(path: str, found: Mapping[str, Node]) -> Iterator[Part]:
    if "source" not in found:
        for name, node in found.items():
            if isinstance(node.value, dict):
                yield from _parts(f"{path}.{name}", node.entries())
        return
    numbers = {name: node.value for name, node in found.items() if name != "source"}
    yield Part(path, numbers, found["source"].text())  # type: ignore[arg-type]


def with_parts(book: Rulebook, said: Mapping[str, Mapping[str, Number]]) -> Rulebook:
    """The rulebook with other numbers in some of its parts.

    Args:
        book: the rulebook.
        said: numbers by path of a part and name; those that the book does not have are left aside.
    """
    known = {part.path: part for part in parts_of(book)}
    sections = dict(book.sections)
    for path, numbers in said.items():
        held = {n: v for n, v in numbers.items() if path in known and n in known[path].numbers}
        if held:
            name, *inside = path.split(".")
            node = sections[name]
            sections[name] = dataclasses.replace(node, value=_within(node.value, inside, held))
    return dataclasses.replace(book, sections=sections)


def _within(value: object, inside: list[str], held: Mapping[str, Number]) -> object:
    table = dict(value) if isinstance(value, dict) else {}
    if not inside:
        return {**table, **held}
    return {**table, inside[0]: _within(table.get(inside[0]), inside[1:], held)}


def check_kind(part: Part, name: str, value: object) -> None:
    """Refuse a number that is not of the same kind as a part's own.

    Raises:
        InputError: with a sentence that says what to give.
    """
    node, own = Node(value, name), part.numbers[name]
    if isinstance(own, list):
        items = node.items(MOST_LINES)
        if not items:
            raise node.refused("Give at least one.")
        for item in items:
            if isinstance(own[0], int | float):
                item.number(0, LARGEST)
            else:
                _check_one(item, own[0])
    else:
        _check_one(node, own)


def _check_one(node: Node, own: object) -> None:
    if isinstance(own, bool):
        node.flag()
    elif isinstance(own, int):
        node.whole(0, LARGEST)
    elif isinstance(own, float):
        node.number(0, LARGEST)
    elif isinstance(own, str):
        node.text()
    else:
        node.entries()


def check_read(book: Rulebook, part: Part, numbers: Mapping[str, Number]) -> None:
    """Refuse numbers of a part that what reads its section could not use together.

    Args:
        book: the rulebook as it holds.
        part: one of its parts.
        numbers: in place of its own, each of the right kind.

    Raises:
        InputError: its place is one of the numbers where it is about one, with the line of a table.
    """
    try:
        READERS[part.path.split(".")[0]](with_parts(book, {part.path: numbers}))
    except InputError as error:
        inside = _INSIDE.fullmatch((error.where or "").removeprefix(f"{part.path}."))
        name = inside["name"] if inside and inside["name"] in part.numbers else None
        line = f"Line {int(inside['line']) + 1}: " if inside and name and inside["line"] else ""
        raise InputError(line + error.message, where=name) from error
