"""Rulebooks as lists: rules in plain words, what is the force's own, what is not yet said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.people.service import Employment
from app.rulebooks.service import (
    ASKED,
    CHOICES,
    BookInForce,
    Books,
    Own,
    RuleChange,
    is_part,
    label,
    number_words,
    part_said_words,
    said_words,
)
from app.web.views.rulebook import says
from app.web.words import count, listed, period_words
from rostering.files.rule_data import numbers_of
from rostering.rulebooks.answers import TOLD
from rostering.rules.base import Rule
from rostering.rules.fatigue import ADDED_UP, FatigueScore

GUIDANCE = "HSE"
"""How the source of a number begins that is guidance and no law."""

WHO: dict[Employment, str] = {"officer": "officers", "staff": "staff"}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of a book on a day.

    Attributes:
        says: the rule in a sentence, with its numbers.
        numbers: those that the sentence does not tell.
        tags: whether it is always kept, and what else to know at a glance.
        own: what is the force's own about it, in sentences.
        coming: what will be, in sentences.
        source: where the rulebook's own numbers come from.
    """

    code: str
    title: str
    says: str
    numbers: str
    tags: tuple[tuple[str, str], ...]
    own: tuple[str, ...]
    coming: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """What a book asks; `answer` is "" until the force has said.

    Attributes:
        said: on whose word and since when.
        is_told: whether nothing follows from the answer.
        choices: where there are few answers.
    """

    name: str
    question: str
    answer: str
    said: str = ""
    choices: tuple[str, ...] = ()
    is_told: bool = False

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The choices for a form, to say nothing among them."""
        return (("", "not yet said"), *((each, each) for each in self.choices))


def rule_rows(book: BookInForce, books: Books) -> tuple[RuleRow, ...]:
    """The rules of a book that holds in a room, in the order in which people read them."""
    return tuple(rule_row(book, rule, books) for rule in book.book.rules)


def rule_row(book: BookInForce, rule: Rule, books: Books) -> RuleRow:
    """One rule of a book; where it holds beside another one, with the price that they share."""
    own = [each for each in book.own if each.rule == rule.code]
    coming = [each for each in book.coming if each.rule == rule.code]
    source = book.shipped.sources[rule.code]
    tags = [(number_words("weight", rule.weight), "")]
    if source.startswith(GUIDANCE):
        tags.append(("guidance", "over"))
    if own:
        tags.append(("the force’s own", "act"))
    return RuleRow(
        code=rule.code,
        title=rule.title,
        says=says(rule),
        numbers=_other_numbers(rule),
        tags=tuple(tags),
        own=(*own_words(book, own), *_shared_price(book, rule, books), *_charged_once(book, rule)),
        coming=tuple(coming_words(rule.title, each) for each in coming),
        source=source,
    )


def _shared_price(book: BookInForce, rule: Rule, books: Books) -> list[str]:
    """Which price holds, where a room has two: that of the officers' book."""
    shared = next((each for each in books.rules if each.code == rule.code), rule)
    if book.name not in {each.name for each in books.each} or shared.weight == rule.weight:
        return []
    return [
        f"A roster has one price for everybody, and in this room it is that of "
        f"{books.officers.book.title}: {number_words('weight', shared.weight)}."
    ]


def _charged_once(book: BookInForce, rule: Rule) -> list[str]:
    """That a rule costs nothing because the fatigue score, which adds it up, has a price."""
    score = next((each for each in book.book.rules if isinstance(each, FatigueScore)), None)
    if rule.code not in ADDED_UP or not rule.is_only_told or score is None or score.is_only_told:
        return []
    return [
        "It costs nothing here, since the fatigue score has a price and adds it up: nobody is "
        "charged twice for it."
    ]


def _other_numbers(rule: Rule) -> str:
    """The numbers of a rule that its sentence does not tell, such as `Daily rest: 11 h`."""
    sentence = (type(rule).__doc__ or "").split("\n\n")[0]
    untold = [name for name in numbers_of(type(rule)) if f"`{name}`" not in sentence]
    said = "; ".join(f"{label(name)}: {number_words(name, getattr(rule, name))}" for name in untold)
    return f"{said}." if said else ""


def own_words(book: BookInForce, own: list[Own]) -> list[str]:
    """What is the force's own about a rule, against what the rulebook says."""
    shipped = {rule.code: rule for rule in book.shipped.rules}
    return [
        f"{_first(said_words('', {each.name: each.value}))}, the force’s own since "
        f"{on(each.change)}. The rulebook says "
        f"{number_words(each.name, getattr(shipped[each.rule], each.name))}."
        + (f" Allowed by: {each.change.said.authority}." if each.change.said.authority else "")
        for each in own
    ]


def coming_words(title: str, change: RuleChange) -> str:
    """What will hold from a later day on."""
    if is_part(change.rule):
        return f"From {on(change)}: {part_said_words(change.rule, change.said.numbers)}."
    return f"From {on(change)}: {said_words(title, change.said.numbers)}."


def on(change: RuleChange) -> str:
    """The day from which a change holds, such as `1 March 2027`."""
    return period_words(change.said.from_day, change.said.from_day)


def question_rows(book: BookInForce) -> tuple[QuestionRow, ...]:
    """What a book asks the force, and what it has said."""
    held = {each.name: each for each in book.answers}
    return tuple(
        QuestionRow(
            name,
            question,
            answer=number_words(name, held[name].value) if name in held else "",
            said=f"{held[name].change.said.reason}, from {on(held[name].change)}"
            if name in held
            else "",
            choices=CHOICES.get(name, ()),
            is_told=name in TOLD,
        )
        for name, question in book.book.asked.items()
    )


def answer_words(books: Books) -> tuple[str, str]:
    """What the page says first: which books hold, and what is missing."""
    if len(books.each) == 1:
        said = f"Rosters are judged by one rulebook for everyone: {books.officers.book.title}."
    else:
        said = (
            f"Officers are judged by the rulebook {books.officers.book.title}; "
            f"staff by {books.staff.book.title}."
        )
    own = sum(len(book.own) for book in books.each)
    if own:
        said += f" {_first(count(own, 'number is', 'numbers are'))} the force’s own."
    open_questions = sum(not row.answer for book in books.each for row in question_rows(book))
    missing = f"{count(open_questions, 'question is', 'questions are')} not yet answered."
    return said, missing if open_questions else ""


def same_for(books: Books, book: str) -> str:
    """Whom a book holds for, such as `officers and staff`."""
    return listed(
        words for employment, words in WHO.items() if books.in_force(employment).name == book
    )


def change_words(title: str, change: RuleChange, asked: Mapping[str, str]) -> str:
    """What a change says, for the history of a rule; `asked`: the questions of its book."""
    if change.rule == ASKED:
        return "; ".join(
            f"{asked.get(name, name).split('?')[0]}? {'No answer' if value is None else value}"
            for name, value in change.said.numbers.items()
        )
    if is_part(change.rule):
        return part_said_words(change.rule, change.said.numbers)
    return _first(said_words(title, change.said.numbers))


def _first(words: str) -> str:
    words = words.strip()
    return words[:1].upper() + words[1:]
