"""What the page of queue terms shows, and what its form says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from app.errors import InvalidInput, Place
from app.requirements.service import ENDLESS, Origin, Terms
from app.requirements.views.callers import callers_given, callers_shown, callers_words
from app.requirements.views.fields import figure, number_given, parts_given, parts_shown
from app.web.words import count, percent

TONES: Mapping[Origin, str] = {
    "given": "ok",
    "forecast": "told",
    "measured": "told",
    "assumed": "warn",
}
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
    "late_call_points": "A call late or lost",
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
    usual = [(name, label, _value(name, said[name])) for name, label in LABELS.items()]
    return tuple(
        Row(label, words, terms.origins[name], TONES[terms.origins[name]])
        for name, label, words in (*usual, *callers_words(terms))
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
    if name == "late_call_points":
        return f"{value:g} points"
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


def form_values(terms: Terms) -> dict[str, str]:
    """What the form shows at first: what is given, and every part of shrinkage in force."""
    said: dict[str, str] = {}
    for name in terms.given:
        value = getattr(terms.terms, name, None)
        if name in SHARES and value is not None:
            said[name] = figure(value * 100)
        elif name == "patience_seconds" and value is None:
            said["endless"] = "yes"
        elif name in LABELS and name != "shrinkage" and value is not None:
            said[name] = figure(value) if isinstance(value, (int, float)) else value
    if "aht_by_hour" in terms.given and not terms.is_aht_by_hour:
        said["flat"] = "yes"
    return said | callers_shown(terms) | parts_shown(terms.terms.shrinkage)


def given_by(form: Mapping[str, str], before: Terms) -> dict[str, Any]:
    """What a form gives of a queue's terms; what it leaves empty is not given.

    Raises:
        InvalidInput: naming every field that is not a number.
    """
    faults: list[Place] = []
    given: dict[str, Any] = {}
    if "variation" in before.given:
        given["variation"] = before.terms.variation
    for name in (*SECONDS, *SHARES, "minimum", "late_call_points"):
        if form.get(name, "").strip():
            value = number_given(form[name], name, faults, whole=name == "minimum")
            given[name] = round(value / 100, 9) if name in SHARES else value
    for name in ("definition", "skill"):
        if form.get(name, "").strip():
            given[name] = form[name].strip()
    given |= callers_given(form, faults)
    if form.get("flat"):
        given["aht_by_hour"] = False
    if form.get("endless"):
        given["patience_seconds"] = ENDLESS
    parts = parts_given(form, faults)
    assumed = [asdict(part) for part in before.terms.shrinkage]
    if parts and ("shrinkage" in before.given or parts != assumed):
        given["shrinkage"] = parts
    if faults:
        raise InvalidInput(faults)
    return given


def tabs(base: str, terms: Sequence[Terms], chosen: UUID | None) -> list[tuple[str, str, bool]]:
    """The queues, and the room as a whole, which is chosen where no queue is."""
    queues = [
        (each.queue, f"{base}/terms?queue={each.queue_id}", each.queue_id == chosen)
        for each in terms
    ]
    return [*queues, ("The room", f"{base}/terms/room", chosen is None)]
