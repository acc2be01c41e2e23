"""Events as plain documents with the keys of the events file, and the file's text.

A document is what JSON and TOML can hold: dates and times of day as text. One that was made here is
read back as it was; a file from outside is read by whoever tells people what is wrong in it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from forecasting.events import (
    MINUTES_PER_DAY,
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

Document = Mapping[str, Any]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

EFFECTS: Mapping[str, Effect] = {"learned": Learned(), "like last time": LikeLast()}
"""Effects that are said in words; others are per cent."""


def document_of(event: Event) -> dict[str, Any]:
    """An event without its name, as a table of the events file."""
    said = _when(event.when)
    if event.minutes < MINUTES_PER_DAY or event.begins:
        said["from"] = clock(event.begins)
        said["until"] = clock((event.begins + event.minutes) % MINUTES_PER_DAY)
    for name, day in (("since", event.since), ("last", event.last)):
        if day is not None:
            said[name] = day.isoformat()
    if event.queues:
        said["queues"] = list(event.queues)
    said["effect"] = next((words for words, each in EFFECTS.items() if each == event.effect), None)
    if isinstance(event.effect, Stated):
        said["effect"] = event.effect.percent
    return said


def event_of(name: str, document: Document) -> Event:
    """The event of a document that `document_of` made."""
    begins, until = (_minute(document.get(key, "00:00")) for key in ("from", "until"))
    effect = document["effect"]
    return Event(
        name,
        _dates(document),
        begins,
        (until - begins) % MINUTES_PER_DAY or MINUTES_PER_DAY,
        EFFECTS[effect] if isinstance(effect, str) else Stated(float(effect)),
        _day(document.get("since")),
        _day(document.get("last")),
        tuple(document.get("queues", ())),
    )


def events_toml(events: Iterable[Event]) -> str:
    """The text of an events file."""
    tables = []
    for event in events:
        lines = [f"{key} = {_toml(value)}" for key, value in document_of(event).items()]
        tables.append("\n".join([f"[{_toml(event.name)}]", *lines]))
    return "\n\n".join(tables) + "\n" if tables else ""


def clock(minute: int) -> str:
    """A minute of the day as a time, such as `17:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _when(when: When) -> dict[str, Any]:
    if isinstance(when, Given):
        return {
            "dates": [
                begin.isoformat() if begin == end else [begin.isoformat(), end.isoformat()]
                for begin, end in when.each
            ]
        }
    if isinstance(when, Yearly):
        said: dict[str, Any] = {"month": when.month, "day": when.day}
    else:
        said = {"month": when.month, "weekday": WEEKDAYS[when.weekday], "nth": when.nth}
    return said | ({"days": when.days} if when.days > 1 else {})


def _dates(document: Document) -> When:
    if "dates" in document:
        each = [[day, day] if isinstance(day, str) else day for day in document["dates"]]
        parse = dt.date.fromisoformat
        return Given(tuple((parse(begin), parse(end)) for begin, end in each))
    month, days = document["month"], document.get("days", 1)
    if "day" in document:
        return Yearly(month, document["day"], days)
    return NthWeekday(month, WEEKDAYS.index(document["weekday"]), document["nth"], days)


def _toml(value: object) -> str:
    """A value as TOML; its texts escape what JSON's do, and delete besides."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return f"{value:g}" if isinstance(value, float) else str(value)
