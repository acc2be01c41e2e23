"""What is wrong with what a force says of its rules, said before anything is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from app.errors import InvalidInput, Place, invalid
from app.rulebooks.values import BookInForce, Said
from app.web.words import date_year, listed
from rostering.errors import InputError
from rostering.files.rule_data import numbers_of
from rostering.problem import MINUTES_A_DAY
from rostering.rulebooks import Rulebook
from rostering.rulebooks.answers import check_answer
from rostering.rulebooks.laid_over import Number, is_clock, with_numbers
from rostering.rulebooks.law import break_too_short, is_law, law_words, weaker
from rostering.rulebooks.parts import Part, check_kind, check_read, parts_of, with_parts
from rostering.rules.base import Rule
from rostering.words import hours_words

LONGEST_LINE = 500
"""Characters of a reason, an authority or an answer."""

LAST_YEAR = 2198
"""Beyond it days could no longer be counted."""

MOST_MINUTES = 28 * 1440
"""Minutes that a rule may speak of: four weeks."""

MOST = 1000
"""The most of anything else that a rule counts."""


def check_book(book: str, known: Collection[str]) -> None:
    """Refuse a book that is not one of those known."""
    if book not in known:
        raise invalid("book", f"There is no such rulebook; there are {listed(known)}.")


def check_rule(book: Rulebook, code: str) -> Rule:
    """The rule of that code, as the shipped book has it.

    Raises:
        InvalidInput: when the book has none.
    """
    for rule in book.rules:
        if rule.code == code:
            return rule
    raise invalid("rule", f"{book.title}: the rulebook has no such rule.")


def check_from(day: date, today: date) -> None:
    """Refuse a day that is over, or of another age.

    Raises:
        InvalidInput: about `from_day`.
    """
    if day < today:
        raise invalid(
            "from_day",
            f"Give {date_year(today)} or a later day: what was made before keeps the rules that "
            "it was made with.",
        )
    if day.year > LAST_YEAR:
        raise invalid("from_day", f"Give a day before {LAST_YEAR + 1}.")


def check_said(shipped: Rule, before: BookInForce, said: Said) -> None:
    """Refuse what cannot be said of a rule.

    Args:
        shipped: the rule as the rulebook has it.
        before: the book on the day from which the change would hold.
        said: the change.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    _refuse([*_line_faults(said), *_number_faults(shipped, said)])
    kept = {each.name: each.value for each in before.own if each.rule == shipped.code}
    wanted = {name: value for name, value in {**kept, **said.numbers}.items() if value is not None}
    after = _read(shipped, wanted)
    if after == before.rule(shipped.code):
        raise invalid("numbers", f"{shipped.title} says this on that day already.")
    needs = weaker(shipped, after)
    if needs and not said.authority:
        raise invalid(
            "authority",
            f"The law's own is {law_words(shipped)}. What is weaker needs {needs}: name it.",
        )


def check_part_said(book: Rulebook, before: BookInForce, path: str, said: Said) -> None:
    """Refuse numbers that could not stand in a part of a rulebook.

    Args:
        book: the rulebook as it is shipped.
        before: the same on the day from which the numbers would hold.
        path: of one of its parts.
        said: the change.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    part = next(each for each in parts_of(book) if each.path == path)
    faults = [*_line_faults(said)]
    if not said.numbers:
        faults.append(Place("numbers", "Give at least one number."))
    for name, value in said.numbers.items():
        faults += _part_faults(part, name, value)
    _refuse(faults)
    now = before.part(path).numbers
    wanted = {n: part.numbers[n] if v is None else v for n, v in said.numbers.items()}
    try:
        check_read(before.book, part, wanted)
    except InputError as error:
        field = f"numbers.{error.where}" if error.where else "numbers"
        raise invalid(field, error.message) from error
    if "steps" in wanted and (short := break_too_short(with_parts(before.book, {path: wanted}))):
        raise invalid("numbers.steps", short)
    if all(now[name] == value for name, value in wanted.items()):
        raise invalid("numbers", "The rulebook says this on that day already.")


def _part_faults(part: Part, name: str, value: Number | None) -> Iterator[Place]:
    field = f"numbers.{name}"
    if name not in part.numbers:
        yield Place(field, f"There is no such number here; there is {listed(part.numbers)}.")
    elif value is not None:
        try:
            check_kind(part, name, value)
        except InputError as error:
            yield Place(field, error.message)
            return
        least = part.numbers[name]
        if is_law(part.path) and value < least:  # type: ignore[operator]
            yield Place(field, f"The law's own is {least}: it may be more, never less.")


def check_answers(
    book: Rulebook, before: BookInForce, said: Said, choices: Mapping[str, Collection[str]]
) -> None:
    """Refuse answers to what a rulebook does not ask, or that say nothing.

    Args:
        book: the rulebook.
        before: the same on the day from which the answers would hold.
        said: the answers.
        choices: the answers to choose from, by question that has few.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    faults = [*_line_faults(said)]
    if not said.numbers:
        faults.append(Place("numbers", "Answer at least one question."))
    for name, value in said.numbers.items():
        field = f"numbers.{name}"
        if name not in book.asked:
            faults.append(Place(field, f"The rulebook asks no such thing: {listed(book.asked)}."))
        elif value is not None and value not in choices.get(name, (value,)):
            faults.append(Place(field, f"Answer {listed(choices[name], 'or')}."))
        elif isinstance(value, list):
            faults.append(Place(field, "Give one number or a text."))
        elif value is not None:
            faults += _answer_faults(field, name, value)
    _refuse(faults)
    if all(before.answer(name) == value for name, value in said.numbers.items()):
        raise invalid("numbers", "This is the answer on that day already.")


def _answer_faults(field: str, name: str, value: Number) -> Iterator[Place]:
    if isinstance(value, str):
        found = [*_text_faults(field, value)]
        if found:
            yield from found
            return
    try:
        check_answer(name, value)
    except InputError as error:
        yield Place(field, error.message)


def check_line(field: str, text: str) -> str:
    """The text without blanks around it, if it says something on one line.

    Raises:
        InvalidInput: about the field.
    """
    _refuse([*_text_faults(field, text.strip())])
    return text.strip()


def _line_faults(said: Said) -> Iterator[Place]:
    yield from _text_faults("reason", said.reason)
    if said.authority:
        yield from _text_faults("authority", said.authority)


def _text_faults(field: str, text: str) -> Iterator[Place]:
    if not text.strip():
        yield Place(field, "Fill this in.")
    elif len(text) > LONGEST_LINE or not text.isprintable():
        yield Place(field, f"Give 1 to {LONGEST_LINE} characters on one line.")


def _number_faults(shipped: Rule, said: Said) -> Iterator[Place]:
    known = ["weight", *numbers_of(type(shipped))]
    if not said.numbers:
        yield Place("numbers", "Give at least one number.")
    for name, value in said.numbers.items():
        field = f"numbers.{name}"
        if name not in known:
            yield Place(field, f"{shipped.title} has no such number; it has {listed(known)}.")
        elif value is not None:
            yield from _value_faults(shipped, name, value)


def _value_faults(shipped: Rule, name: str, value: Number) -> Iterator[Place]:
    field = f"numbers.{name}"
    if name != "weight" and type(value) is int and (wrong := _out_of_reach(name, value)):
        yield Place(field, wrong)
        return
    try:
        with_numbers(shipped, {name: value})
    except InputError as error:
        yield Place(field, error.message)


def _out_of_reach(name: str, value: int) -> str:
    """What to give in place of a number that no rule could mean; "" where it is none."""
    if is_clock(name):
        return "" if 0 <= value < MINUTES_A_DAY else "Give a time of day, such as 23:00."
    if name.endswith("minutes"):
        most = hours_words(MOST_MINUTES)
        return "" if 0 <= value <= MOST_MINUTES else f"Give a length between 0 h and {most}."
    least = 1 if name == "most" else 0
    return "" if least <= value <= MOST else f"Give a number between {least} and {MOST:,}."


def _read(shipped: Rule, numbers: dict[str, Number]) -> Rule:
    try:
        return with_numbers(shipped, numbers)
    except InputError as error:
        raise invalid("numbers", error.message) from error


def _refuse(faults: list[Place]) -> None:
    if faults:
        raise InvalidInput(faults)
