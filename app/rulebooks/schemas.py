"""What rulebooks take and give as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.people.service import Employment
from app.rulebooks.service import BookInForce, Books, Choice, History, Own, RuleChange, Said
from app.web.http.schema import Answer, Strict, When
from app.web.views.rulebook import says
from rostering.files.rule_data import rule_to_data
from rostering.rulebooks.parts import Part, parts_of
from rostering.rules.base import Rule

Name = Annotated[str, Field(min_length=1, max_length=64)]
Line = Annotated[str, Field(min_length=1, max_length=500)]
Text = Annotated[str, Field(min_length=1, max_length=500)]
Row = Annotated[dict[Name, bool | int | float | Text], Field(min_length=1, max_length=20)]
Number = (
    bool
    | int
    | float
    | Text
    | Annotated[list[int | float], Field(min_length=1, max_length=100)]
    | Annotated[list[Text], Field(min_length=1, max_length=100)]
    | Annotated[list[Row], Field(min_length=1, max_length=100)]
)
Numbers = dict[Name, Number | None]


class ChangeInput(Strict):
    """A force's own numbers of a rule, by name, from a local day on.

    Attributes:
        numbers: only what changes; null: the rulebook's own again. `weight` is `"hard"`, points
            for each unit of excess, or a list of points that rise.
        from_day: today or later: what was made before keeps the rules that it was made with.
        reason: why.
        authority: the agreement or special case that lets a number be weaker than law.
        also: other rulebooks in which the same is said: a rule is hard in all books of a room or
            in none.
    """

    numbers: Annotated[Numbers, Field(min_length=1, max_length=50)]
    from_day: date
    reason: Line
    authority: Annotated[str, Field(max_length=500)] = ""
    also: Annotated[tuple[Name, ...], Field(max_length=10)] = ()

    def said(self) -> Said:
        """As the service takes it."""
        return Said(self.numbers, self.from_day, self.reason, self.authority)


class WithdrawalInput(Strict):
    """Why a change is taken back."""

    reason: Line


class ChoiceInput(Strict):
    """Which rulebook holds for officers or for staff of a room, from a local day on."""

    employment: Employment
    book: Name
    from_day: date
    reason: Line


class WithdrawalAnswer(Answer):
    """That a change was taken back before it held."""

    reason: str
    by: UUID
    at: When


class ChangeAnswer(Answer):
    """What a force has said of a rule; `number` is its place among all that was said of it."""

    number: int
    numbers: Numbers
    from_day: date
    reason: str
    authority: str
    by: UUID
    at: When
    withdrawn: WithdrawalAnswer | None

    @classmethod
    def of(cls, change: RuleChange) -> ChangeAnswer:
        """The answer about a change."""
        said, gone = change.said, change.withdrawn
        return cls(
            number=change.number,
            numbers=dict(said.numbers),
            from_day=said.from_day,
            reason=said.reason,
            authority=said.authority,
            by=change.by,
            at=change.at,
            withdrawn=None if gone is None else WithdrawalAnswer.model_validate(gone),
        )


class RuleAnswer(Answer):
    """A rule as it holds on a day.

    Attributes:
        says: the rule in a sentence, with its numbers.
        numbers: by name, the weight among them: `"hard"`, points, or points that rise.
        own: names of those that are the force's own.
        shipped: the rulebook's own numbers.
        source: where the rulebook's own come from.
    """

    code: str
    title: str
    says: str
    numbers: Numbers
    own: tuple[str, ...]
    shipped: Numbers
    source: str

    @classmethod
    def of(cls, book: BookInForce, rule: Rule) -> RuleAnswer:
        """The answer about a rule of a book."""
        before = next(each for each in book.shipped.rules if each.code == rule.code)
        return cls(
            code=rule.code,
            title=rule.title,
            says=says(rule),
            numbers=_numbers(rule),
            own=tuple(each.name for each in book.own if each.rule == rule.code),
            shipped=_numbers(before),
            source=book.shipped.sources[rule.code],
        )


def _numbers(rule: Rule) -> Numbers:
    data = {name: value for name, value in rule_to_data(rule).items() if name != "code"}
    weight = data.pop("weight")
    return {"weight": "hard" if weight is None else weight, **data}  # type: ignore[dict-item]


class RuleWithHistory(RuleAnswer):
    """The same with all that the force has said of it, the newest first; `version` is its ETag."""

    version: int
    changes: tuple[ChangeAnswer, ...]

    @classmethod
    def told(cls, book: BookInForce, rule: Rule, history: History) -> RuleWithHistory:
        """The answer about a rule of a book and what was said of it."""
        return cls(
            **RuleAnswer.of(book, rule).model_dump(),
            version=history.version,
            changes=tuple(map(ChangeAnswer.of, history.changes)),
        )


class PartAnswer(Answer):
    """What a rulebook says beside its rules on a day; `own`: the numbers that are the force's."""

    path: str
    numbers: Numbers
    own: tuple[str, ...]
    shipped: Numbers
    source: str

    @classmethod
    def of(cls, book: BookInForce, part: Part) -> PartAnswer:
        """The answer about a part of a book."""
        before = next(each for each in parts_of(book.shipped) if each.path == part.path)
        return cls(
            path=part.path,
            numbers=dict(part.numbers),
            own=tuple(each.name for each in book.own if each.rule == part.path),
            shipped=dict(before.numbers),
            source=part.source,
        )


class PartWithHistory(PartAnswer):
    """The same with all that the force has said of it, the newest first; `version` is its ETag."""

    version: int
    changes: tuple[ChangeAnswer, ...]

    @classmethod
    def told(cls, book: BookInForce, part: Part, history: History) -> PartWithHistory:
        """The answer about a part of a book and what was said of it."""
        return cls(
            **PartAnswer.of(book, part).model_dump(),
            version=history.version,
            changes=tuple(map(ChangeAnswer.of, history.changes)),
        )


class QuestionAnswer(Answer):
    """What no published source settles; `answer` is null until the force has given one."""

    name: str
    question: str
    answer: Number | None
    from_day: date | None

    @classmethod
    def of(cls, name: str, question: str, answer: Own | None) -> QuestionAnswer:
        """The answer about a question."""
        if answer is None:
            return cls(name=name, question=question, answer=None, from_day=None)
        from_day = answer.change.said.from_day
        return cls(name=name, question=question, answer=answer.value, from_day=from_day)


class AskedAnswer(Answer):
    """What a rulebook asks the force, and what the force has said, the newest first."""

    version: int
    questions: tuple[QuestionAnswer, ...]
    changes: tuple[ChangeAnswer, ...]

    @classmethod
    def told(cls, book: BookInForce, history: History) -> AskedAnswer:
        """The answer about the questions of a book."""
        return cls(
            version=history.version,
            questions=_questions(book),
            changes=tuple(map(ChangeAnswer.of, history.changes)),
        )


def _questions(book: BookInForce) -> tuple[QuestionAnswer, ...]:
    held = {each.name: each for each in book.answers}
    return tuple(
        QuestionAnswer.of(name, question, held.get(name))
        for name, question in book.book.asked.items()
    )


class BookAnswer(Answer):
    """A rulebook as it holds on a day, with the force's own numbers."""

    name: str
    title: str
    dated: date
    source: str
    rules: tuple[RuleAnswer, ...]
    parts: tuple[PartAnswer, ...]
    asked: tuple[QuestionAnswer, ...]

    @classmethod
    def of(cls, book: BookInForce) -> BookAnswer:
        """The answer about a book."""
        return cls(
            name=book.name,
            title=book.shipped.title,
            dated=book.shipped.dated,
            source=book.shipped.source,
            rules=tuple(RuleAnswer.of(book, rule) for rule in book.book.rules),
            parts=tuple(PartAnswer.of(book, part) for part in parts_of(book.book)),
            asked=_questions(book),
        )


class ChoiceAnswer(Answer):
    """Which rulebook holds for officers or for staff, from a local day on."""

    number: int
    employment: Employment
    book: str
    from_day: date
    reason: str
    by: UUID
    at: When


class BooksAnswer(Answer):
    """The rulebooks of a room on a day, and how they were chosen; `version` is their ETag."""

    day: date
    officers: BookAnswer
    staff: BookAnswer
    version: int
    choices: tuple[ChoiceAnswer, ...]

    @classmethod
    def of(cls, books: Books, choices: tuple[Choice, ...]) -> BooksAnswer:
        """The answer about a room."""
        return cls(
            day=books.day,
            officers=BookAnswer.of(books.officers),
            staff=BookAnswer.of(books.staff),
            version=choices[-1].number if choices else 0,
            choices=tuple(map(ChoiceAnswer.model_validate, reversed(choices))),
        )
