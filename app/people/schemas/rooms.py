"""Control rooms, teams and skills as JSON."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.people.schemas.words import Code, Name
from app.web.http.schema import Answer, Strict, When


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
