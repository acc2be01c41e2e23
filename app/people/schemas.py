"""What people take and give as JSON.

Days are local days of the control room; a `from_day` counts, an `until_day` does not, and null
means "until further notice".
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from app.people.service import (
    Change,
    Contract,
    Counts,
    Employment,
    HeldSkill,
    HistoryChange,
    Import,
    Kind,
    OfficerDetails,
    OutsideId,
    PastShift,
    Person,
    Plan,
    Refusal,
    Span,
    Term,
    TermKind,
)
from app.web.http.schema import Answer, Strict, When

MOST_SHOWN = 500
"""Changes of a kind, and refusals, that an answer shows; the counts are of all."""

Name = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(min_length=1, max_length=64)]
Word = Annotated[str, Field(max_length=64)]
Mark = Annotated[int, Field(ge=0, le=2_000_000_000)]


def _in_this_age(instant: datetime) -> datetime:
    if not 1900 <= instant.year < 2200:
        raise ValueError("Give an instant of the years 1900 to 2199")
    return instant


Moment = Annotated[When, AfterValidator(_in_this_age)]
"""An instant that any zone can tell."""


class RoomInput(Strict):
    """A control room: IANA time zone; the start of the force's day, minutes after midnight."""

    name: Name
    zone: Annotated[str, Field(min_length=1, max_length=64)]
    day_start_minutes: Annotated[int, Field(ge=0, le=1439)]


class RoomAnswer(Answer):
    """A control room; `version` is its ETag."""

    id: UUID
    force_id: UUID
    name: str
    zone: str
    day_start_minutes: Annotated[int, Field(validation_alias="day_start")]
    notice: str
    as_of: When | None
    version: Annotated[int, Field(validation_alias="changed")]


class RoomList(Answer):
    """Control rooms by name; ask with `changed` as `changed_since` for what changes later."""

    rooms: tuple[RoomAnswer, ...]
    changed: int


class TeamInput(Strict):
    """A team of a control room."""

    name: Name


class TeamAnswer(Answer):
    """A team; `version` is its ETag."""

    id: UUID
    name: str
    version: Annotated[int, Field(validation_alias="changed")]


class TeamList(Answer):
    """Teams by name; ask with `changed` as `changed_since` for what changes later."""

    teams: tuple[TeamAnswer, ...]
    changed: int


class SkillInput(Strict):
    """A new skill of the force; files and queues know it by its code, which stays.

    With `after_months` everyone who holds any other skill earns it by so many months of service.
    """

    code: Code
    name: Name
    after_months: Annotated[int | None, Field(ge=1, le=600)] = None


class SkillChange(Strict):
    """What may change of a skill."""

    name: Name


class SkillAnswer(Answer):
    """A skill; `version` is its ETag."""

    id: UUID
    code: str
    name: str
    version: Annotated[int, Field(validation_alias="changed")]
    after_months: int | None


class SkillList(Answer):
    """Skills by code; ask with `changed` as `changed_since` for what changes later."""

    skills: tuple[SkillAnswer, ...]
    changed: int


class OfficerInput(Strict):
    """An officer: everyone who is rostered, warranted or police staff.

    `left` is the first day no longer in service.
    """

    number: Code
    name: Name
    grade: Code
    employment: Employment
    started: date
    left: date | None = None
    team_id: UUID | None = None

    def details(self) -> OfficerDetails:
        """As the service takes it."""
        return OfficerDetails(**dict(self))


class HeldSkillInput(Strict):
    """A skill that an officer holds for some days."""

    skill_id: UUID
    from_day: date
    until_day: date | None = None


class HeldSkills(Strict):
    """All skills of an officer, past and future."""

    skills: Annotated[tuple[HeldSkillInput, ...], Field(max_length=500)]

    def held(self) -> list[HeldSkill]:
        """As the service takes them."""
        return [HeldSkill(**dict(each)) for each in self.skills]


class ContractInput(Strict):
    """What an officer is contracted for, minutes a week on average, for some days."""

    from_day: date
    until_day: date | None = None
    weekly_minutes: Annotated[int, Field(ge=0, le=10_080)]


class Contracts(Strict):
    """All contracts of an officer, past and future."""

    contracts: Annotated[tuple[ContractInput, ...], Field(max_length=500)]

    def agreed(self) -> list[Contract]:
        """As the service takes them."""
        return [Contract(**dict(each)) for each in self.contracts]


class TermInput(Strict):
    """What a person cannot do, or what else holds for them, for some days; never why.

    `weekdays` is such as `Mon Tue`, empty for every day. `value` depends on what it is about: hours
    such as `7.5`, a time of day such as `23:00-06:00`, a kind of shift, the code of a skill, days
    of notice that end an opt-out, or nothing.
    """

    what: TermKind
    from_day: date
    until_day: date | None = None
    weekdays: Word = ""
    value: Word = ""


class Terms(Strict):
    """All own terms of an officer, past and future."""

    terms: Annotated[tuple[TermInput, ...], Field(max_length=200)]

    def own(self) -> list[Term]:
        """As the service takes them."""
        return [Term(**dict(each)) for each in self.terms]


class OutsideIdInput(Strict):
    """What an outside system calls an officer."""

    system: Code
    id: Name


class OutsideIds(Strict):
    """All that outside systems call an officer."""

    outside_ids: Annotated[tuple[OutsideIdInput, ...], Field(max_length=100)]

    def ids(self) -> list[OutsideId]:
        """As the service takes them."""
        return [OutsideId(**dict(each)) for each in self.outside_ids]


class HeldSkillAnswer(Answer):
    """A skill that an officer holds for some days."""

    skill_id: UUID
    from_day: date
    until_day: date | None


class ContractAnswer(Answer):
    """What an officer is contracted for, for some days."""

    from_day: date
    until_day: date | None
    weekly_minutes: int


class TermAnswer(Answer):
    """What a person cannot do, or what else holds for them, for some days."""

    what: TermKind
    from_day: date
    until_day: date | None
    weekdays: str
    value: str


class OutsideIdAnswer(Answer):
    """What an outside system calls an officer."""

    system: str
    id: str


class OfficerAnswer(Answer):
    """An officer with all that is kept but shifts; `version`, the ETag, covers it all."""

    id: UUID
    version: int
    number: str
    name: str
    grade: str
    employment: Employment
    started: date
    left: date | None
    team_id: UUID | None
    skills: tuple[HeldSkillAnswer, ...]
    contracts: tuple[ContractAnswer, ...]
    terms: tuple[TermAnswer, ...]
    outside_ids: tuple[OutsideIdAnswer, ...]

    @classmethod
    def of(cls, person: Person) -> OfficerAnswer:
        """The answer about an officer."""
        said = person.officer.details
        return cls(
            id=person.officer.id,
            version=person.officer.version,
            **{name: getattr(said, name) for name in OfficerInput.model_fields},
            skills=tuple(map(HeldSkillAnswer.model_validate, person.skills)),
            contracts=tuple(map(ContractAnswer.model_validate, person.contracts)),
            terms=tuple(map(TermAnswer.model_validate, person.terms)),
            outside_ids=tuple(map(OutsideIdAnswer.model_validate, person.outside_ids)),
        )


class OfficerList(Answer):
    """Officers by name, or by last change where `changed_since` was asked.

    With `changed` of the first page as `changed_since`, a later question is answered with the
    officers that have changed since; nobody is ever taken off the list.
    """

    officers: tuple[OfficerAnswer, ...]
    changed: int


class ShiftInput(Strict):
    """A shift of an officer as published or as worked."""

    officer_id: UUID
    start: Moment
    end: Moment
    kind: Word
    code: Word


class HistoryInput(Strict):
    """What the shifts of these officers that start within a span are; all others stay."""

    start: Moment
    end: Moment
    officers: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=2000)]
    shifts: Annotated[tuple[ShiftInput, ...], Field(max_length=50_000)]

    def span(self) -> Span:
        """The stretch of time that is told."""
        return Span(self.start, self.end)

    def told(self) -> list[PastShift]:
        """As the service takes them."""
        return [PastShift(**dict(each)) for each in self.shifts]


class HistoryAnswer(Answer):
    """How many shifts were kept, forgotten and left as they were."""

    kept: int
    forgotten: int
    unchanged: int

    @classmethod
    def of(cls, change: HistoryChange) -> HistoryAnswer:
        """The answer about a history that was told."""
        return cls.model_validate(change)


class ShiftAnswer(Answer):
    """A shift of an officer."""

    officer_id: UUID
    start: When
    end: When
    kind: str
    code: str


class ShiftList(Answer):
    """Shifts by officer and start."""

    shifts: tuple[ShiftAnswer, ...]


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
