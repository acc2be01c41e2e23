"""What holds on a day, of all that a force has said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from app.people.service import Employment
from app.rulebooks.series.shipped import ASKED, DEFAULTS, SWITCHES, shipped, titles
from app.rulebooks.values import BookInForce, Books, Choice, History, Own, RuleChange
from rostering.files.rule_data import numbers_of
from rostering.rulebooks.laid_over import Number, laid_over
from rostering.rulebooks.parts import parts_of, with_parts
from rostering.rules.base import Rule

Histories = Mapping[tuple[str, str], History]


def books_of(choices: Collection[Choice], histories: Histories, day: date) -> Books:
    """The rulebooks of a room on a day."""
    return Books(
        day,
        *(
            book_in_force(*chosen(choices, employment, day), histories, day)
            for employment in ("officer", "staff")
        ),
    )


def chosen(choices: Iterable[Choice], employment: Employment, day: date) -> tuple[str, date | None]:
    """The book that holds for a kind of employment on a day, and since when; None: by default."""
    said = [
        each
        for each in choices
        if each.employment == employment and each.from_day <= day and each.book in titles()
    ]
    if not said:
        return DEFAULTS[employment], None
    newest = max(said, key=lambda each: (each.from_day, each.number))
    return newest.book, newest.from_day


def book_in_force(name: str, since: date | None, histories: Histories, day: date) -> BookInForce:
    """A rulebook on a day, with the force's own numbers that hold on it."""
    book = shipped(name)
    said = {rule: history for (other, rule), history in histories.items() if other == name}
    # What a newer book no longer has or asks counts for nothing.
    answers = tuple(each for each in _held(ASKED, said, day) if each.name in book.asked)
    held = {
        (rule.code, each.name): each
        for rule in book.rules
        for each in (*_switched(rule, answers), *_held(rule.code, said, day))
        if each.name in {"weight", *numbers_of(type(rule))}
    }
    held |= {
        (part.path, each.name): each
        for part in parts_of(book)
        for each in _held(part.path, said, day)
        if each.name in part.numbers
    }
    own = tuple(held.values())
    numbers: dict[str, dict[str, Number]] = {}
    for each in own:
        numbers.setdefault(each.rule, {})[each.name] = each.value
    return BookInForce(
        name=name,
        shipped=book,
        book=with_parts(laid_over(book, numbers), numbers),
        own=own,
        answers=answers,
        coming=tuple(_coming(said.values(), day)),
        since=since,
    )


def _switched(rule: Rule, answers: Iterable[Own]) -> Iterator[Own]:
    """Numbers of a rule that answers make other than the rulebook's own."""
    for answer in answers:
        code, name, values = SWITCHES.get(answer.name, ("", "", {}))
        value = values.get(str(answer.value))
        if code == rule.code and value is not None and value != getattr(rule, name):
            yield Own(code, name, value, answer.change)


def _held(rule: str, said: Mapping[str, History], day: date) -> Iterator[Own]:
    """What holds of a rule on a day: of each number the latest begun, of several the last said."""
    changes = said[rule].changes if rule in said else ()
    begun = [each for each in changes if each.withdrawn is None and each.said.from_day <= day]
    begun.sort(key=lambda each: (each.said.from_day, each.number))
    for name, change in {name: each for each in begun for name in each.said.numbers}.items():
        value = change.said.numbers[name]
        if value is not None:
            yield Own(rule, name, value, change)


def _coming(histories: Iterable[History], day: date) -> list[RuleChange]:
    later = [
        change
        for history in histories
        for change in history.changes
        if change.withdrawn is None and change.said.from_day > day
    ]
    return sorted(later, key=lambda each: (each.said.from_day, each.rule, each.number))


def turning_days(choices: Iterable[Choice], histories: Histories, since: date) -> tuple[date, ...]:
    """That day, and every later one on which anything begins to hold, in order."""
    days = {each.from_day for each in choices}
    for history in histories.values():
        days |= {change.said.from_day for change in history.changes if change.withdrawn is None}
    return (since, *sorted(day for day in days if day > since))
