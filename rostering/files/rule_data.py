"""Rules as plain data: their code, their weight and their numbers, read and written."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal, get_args, get_origin, get_type_hints

from rostering.errors import InputError
from rostering.files.node import Node
from rostering.rules.base import LARGEST, Rule, Weight
from rostering.rules.registry import GROUP_RULES, LINE_RULES, RULES

HARD = "hard"
"""How a rulebook writes the weight of a rule that may not be broken."""


@lru_cache(maxsize=64)
def numbers_of(rule: type[Rule]) -> Mapping[str, object]:
    """The fields of a rule other than its weight, and their types."""
    hints = get_type_hints(rule)
    return {f.name: hints[f.name] for f in dataclasses.fields(rule) if f.name != "weight"}


def rule_to_data(rule: Rule) -> dict[str, object]:
    """The rule as plain data that JSON can hold; a hard rule's weight is None."""
    weight = list(rule.weight) if isinstance(rule.weight, tuple) else rule.weight
    numbers = {name: getattr(rule, name) for name in numbers_of(type(rule))}
    return {"code": rule.code, "weight": weight, **numbers}


def rule_from(node: Node) -> Rule:
    """Read a rule: an object with `code`, `weight` and any of its numbers."""
    found = node.entries()
    if "code" not in found:
        raise node.refused('The field "code" is missing.')
    code = found.pop("code").one_of(RULES, "a rule")
    rest = {key: item.value for key, item in found.items()}
    return make_rule(code, Node(rest, node.where, node.path))


def make_rule(code: str, node: Node) -> Rule:
    """A rule of a known code from an object with `weight` and any of its numbers."""
    numbers = numbers_of(RULES[code])
    found = node.fields(["weight"], numbers)
    weight = _weight(found["weight"])
    if code not in LINE_RULES and code not in GROUP_RULES and not isinstance(weight, int):
        raise found["weight"].refused(
            "Cover is priced, never hard: give one whole number of points here; the price of each "
            "missing person stands with the cover."
        )
    del found["weight"]
    given: dict[str, Any] = {key: _number(item, numbers[key]) for key, item in found.items()}
    return _made(node, code, weight=weight, **given)


def _made(node: Node, code: str, **given: Any) -> Rule:
    """A rule of these numbers; text that it cannot read is told with its place."""
    try:
        return RULES[code](**given)
    except InputError as error:
        raise node.refused(error.message) from error


def terms_from(node: Node) -> dict[str, dict[str, int | str] | None]:
    """Read an officer's personal numbers by rule code and field; null: not in force for them."""
    return {code: _own_numbers(code, own) for code, own in node.entries().items()}


def _own_numbers(code: str, node: Node) -> dict[str, int | str] | None:
    if code not in LINE_RULES:
        raise node.refused("There is no rule of that name about one officer's line.")
    if node.value is None:
        return None
    numbers = numbers_of(LINE_RULES[code])
    own = {name: _number(item, numbers[name]) for name, item in node.fields([], numbers).items()}
    _made(node, code, **own)
    return own


def _weight(node: Node) -> Weight:
    if node.value is None or node.value == HARD:
        return None
    return price_steps(node) if isinstance(node.value, list) else node.whole(0, LARGEST)


def price_steps(node: Node) -> tuple[int, ...]:
    """Read a list of prices for the first, second … unit, which may not fall."""
    steps = tuple(item.whole(0, LARGEST) for item in node.items(100))
    if not steps:
        raise node.refused("The list of prices is empty.")
    if any(later < earlier for earlier, later in pairwise(steps)):
        raise node.refused("The prices may not fall from one unit to the next.")
    return steps


def _number(node: Node, kind: object) -> int | str:
    if kind is int:
        return node.whole(0, LARGEST)
    if get_origin(kind) is Literal:
        return node.one_of(get_args(kind), "one of its values")
    return node.text()
