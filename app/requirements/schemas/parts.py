"""What terms of queues and of rooms share, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from app.web.http.schema import Answer, Strict
from forecasting.staffing.windows import DAY, Window

Share = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0, le=86_400)]
People = Annotated[int, Field(ge=0, le=500)]
Code = Annotated[str, Field(min_length=1, max_length=64)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Clock = Annotated[str, Field(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class WindowGiven(Strict):
    """Hours of some days of the local week; what is left out is midnight, and every day.

    Attributes:
        start: a local time such as `22:00`.
        end: the same; not after `start` it lies on the next day.
        days: on which it begins.
    """

    start: Clock = "00:00"
    end: Clock = "24:00"
    days: Annotated[list[Weekday] | None, Field(min_length=1, max_length=7)] = None


class WindowAnswer(Answer):
    """Hours of some days of the local week; an end not after the start lies on the next day."""

    start: str
    end: str
    days: tuple[Weekday, ...]


def _window(value: Any) -> Any:
    if not isinstance(value, Window):
        return value
    return {
        "start": clock_text(value.start),
        "end": clock_text(value.end if value.end <= DAY else value.end - DAY),
        "days": day_names(value.days),
    }


def clock_text(minute: int) -> str:
    """Minutes after midnight as `22:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def day_names(days: Iterable[int]) -> tuple[str, ...]:
    """Weekdays, 0 Monday, by the names that JSON has for them."""
    return tuple(get_args(Weekday)[day] for day in sorted(days))


InWindow = Annotated[WindowAnswer, BeforeValidator(_window)]
"""A window of the library as JSON."""


class ShrinkageGiven(Strict):
    """A reason why paid time does not answer calls; `in_shift` when it falls on rostered time."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    share: Share
    in_shift: bool


class ShrinkagePart(Answer):
    """A reason why paid time does not answer calls; `in_shift` when it falls on rostered time."""

    name: str
    share: float
    in_shift: bool
