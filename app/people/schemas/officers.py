"""Officers as JSON, with what they hold, what they agreed to and what holds for them.

Days are local days of the control room; a `from_day` counts, an `until_day` does not, and null
means "until further notice".
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.people.schemas.words import Code, Name, Word
from app.people.service import (
    Contract,
    Employment,
    HeldSkill,
    OfficerDetails,
    OutsideId,
    Person,
    Term,
    TermKind,
)
from app.web.http.schema import Answer, Strict


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
