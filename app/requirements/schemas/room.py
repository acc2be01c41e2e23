"""What a room asks as a whole, as JSON."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from app.requirements import service
from app.requirements.schemas.parts import (
    Code,
    InWindow,
    Name,
    ShrinkageGiven,
    ShrinkagePart,
    WindowGiven,
)
from app.web.http.schema import Answer, Strict

Holders = Annotated[int, Field(ge=1, le=500)]


class PostGiven(Strict):
    """A desk that must be held; its holders answer no calls meanwhile.

    Attributes:
        name: what it is called.
        skill: code of the skill that its holders must have.
        people: how many hold it at a time.
        window: when; always if left out.
        relief: whether others take over during breaks.
    """

    name: Name
    skill: Code
    people: Holders = 1
    window: WindowGiven = WindowGiven()
    relief: bool = True


class MinimumGiven(Strict):
    """Fewest people on duty with a skill or role, whatever they do; without a window always.

    `must` puts it before everything else that is asked.
    """

    skill: Code
    people: Holders
    window: WindowGiven = WindowGiven()
    must: bool = False


class RoomTermsGiven(Strict):
    """What the room gives; what is left out or null is assumed.

    Attributes:
        reserve: people kept idle for the most urgent queue where staff is shared.
        seats: desks that exist; without it, as many as are needed.
        posts: desks that must be held, the most important first.
        minimums: least staffing; of several of one skill the highest holds.
        shrinkage: paid time in which post holders are not at their posts, in parts.
    """

    reserve: Annotated[int | None, Field(ge=0, le=50)] = None
    seats: Annotated[int | None, Field(ge=0, le=5000)] = None
    posts: Annotated[list[PostGiven] | None, Field(max_length=20)] = None
    minimums: Annotated[list[MinimumGiven] | None, Field(max_length=20)] = None
    shrinkage: Annotated[list[ShrinkageGiven] | None, Field(max_length=20)] = None

    def given(self) -> dict[str, Any]:
        """What is given, without what is left out."""
        return self.model_dump(mode="json", exclude_none=True)


class Post(Answer):
    """A desk that must be held."""

    name: str
    skill: str
    people: int
    window: InWindow
    relief: bool


class Minimum(Answer):
    """Fewest people on duty with a skill or role."""

    skill: str
    people: int
    window: InWindow
    must: bool


class RoomTermsInForce(Answer):
    """What a room asks as it is used; seats are null where they do not limit anything."""

    reserve: int
    seats: int | None
    posts: tuple[Post, ...]
    minimums: tuple[Minimum, ...]
    shrinkage: tuple[ShrinkagePart, ...]


class RoomTermsAnswer(Answer):
    """What a room asks as a whole, and whether each term was given or assumed."""

    version: int
    terms: RoomTermsInForce
    origins: dict[str, service.Origin]
