"""Rulebooks: a force's rules and numbers as data, one dated TOML file each.

A file has `title`, `dated`, `source`, and one table for each rule in force, named by the rule's
code: `weight` ("hard", points per unit of excess, or a list of them that never falls), `source`
(where its numbers come from) and any of the rule's numbers; a number left out is the rule's own
default. A rule without a table is not in force.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from rostering.errors import InputError
from rostering.files.node import Node, quoted, read_toml
from rostering.files.rule_data import make_rule
from rostering.rules.base import Rule
from rostering.rules.registry import RULES

FOLDER = Path(__file__).parent

_ABOUT = ("title", "dated", "source")


@dataclass(frozen=True)
class Rulebook:
    """The rules and numbers in force somewhere.

    Attributes:
        title: its name for people.
        dated: the day from which its numbers are known to be right.
        source: where it comes from as a whole.
        rules: the rules, in the order in which people read them.
        sources: by code of a rule, where its numbers come from.
    """

    title: str
    dated: dt.date
    source: str
    rules: tuple[Rule, ...]
    sources: dict[str, str]


def names() -> tuple[str, ...]:
    """Names of the rulebooks that come with the library."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load_rulebook(name: str) -> tuple[Rule, ...]:
    """The rules of a rulebook that comes with the library.

    Raises:
        InputError: when there is none of that name.
    """
    if name not in names():
        raise InputError(f"There is no rulebook {quoted(name)}; there are {', '.join(names())}.")
    return read_rulebook(FOLDER / f"{name}.toml").rules


def read_rulebook(path: str | Path) -> Rulebook:
    """Read a rulebook from a file.

    Raises:
        InputError: when anything in the file cannot be used; it names the file and the key.
    """
    node = read_toml(path)
    found = node.fields(_ABOUT, RULES)
    rules, sources = [], {}
    for code in RULES:
        if code in found:
            sources[code], rule = _rule(code, found[code])
            rules.append(rule)
    if not rules:
        raise node.refused("The rulebook has no rule.")
    return Rulebook(
        title=found["title"].text(),
        dated=_dated(found["dated"]),
        source=found["source"].text(),
        rules=tuple(rules),
        sources=sources,
    )


def _rule(code: str, node: Node) -> tuple[str, Rule]:
    found = node.entries()
    if "source" not in found:
        raise node.refused('The field "source" is missing: say where the numbers come from.')
    source = found.pop("source").text()
    numbers = {key: item.value for key, item in found.items()}
    return source, make_rule(code, Node(numbers, node.where, node.path))


def _dated(node: Node) -> dt.date:
    if type(node.value) is not dt.date:
        raise node.refused("A date such as 2025-11-01 is needed, without quotation marks.")
    return node.value
