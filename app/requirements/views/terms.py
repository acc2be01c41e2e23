"""What the page of queue terms shows, and what its form says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from app.errors import InvalidInput, Place
from app.requirements.service import ENDLESS, Need, Origin, Requirement, Terms
from app.web.words import count, day_words, number, percent, period_words

TONES: Mapping[Origin, str] = {"given": "ok", "measured": "told", "assumed": "warn"}
"""Of the tag that says where a value comes from."""

LABELS: Mapping[str, str] = {
    "aht_seconds": "AHT",
    "patience_seconds": "Patience",
    "share": "Service goal",
    "within_seconds": "Within",
    "definition": "Counted as",
    "most_abandonment": "Most abandoned",
    "most_occupancy": "Most occupancy",
    "skill": "Skill",
    "shrinkage": "Shrinkage on shift",
    "minimum": "Fewest people",
    "variation": "Variation of handling",
}

DEFINITIONS: Mapping[str, str] = {
    "answered_in_time_of_offered": "answered in time, of all offered",
    "answered_in_time_of_answered": "answered in time, of those answered",
    "virtual_wait_in_time": "would have been answered in time",
    "wait_in_time": "answered or gone in time, of all offered",
}

SECONDS = ("aht_seconds", "patience_seconds", "within_seconds")
SHARES = ("share", "most_occupancy", "most_abandonment")
"""Fields of the form in per cent."""

PARTS = 8
"""Rows of shrinkage on the form: the six assumed ones and two more."""


@dataclass(frozen=True, slots=True)
class Row:
    """A term in words, with the tone of the tag that says where it comes from."""

    label: str
    value: str
    origin: Origin
    tone: str


def rows(terms: Terms) -> tuple[Row, ...]:
    """Every term of a queue as it is in force."""
    said = asdict(terms.terms) | {"shrinkage": terms.terms.in_shift_shrinkage}
    return tuple(
        Row(label, _value(name, said[name]), terms.origins[name], TONES[terms.origins[name]])
        for name, label in LABELS.items()
    )


def _value(name: str, value: Any) -> str:
    """A term in words."""
    if value is None:
        return "nobody hangs up" if name == "patience_seconds" else "none"
    if name in SECONDS:
        return f"{value:,.0f} s"
    if name in SHARES or name == "shrinkage":
        return percent(value, 0 if round(value * 100, 6) % 1 == 0 else 1)
    if name == "definition":
        return DEFINITIONS[value]
    return f"{value:g}" if isinstance(value, float) else str(value)


def assumed_words(terms: tuple[Terms, ...]) -> str:
    """How much of what moves the need is assumed, as a sentence; "" when nothing is."""
    weighty = ("aht_seconds", "patience_seconds", "share", "within_seconds", "shrinkage")
    origins = [each.origins[name] for each in terms for name in weighty]
    assumed = origins.count("assumed")
    if not assumed:
        return ""
    are = "is" if assumed == 1 else "are"
    values = count(len(origins), "value")
    return f"{assumed} of the {values} that move the requirement most {are} assumed."


def requirement_words(requirement: Requirement, need: Need) -> str:
    """What a requirement came to, as a sentence: the whole room at its busiest, and in all."""
    whole = need.by_set[max(need.by_set, key=len)]
    most = int(whole.max())
    at = need.start + timedelta(minutes=need.interval_minutes * int(np.argmax(whole)))
    local = at.astimezone(ZoneInfo(need.zone))
    hours = float(whole.sum()) * need.interval_minutes / 60
    days = period_words(requirement.first_day, requirement.last_day)
    return (
        f"{days}: {count(most, 'person', 'people')} at most, {day_words(local.date())} at "
        f"{local:%H:%M}; {number(hours)} person-hours in all."
    )


def set_rows(need: Need) -> list[tuple[str, str, str, str]]:
    """Per set of queues: its names, fewest and most people, and person-hours."""
    return [
        (
            " + ".join(group),
            number(int(people.min())),
            number(int(people.max())),
            number(float(people.sum()) * need.interval_minutes / 60),
        )
        for group, people in need.by_set.items()
    ]


def form_values(terms: Terms) -> dict[str, str]:
    """What the form shows at first: what is given, and every part of shrinkage in force."""
    said: dict[str, str] = {}
    for name in terms.given:
        value = getattr(terms.terms, name)
        if name in SHARES and value is not None:
            said[name] = figure(value * 100)
        elif name == "patience_seconds" and value is None:
            said["endless"] = "yes"
        elif name != "shrinkage" and value is not None:
            said[name] = figure(value) if isinstance(value, (int, float)) else value
    for index, part in enumerate(terms.terms.shrinkage[:PARTS]):
        said |= {f"part-{index}": part.name, f"part-share-{index}": figure(part.share * 100)}
        if part.in_shift:
            said[f"part-shift-{index}"] = "yes"
    return said


def figure(value: float) -> str:
    """A number as its field shows it, without a tail of rounding."""
    return f"{value:.12g}"


def given_by(form: Mapping[str, str], before: Terms) -> dict[str, Any]:
    """What a form gives of a queue's terms; what it leaves empty is not given.

    Raises:
        InvalidInput: naming every field that is not a number.
    """
    faults: list[Place] = []
    given: dict[str, Any] = {}
    if "variation" in before.given:
        given["variation"] = before.terms.variation
    for name in (*SECONDS, *SHARES, "minimum"):
        if form.get(name, "").strip():
            value = _number(form[name], name, faults, whole=name == "minimum")
            given[name] = round(value / 100, 9) if name in SHARES else value
    for name in ("definition", "skill"):
        if form.get(name, "").strip():
            given[name] = form[name].strip()
    if form.get("endless"):
        given["patience_seconds"] = ENDLESS
    parts = _parts(form, faults)
    assumed = [asdict(part) for part in before.terms.shrinkage]
    if parts and ("shrinkage" in before.given or parts != assumed):
        given["shrinkage"] = parts
    if faults:
        raise InvalidInput(faults)
    return given


def _parts(form: Mapping[str, str], faults: list[Place]) -> list[dict[str, Any]]:
    """The parts of shrinkage that have a name."""
    return [
        {
            "name": form[f"part-{index}"].strip(),
            "share": round(
                _number(form.get(f"part-share-{index}", ""), f"part-share-{index}", faults) / 100, 9
            ),
            "in_shift": bool(form.get(f"part-shift-{index}")),
        }
        for index in range(PARTS)
        if form.get(f"part-{index}", "").strip()
    ]


def _number(text: str, name: str, faults: list[Place], *, whole: bool = False) -> float:
    """The number that a field says; a fault and 0 where it says none."""
    try:
        return int(text) if whole else float(text.strip().replace(",", "."))
    except ValueError:
        faults.append(Place(name, "Give a whole number." if whole else "Give a number."))
        return 0
