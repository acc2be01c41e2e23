"""The numbers of a rulebook that are no rule of a roster: notice and its price, leave, breaks.

A part is a table of a section with a `source` of its own, such as `compensation.rest_days` or
`refreshment`. A force may lay its own numbers over those that stand by themselves or in a plain
list; tables in a part, such as bands of notice, stand as they are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rostering.files.node import Node
from rostering.files.rule_data import LARGEST
from rostering.notice.numbers import read_compensation
from rostering.rulebooks import Rulebook
from rostering.rulebooks.laid_over import Number
from rostering.rulebooks.publication import horizon
from rostering.rulebooks.refreshment import refreshment

READERS = {
    "compensation": lambda book: read_compensation(book.section("compensation")),
    "refreshment": refreshment,
    "publication": horizon,
}
"""What reads a section, so that numbers it could not use are refused before they are kept."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a rulebook beside its rules.

    Attributes:
        path: section and table with a dot between, such as `leave.carry_over`.
        numbers: what stands by itself or in a plain list, by name.
        tables: what does not, by name, as TOML has it.
        source: where the numbers come from.
    """

    path: str
    numbers: Mapping[str, Number]
    tables: Mapping[str, object]
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
    said = {name: node.value for name, node in found.items() if name != "source"}
    numbers = {name: value for name, value in said.items() if _is_plain(value)}
    tables = {name: value for name, value in said.items() if name not in numbers}
    yield Part(path, numbers, tables, found["source"].text())  # type: ignore[arg-type]


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, int | float) for each in value)
    return isinstance(value, int | float | str)


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


def check_part(book: Rulebook, part: Part, name: str, value: object) -> None:
    """Refuse a number that could not stand in place of a part's own.

    Raises:
        InputError: with a sentence that says what to give.
    """
    _check_like(Node(value, f"{part.path}.{name}"), part.numbers[name])
    section = part.path.split(".")[0]
    if section in READERS:
        READERS[section](with_parts(book, {part.path: {name: value}}))  # type: ignore[dict-item]


def _check_like(node: Node, own: Number) -> None:
    """Refuse what is not of the same kind as the part's own."""
    if isinstance(own, bool):
        node.flag()
    elif isinstance(own, int):
        node.whole(0, LARGEST)
    elif isinstance(own, float):
        node.number(0, LARGEST)
    elif isinstance(own, str):
        node.text()
    else:
        items = node.items(len(own))
        if len(items) < len(own):
            raise node.refused(f"Give {len(own)} numbers, as many as the rulebook has.")
        for item in items:
            item.number(0, LARGEST)
