"""Rulebooks: a force's rules and numbers as data, one dated TOML file each.

A file has `title`, `version`, `dated`, `source`, and one table for each rule in force, named by the
rule's code: `weight` ("hard", points per unit of excess, or a list of them that never falls),
`source` (where its numbers come from) and any of the rule's numbers; a number left out is the
rule's own default. A rule without a table is not in force.

Beside the rules it may have sections that are no rule of a roster, such as notice and its price:
each is read by the part that needs it. In `asked` stands what no published source settles and the
force must say, by name with the question.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rostering.errors import InputError
from rostering.files.node import Node, quoted, read_toml
from rostering.files.rule_data import make_rule
from rostering.rules.base import Rule
from rostering.rules.fatigue import ADDED_UP, FatigueScore
from rostering.rules.registry import RULES

FOLDER = Path(__file__).parent

DEFAULT = "police_officers_ew"
"""The rulebook of a room that has chosen none."""

SECTIONS = ("compensation", "refreshment", "leave", "publication", "fairness")
"""What a rulebook may say beside its rules, each read by the part that needs it."""

_ABOUT = ("title", "version", "dated", "source")


@dataclass(frozen=True)
class Rulebook:
    """The rules and numbers in force somewhere.

    Attributes:
        title: its name for people.
        version: counted up with every change of a number.
        dated: the day from which its numbers are known to be right.
        source: where it comes from as a whole.
        rules: the rules, in the order in which people read them.
        sources: by code of a rule, where its numbers come from.
        sections: what it says beside its rules, by name, one of `SECTIONS`.
        asked: what no published source settles: by name, the question to the force.
        path: the file it was read from.
    """

    title: str
    version: int
    dated: dt.date
    source: str
    rules: tuple[Rule, ...]
    sources: Mapping[str, str]
    sections: Mapping[str, Node]
    asked: Mapping[str, str]
    path: str

    def section(self, name: str) -> Node:
        """What the book says beside its rules under a name, one of `SECTIONS`.

        Raises:
            InputError: when it says nothing there.
        """
        if name not in self.sections:
            raise InputError(f"The rulebook {quoted(self.title)} has no {quoted(name)}.", self.path)
        return self.sections[name]


def names() -> tuple[str, ...]:
    """Names of the rulebooks that come with the library."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load_rulebook(name: str = DEFAULT) -> tuple[Rule, ...]:
    """The rules of a rulebook that comes with the library.

    Raises:
        InputError: when there is none of that name.
    """
    return shipped(name).rules


def shipped(name: str = DEFAULT) -> Rulebook:
    """A rulebook that comes with the library.

    Raises:
        InputError: when there is none of that name.
    """
    if name not in names():
        raise InputError(f"There is no rulebook {quoted(name)}; there are {', '.join(names())}.")
    return read_rulebook(FOLDER / f"{name}.toml")


def read_rulebook(path: str | Path) -> Rulebook:
    """Read a rulebook from a file.

    Raises:
        InputError: when anything in the file cannot be used; it names the file and the key.
    """
    node = read_toml(path)
    found = node.fields(_ABOUT, (*RULES, *SECTIONS, "asked"))
    rules, sources = [], {}
    for code in RULES:
        if code in found:
            sources[code], rule = _rule(code, found[code])
            rules.append(rule)
    if not rules:
        raise node.refused("The rulebook has no rule.")
    for name in {*SECTIONS} & {*found}:
        found[name].entries()
    asked = found["asked"].entries() if "asked" in found else {}
    return Rulebook(
        title=found["title"].text(),
        version=found["version"].whole(1, 1_000_000),
        dated=_dated(found["dated"]),
        source=found["source"].text(),
        rules=charged_once(rules),
        sources=sources,
        sections={name: found[name] for name in SECTIONS if name in found},
        asked={name: question.text() for name, question in asked.items()},
        path=str(path),
    )


def charged_once(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules, with a price for the parts of the fatigue score or for the whole, never for both.

    Where the score has a price, a soft rule about something that it adds up costs nothing.
    """
    found = tuple(rules)
    score = next((rule for rule in found if isinstance(rule, FatigueScore)), None)
    if score is None or score.is_hard or score.is_only_told:
        return found
    return tuple(
        replace(rule, weight=0) if rule.code in ADDED_UP and not rule.is_hard else rule
        for rule in found
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
