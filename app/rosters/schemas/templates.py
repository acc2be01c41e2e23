"""Shift templates as JSON."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.rosters.service import Template, TemplateDetails
from app.web.http.schema import Answer, Strict

Kind = Literal["early", "day", "late", "night"]


class TemplateInput(Strict):
    """A shift template; `start` counts minutes from local midnight, `minutes` is its length.

    `skills` are codes that an officer must hold, all of them. An inactive one is not offered to new
    rosters.
    """

    code: Annotated[str, Field(min_length=1, max_length=64)]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Kind
    start: Annotated[int, Field(ge=0, le=1439)]
    minutes: Annotated[int, Field(ge=60, le=1440)]
    skills: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    active: bool = True

    def details(self) -> TemplateDetails:
        """What is said of the template."""
        return TemplateDetails(**{name: getattr(self, name) for name in type(self).model_fields})


class OfferedTemplate(Answer):
    """A template that a room could take."""

    code: str
    name: str
    kind: str
    start: int
    minutes: int
    skills: tuple[str, ...]
    active: bool


class TemplateAnswer(OfferedTemplate):
    """A template as kept."""

    id: UUID
    version: int

    @classmethod
    def of(cls, template: Template) -> TemplateAnswer:
        """A template as kept."""
        details = {name: getattr(template.details, name) for name in OfferedTemplate.model_fields}
        return cls(id=template.id, version=template.version, **details)


class TemplateList(Answer):
    """Templates of a control room, by start and code."""

    templates: tuple[TemplateAnswer, ...]


class OfferedList(Answer):
    """Templates for a room that has none, starts spread over the day."""

    templates: tuple[OfferedTemplate, ...]
