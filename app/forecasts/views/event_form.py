"""The form of an event: what it is filled with, and what is typed into it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast
from uuid import UUID

from app.demand import service as demand
from app.errors import InvalidInput, Place, invalid
from app.forecasts.views.calendar import KINDS, NTHS
from forecasting.event_file import WEEKDAYS, clock
from forecasting.events import (
    MINUTES_PER_DAY,
    MOST_DAYS,
    Effect,
    Event,
    Given,
    Learned,
    LikeLast,
    NthWeekday,
    Stated,
    When,
    Yearly,
)

HOWS: Mapping[str, str] = {
    "yearly": "A date every year",
    "weekday": "A weekday every year",
    "dates": "Given dates",
}
"""The ways of saying when an event takes place."""

EFFECTS = (
    ("learned", "Learned", "By hour from the times before, less where they are few."),
    ("like_last", "Like the last time", "Only the last time counts."),
    ("stated", "Stated", "So many per cent more calls, or fewer; give them below."),
)

MONTHS = [(month, f"{date(2000, month, 1):%B}") for month in range(1, 13)]

PLAIN: Mapping[str, Any] = {
    "name": "",
    "kind": "festive",
    "month": "",
    "day": "",
    "weekday": "",
    "nth": "1",
    "days": "1",
    "dates": "",
    "begins": "",
    "until": "",
    "effect": "learned",
    "percent": "",
    "since": "",
    "last": "",
    "version": "",
}
"""An empty form."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form brings: texts by field, and the queues that are ticked."""

    fields: Mapping[str, str]
    queues: Sequence[str]

    def text(self, name: str) -> str:
        """The text of a field without blanks at its ends."""
        return self.fields.get(name, "").strip()


def how_of(event: demand.RoomEvent) -> str:
    """The way in which an event's dates are said."""
    when = event.details.said.when
    if isinstance(when, Given):
        return "dates"
    return "yearly" if isinstance(when, Yearly) else "weekday"


def filled(event: demand.RoomEvent) -> dict[str, Any]:
    """What the form of an event is filled with."""
    said = event.details.said
    begins, until = said.begins, (said.begins + said.minutes) % MINUTES_PER_DAY
    whole = said.minutes == MINUTES_PER_DAY and not begins
    stated = isinstance(said.effect, Stated)
    return {
        **PLAIN,
        **_filled_dates(said.when),
        "name": said.name,
        "kind": event.details.kind,
        "begins": "" if whole else clock(begins),
        "until": "" if whole else clock(until),
        "effect": "stated" if stated else "like_last" if said.effect == LikeLast() else "learned",
        "percent": f"{said.effect.percent:g}" if isinstance(said.effect, Stated) else "",
        "since": said.since or "",
        "last": said.last or "",
        "version": event.version,
    }


def _filled_dates(when: When) -> dict[str, Any]:
    if isinstance(when, Given):
        lines = (f"{a}" if a == b else f"{a} to {b}" for a, b in when.each)
        return {"dates": "\n".join(lines)}
    said: dict[str, Any] = {"month": when.month, "days": when.days}
    if isinstance(when, Yearly):
        return said | {"day": when.day}
    return said | {"weekday": WEEKDAYS[when.weekday], "nth": when.nth}


def details_of(how: str, typed: Typed) -> demand.EventDetails:
    """The event that a form tells of.

    Args:
        how: the way in which its dates are said, one of `HOWS`.
        typed: what was typed.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    wrong: list[Place] = []
    when = _tried(wrong, lambda: _when(how, typed))
    hours = _tried(wrong, lambda: _hours(typed))
    effect = _tried(wrong, lambda: _effect(typed))
    since = _tried(wrong, lambda: _day(typed, "since"))
    last = _tried(wrong, lambda: _day(typed, "last"))
    queues = _tried(wrong, lambda: _queues(typed.queues))
    kind = typed.text("kind")
    if kind not in KINDS:
        wrong.append(Place("kind", "Choose what it is."))
    if since and last and last < since:
        wrong.append(Place("last", "It was held first after it was held last."))
        last = None
    said = _tried(
        wrong,
        lambda: demand.in_field(
            "name",
            lambda: Event(
                typed.text("name"),
                when or Yearly(1, 1),
                *(hours or (0, MINUTES_PER_DAY)),
                effect or Learned(),
                since,
                last,
            ),
        ),
    )
    if wrong or said is None:
        raise InvalidInput(wrong)
    return demand.EventDetails(cast("demand.EventKind", kind), said, queues or ())


def _tried(wrong: list[Place], make: Callable[[], Value]) -> Value | None:
    """What is made; None where it is refused, with the fields at fault put beside the others."""
    try:
        return make()
    except InvalidInput as error:
        wrong.extend(error.places)
        return None


def _when(how: str, typed: Typed) -> When:
    if how == "dates":
        spans = demand.spans_of(typed.fields.get("dates", ""))
        return demand.in_field("dates", lambda: Given(spans))
    month = _whole(typed, "month", 1, 12, "Choose a month.")
    days = _whole(typed, "days", 1, MOST_DAYS, f"Give 1 to {MOST_DAYS} days.")
    if how == "yearly":
        day = _whole(typed, "day", 1, 31, "Give a day of the month, 1 to 31.")
        return demand.in_field("day", lambda: Yearly(month, day, days))
    if typed.text("weekday") not in WEEKDAYS:
        raise invalid("weekday", "Choose a weekday.")
    nth = typed.text("nth")
    if nth not in map(str, NTHS):
        raise invalid("nth", "Choose the first to the fourth, or the last.")
    return NthWeekday(month, WEEKDAYS.index(typed.text("weekday")), int(nth), days)


def _whole(typed: Typed, name: str, least: int, most: int, words: str) -> int:
    text = typed.text(name)
    if not (text.isascii() and text.isdigit() and len(text) < 5 and least <= int(text) <= most):
        raise invalid(name, words)
    return int(text)


def _hours(typed: Typed) -> tuple[int, int]:
    """Where it begins, and how long it lasts, in minutes."""
    if not typed.text("begins") and not typed.text("until"):
        return 0, MINUTES_PER_DAY
    begins, until = (_minute(typed, name) for name in ("begins", "until"))
    return begins, (until - begins) % MINUTES_PER_DAY or MINUTES_PER_DAY


def _minute(typed: Typed, name: str) -> int:
    hour, colon, minute = typed.text(name).partition(":")
    known = [f"{number:02}" for number in range(60)]
    if not colon or hour not in known[:24] or minute not in known:
        raise invalid(name, "Give a time such as 17:00, or leave both empty for whole days.")
    return int(hour) * 60 + int(minute)


def _effect(typed: Typed) -> Effect:
    chosen = typed.text("effect")
    if chosen == "stated":
        try:
            percent = float(typed.text("percent").replace("\N{MINUS SIGN}", "-").rstrip(" %"))
        except ValueError:
            percent = math.nan
        if math.isnan(percent):
            raise invalid("percent", "Give per cent, such as 20, or -10 for fewer.")
        return demand.in_field("percent", lambda: Stated(percent))
    if chosen not in {"learned", "like_last"}:
        raise invalid("effect", "Choose how its effect is known.")
    return LikeLast() if chosen == "like_last" else Learned()


def _day(typed: Typed, name: str) -> date | None:
    if not typed.text(name):
        return None
    try:
        return date.fromisoformat(typed.text(name))
    except ValueError as error:
        raise invalid(name, "Give a day, such as 2026-11-05, or leave it empty.") from error


def _queues(ticked: Sequence[str]) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(each) for each in ticked)
    except ValueError as error:
        raise invalid("queues", "Not every queue is of this control room.") from error
