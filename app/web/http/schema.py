"""The bases of what comes in and goes out as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, PlainSerializer


def _zulu(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


When = Annotated[AwareDatetime, PlainSerializer(_zulu, return_type=str)]
"""An instant: RFC 3339 with an offset coming in, in UTC with Z going out."""


class Strict(BaseModel):
    """What comes in: no field but those named, nothing taken for what it is not."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Answer(BaseModel):
    """What goes out."""

    model_config = ConfigDict(frozen=True, from_attributes=True)
