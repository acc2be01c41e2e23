"""What an import would do and has done, as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.people.service import (
    Change,
    Counts,
    Import,
    Kind,
    Plan,
    Refusal,
)
from app.web.http.schema import Answer, Strict, When

MOST_SHOWN = 500
"""Changes of a kind, and refusals, that an answer shows; the counts are of all."""


class CountsAnswer(Answer):
    """How many things are added, changed, ended and left as they are."""

    added: int
    changed: int
    ended: int
    unchanged: int


class FieldChange(Answer):
    """One field before and after; null where it is not said."""

    field: str
    before: str | None
    after: str | None


class ChangeAnswer(Answer):
    """One thing of an officer that will be otherwise, field by field."""

    kind: Kind
    number: str
    what: Literal["added", "changed", "ended"]
    fields: tuple[FieldChange, ...]

    @classmethod
    def of(cls, kind: Kind, change: Change) -> ChangeAnswer:
        """The answer about a change."""
        fields = _fields(change, [each.name for each in dataclasses.fields(change.stated)])
        number = change.stated.number
        return cls(kind=kind, number=number, what=change.what, fields=tuple(fields))


class RefusalAnswer(Answer):
    """A field of a file that cannot be used."""

    file: str
    line: int
    column: str
    words: str

    @classmethod
    def of(cls, refusal: Refusal) -> RefusalAnswer:
        """The answer about a refusal."""
        at = refusal.at
        return cls(file=at.file, line=at.line, column=refusal.column, words=refusal.words)


class PlanAnswer(Answer):
    """What an import would do; with anything refused it cannot be applied.

    `changes` and `refused` show at most 500 of a kind; `left_out` says how many changes are not
    shown. `aside` names the columns that are not read, by file.
    """

    fingerprint: str
    new_teams: tuple[str, ...]
    new_skills: tuple[str, ...]
    counts: dict[Kind, CountsAnswer]
    changes: tuple[ChangeAnswer, ...]
    left_out: int
    refused: tuple[RefusalAnswer, ...]
    aside: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, plan: Plan) -> PlanAnswer:
        """The answer about a plan."""
        shown = [
            ChangeAnswer.of(kind, change)
            for kind, changes in plan.changes.items()
            for change in changes[:MOST_SHOWN]
        ]
        return cls(
            fingerprint=plan.fingerprint,
            new_teams=plan.new_teams,
            new_skills=plan.new_skills,
            counts=_counts(plan.counts),
            changes=tuple(shown),
            left_out=sum(map(len, plan.changes.values())) - len(shown),
            refused=tuple(map(RefusalAnswer.of, plan.refused[:MOST_SHOWN])),
            aside=plan.aside,
        )


class ImportAnswer(Answer):
    """Files that were given: what they would do now, or, once applied, what was done."""

    id: UUID
    asked_at: When
    applied_at: When | None
    plan: PlanAnswer | None
    done: dict[Kind, CountsAnswer]

    @classmethod
    def of(cls, kept: Import, plan: Plan | None) -> ImportAnswer:
        """The answer about an import."""
        return cls(
            id=kept.id,
            asked_at=kept.asked_at,
            applied_at=kept.applied_at,
            plan=PlanAnswer.of(plan) if plan else None,
            done=_counts(kept.counts),
        )


class Apply(Strict):
    """The fingerprint of the plan that was looked at."""

    fingerprint: Annotated[str, Field(min_length=1, max_length=64)]


def _counts(counts: dict[Kind, Counts]) -> dict[Kind, CountsAnswer]:
    return {kind: CountsAnswer.model_validate(each) for kind, each in counts.items()}


def _fields(change: Change, names: Iterable[str]) -> list[FieldChange]:
    """The fields that say something else before than after."""
    told = [FieldChange(
        field=name, before=_words(change.before, name), after=_words(change.after, name)
    ) for name in names]  # fmt: skip
    return [each for each in told if each.before != each.after]


def _words(stated: object, name: str) -> str | None:
    value = getattr(stated, name, None)
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
