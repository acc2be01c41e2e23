"""A force's own numbers laid over a rulebook."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from rostering.files.node import Node
from rostering.files.rule_data import make_rule, rule_to_data
from rostering.rulebooks import Rulebook, charged_once
from rostering.rules.base import Rule

Line = dict[str, int | float | str]
"""One line of a table, such as a band of notice: numbers and words by name."""

Number = int | float | str | list[int | float] | list[str] | list[Line]
"""A number, a word, yes or no, or several of these; a rule's weight may be "hard"."""


EARLY = frozenset({"early_before", "early_minutes"})
"""Numbers of rules that are times of day, though their names do not end so."""


def is_clock(name: str) -> bool:
    """Whether a number of a rule is a time of day: minutes after midnight."""
    return name.endswith(("_start", "_end")) or name in EARLY


def laid_over(book: Rulebook, said: Mapping[str, Mapping[str, Number]]) -> Rulebook:
    """The rulebook with other numbers in place of its own.

    Args:
        book: the rulebook.
        said: by code of a rule of the book, numbers and weight by name.

    Raises:
        InputError: when a number cannot be used; its place is `rule.field`.
    """
    rules = (with_numbers(rule, said.get(rule.code, {})) for rule in book.rules)
    return dataclasses.replace(book, rules=charged_once(rules))


def with_numbers(rule: Rule, said: Mapping[str, Number]) -> Rule:
    """A rule with other numbers, or another weight, in place of its own.

    Raises:
        InputError: when a number is unknown or cannot be used; its place is `rule.field`.
    """
    if not said:
        return rule
    data = {name: value for name, value in rule_to_data(rule).items() if name != "code"}
    return make_rule(rule.code, Node({**data, **said}, rule.code))
