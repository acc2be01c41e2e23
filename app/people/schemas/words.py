"""What fields of people are made of."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from app.web.http.schema import When

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
