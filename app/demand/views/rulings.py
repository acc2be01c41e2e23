"""The forms in which a person decides about counts, and how they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from app import clock
from app.demand.service import Found, Ruling, Stretch, Way
from app.errors import invalid
from app.web.views.demand import INTERVAL_WORDS
from app.web.words import count, date_year
from forecasting.cleaning.wording import length_words, number

ACTS: Mapping[str, tuple[str, str]] = {
    "exclude": ("Take as not observed", "As if nobody had counted: nothing is learned from them."),
    "expected": ("Put what was expected in their place", "As calls usually come then."),
    "halve": ("Halve them", ""),
    "move": ("Move them to the right time", ""),
    "total": ("Put another total in their place", "Shared out as calls usually come."),
    "values": ("Put figures of your own in their place", "One for each interval."),
    "accept": (
        "Leave them as they are",
        "They are right: forecasts go on learning from them.",
    ),
}
"""What can be done, as the form says it, and what comes of it."""

NAMED_ACTS = tuple((act, *ACTS[act]) for act in ("exclude", "expected", "total", "values"))
"""What can be done about a stretch that a person names, as the form says it."""

FINDING_FIELDS: Mapping[str, str] = {"way": "act"}
"""Fields of the form about a finding, by what they are about where the names differ."""

STRETCH_FIELDS: Mapping[str, str] = {
    "start": "start_day",
    "end": "end_day",
    "reason": "own_reason",
    "total": "own_total",
    "values": "own_values",
}
"""The same of the form about a named stretch."""

FIELDS = (
    *("act", "total", "values", "reason"),
    *("start_day", "start_time", "end_day", "end_time", "way"),
    *("own_total", "own_values", "own_reason"),
)
"""Fields of both forms."""

FIGURE = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
"""Calls, with commas between thousands or without."""

UNKNOWN = {"-", "\N{EN DASH}", "\N{MINUS SIGN}"}
"""What stands for an interval of which nothing is known."""


def choices(found: Found) -> list[tuple[str, str, str]]:
    """What can be done about a finding, the suggested first: value, words, what comes of it."""
    can: list[str] = list(found.remedies)
    if found.kind not in {"shift", "hours", "clock"}:
        can += ["total", "values"]
    return [
        (
            act,
            ACTS[act][0] + (" (suggested)" if act == found.remedies[0] else ""),
            _effect(act, found),
        )
        for act in can
    ]


def _effect(act: str, found: Found) -> str:
    """What a decision does to the calls that forecasts learn from, with its figures."""
    instead = f"calls instead of {number(found.observed) if found.observed else 'none'}"
    if act == "expected":
        return f"{number(found.expected)} {instead}. {ACTS[act][1]}"
    if act == "halve":
        return f"{number(found.observed / 2)} {instead}."
    if act == "move":
        way = "earlier" if found.moved > 0 else "later"
        return f"Each count goes {length_words(abs(found.moved))} {way}."
    if act == "accept" and found.kind == "absent":
        return "Nobody counted: nothing is learned from them."
    return ACTS[act][1]


def figures_hint(interval_minutes: int | None, found: Found | None = None) -> str:
    """How figures of a person's own are given, for a finding or for a stretch yet to be named."""
    step = interval_minutes or 15
    said = f"each {INTERVAL_WORDS[step]} in order of time; a dash where nothing is known."
    if found is None:
        return f"One for {said}"
    figures = count((found.end - found.start) // timedelta(minutes=step), "figure")
    return f"{figures}, one for {said}"


def typed_ruling(typed: Mapping[str, str]) -> Ruling:
    """What the form decides.

    Raises:
        InvalidInput: when no act is chosen, or its figures are no numbers.
    """
    act = typed.get("act", "")
    if act not in ACTS:
        raise invalid("act", "Choose what to do.")
    key, reason = typed.get("key", ""), _in_one_line(typed.get("reason", ""))
    if act == "accept":
        return Ruling(key, "accept", reason)
    return _changing(key, act, reason, typed.get("total", ""), typed.get("values", ""))


def typed_stretch(typed: Mapping[str, str], zone: str) -> Ruling:
    """What the form about a stretch of the person's own decides; its times are local.

    Raises:
        InvalidInput: when a time, what to do or its figures cannot be read.
    """
    start, end = (_typed_time(typed, name, zone) for name in ("start", "end"))
    act = typed.get("way", "")
    if act not in {value for value, *_ in NAMED_ACTS}:
        raise invalid("way", "Choose what to do.")
    reason, total, values = (typed.get(f"own_{name}", "") for name in ("reason", "total", "values"))
    return _changing(Stretch(start, end), act, _in_one_line(reason), total, values)


def _in_one_line(text: str) -> str:
    """What was typed over several lines, in one."""
    return " ".join(text.split())


def _typed_time(typed: Mapping[str, str], name: str, zone: str) -> datetime:
    try:
        day = date.fromisoformat(typed.get(f"{name}_day", ""))
        at = time.fromisoformat(typed.get(f"{name}_time", ""))
        wall = datetime.combine(day, at.replace(tzinfo=None))
        instants = clock.instants(wall, ZoneInfo(zone))
    except (ValueError, OverflowError) as error:
        raise invalid(name, "Give a date and a time.") from error
    if len(instants) == 1:
        return instants[0]
    clocks, on = f"{wall:%H:%M}", date_year(day)
    said = (
        f"{clocks} comes twice on {on}, since the clocks go back"
        if instants
        else f"There is no {clocks} on {on}, since the clocks go forward"
    )
    raise invalid(name, f"{said}: give a time before or after that hour.")


def _changing(about: str | Stretch, act: str, reason: str, total: str, values: str) -> Ruling:
    """A decision that changes what is learned from counts."""
    if act == "exclude":
        return Ruling(about, "exclude", reason)
    if act == "total":
        if not FIGURE.fullmatch(total.strip()):
            raise invalid("total", "Give the calls of the whole stretch, such as 120.")
        return Ruling(about, "correct", reason, "total", _calls(total))
    figures = tuple(map(_figure, values.split())) if act == "values" else None
    return Ruling(about, "correct", reason, cast("Way", act), values=figures)


def _figure(text: str) -> float | None:
    if text in UNKNOWN:
        return None
    if not FIGURE.fullmatch(text):
        raise invalid("values", f'"{text[:20]}" is no number of calls: give figures such as 12.')
    return _calls(text)


def _calls(text: str) -> float:
    return float(text.replace(",", ""))
