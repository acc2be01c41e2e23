"""Several rulebooks in one room: officers and staff side by side, each judged by their own numbers.

A roster is made from one tuple of rules for the whole room. A rule is hard or priced, and at which
price, for everyone; its numbers, and whether it is in force at all, may differ by person: that is
what `Officer.terms` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rostering.errors import InputError
from rostering.files.rule_data import numbers_of
from rostering.rulebooks import Rulebook
from rostering.rules.base import LineRule, Rule
from rostering.rules.registry import RULES

Terms = dict[str, dict[str, int | str] | None]
"""Personal numbers by rule code and field, as `Officer.terms`; None: not in force."""


def joint_rules(books: Sequence[Rulebook]) -> tuple[Rule, ...]:
    """The rules of a room in which several rulebooks hold.

    Each rule that any of the books has, as the first of them that has it says it. What a book says
    otherwise is told of its people by `terms_under`. Of two prices that of the earlier book holds;
    of what is not about one officer's line, such as who works with whom, all that it says.

    Args:
        books: the rulebooks, the room's own first.

    Raises:
        InputError: when a rule about one officer's line is hard in one book and priced in another.
    """
    found: dict[str, tuple[Rulebook, Rule]] = {}
    for book in books:
        for rule in book.rules:
            first, base = found.setdefault(rule.code, (book, rule))
            if isinstance(rule, LineRule) and base.is_hard != rule.is_hard:
                hard, priced = (first, book) if base.is_hard else (book, first)
                raise InputError(
                    f"{rule.title} may never be broken by the rulebook {hard.title} but has a "
                    f"price in {priced.title}; in one room it must be the same in both."
                )
    return tuple(found[code][1] for code in RULES if code in found)


def terms_under(rules: Iterable[Rule], book: Rulebook) -> Terms:
    """What holds otherwise for someone under a rulebook in a room with these rules.

    Args:
        rules: the rules of the room, such as `joint_rules` gives.
        book: the rulebook of the person's conditions.

    Returns:
        numbers that differ from the room's by rule code and field; None for each rule about one
        officer's line that the book does not have.
    """
    own = {rule.code: rule for rule in book.rules}
    terms: Terms = {}
    for rule in rules:
        if not isinstance(rule, LineRule):
            continue
        if rule.code not in own:
            terms[rule.code] = None
        elif differing := _differing(rule, own[rule.code]):
            terms[rule.code] = differing
    return terms


def _differing(rule: Rule, own: Rule) -> dict[str, int | str]:
    numbers = {name: getattr(own, name) for name in numbers_of(type(own))}
    return {name: value for name, value in numbers.items() if value != getattr(rule, name)}
