"""The form by which a rule's numbers are changed, and what it says."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin

from app.errors import InvalidInput, Place
from app.rulebooks.service import Said, clock_words, is_clock, label, number_words
from rostering.files.rule_data import numbers_of
from rostering.rules.base import LineRule, Rule
from rostering.rules.group import GroupRule

HOURS_FROM = 180
"""Minutes from which a length is given in hours."""

KINDS = ("early", "day", "late", "night")
"""Kinds of shift that every room has; a force may have others."""

PREFIX = "number-"
"""What stands before the name of a number on the form."""

GIVE = {
    "hours": "Give hours, such as 11 or 11.25.",
    "minutes": "Give whole minutes.",
    "time": "Give a time of day, such as 23:00.",
    "whole": "Give a whole number.",
}

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?", re.ASCII)

FieldKind = Literal["hours", "minutes", "time", "whole", "one_of", "text"]


@dataclass(frozen=True, slots=True)
class NumberField:
    """One number of a rule on the form.

    Attributes:
        shipped: the rulebook's own, in words.
        options: for one of several: value and words.
    """

    name: str
    label: str
    kind: FieldKind
    value: str
    shipped: str
    options: tuple[tuple[str, str], ...] = ()


def number_fields(
    rule: Rule, shipped: Rule, form: Mapping[str, str] | None = None
) -> tuple[NumberField, ...]:
    """The numbers of a rule, as the form shows them; `form` is what was sent and refused."""
    fields = []
    for name, type_ in numbers_of(type(rule)).items():
        kind = _kind(shipped, name, type_)
        shown = _shown(kind, getattr(rule, name))
        fields.append(
            NumberField(
                name=PREFIX + name,
                label=label(name),
                kind=kind,
                value=shown if form is None else form.get(PREFIX + name, ""),
                shipped=number_words(name, getattr(shipped, name)),
                options=_options(name, type_, getattr(rule, name)),
            )
        )
    return tuple(fields)


def _kind(shipped: Rule, name: str, type_: object) -> FieldKind:
    if type_ is int and is_clock(name):
        return "time"
    if type_ is int and name.endswith("minutes"):
        return "hours" if getattr(shipped, name) >= HOURS_FROM else "minutes"
    if type_ is int:
        return "whole"
    return "one_of" if get_origin(type_) is Literal or name == "kind" else "text"


def _options(name: str, type_: object, value: object) -> tuple[tuple[str, str], ...]:
    if get_origin(type_) is Literal:
        return tuple((each, number_words(name, each)) for each in get_args(type_))
    if name == "kind":
        return tuple((each, each) for each in dict.fromkeys((*KINDS, str(value))))
    return ()


def _shown(kind: FieldKind, value: Any) -> str:
    if kind == "time":
        return clock_words(value)
    return f"{value / 60:g}" if kind == "hours" else str(value)


def can_be_hard(rule: Rule) -> bool:
    """Whether a rule may be always kept; cover, wishes and the like only have a price."""
    return isinstance(rule, LineRule | GroupRule)


def weight_values(rule: Rule, form: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the form says of the weight: `hard` or `priced`, and the points."""
    if form is not None:
        return {"weight": form.get("weight", ""), "points": form.get("points", "")}
    if rule.weight is None:
        return {"weight": "hard", "points": ""}
    steps = rule.weight if isinstance(rule.weight, tuple) else (rule.weight,)
    return {"weight": "priced", "points": ", ".join(map(str, steps))}


def said_by(form: Mapping[str, str], rule: Rule, shipped: Rule) -> Said:
    """What a form says of a rule: the numbers that differ from those in force.

    Args:
        form: what was sent; a number left empty goes back to the rulebook's own.
        rule: as it holds on the day from which the change is to hold.
        shipped: as the rulebook has it.

    Raises:
        InvalidInput: naming every field that cannot be read.
    """
    faults: list[Place] = []
    numbers: dict[str, Any] = {}
    for field in number_fields(rule, shipped, form):
        name = field.name.removeprefix(PREFIX)
        value = _value(field, faults) if field.value.strip() else None
        now, own = getattr(rule, name), getattr(shipped, name)
        if (own if value is None else value) != now:
            numbers[name] = value
    weight = _weight(form, faults)
    now_weight = list(rule.weight) if isinstance(rule.weight, tuple) else rule.weight
    if weight != ("hard" if now_weight is None else now_weight):
        numbers["weight"] = weight
    from_day = day_of(form, faults)
    if faults:
        raise InvalidInput(faults)
    if not numbers:
        raise InvalidInput([Place("", "Nothing would change: give another number.")])
    return Said(numbers, from_day, form.get("reason", ""), form.get("authority", ""))


def day_of(form: Mapping[str, str], faults: list[Place]) -> date:
    """The day from which a form's change is to hold."""
    try:
        return date.fromisoformat(form.get("from_day", ""))
    except ValueError:
        faults.append(Place("from_day", "Give a day."))
        return date.min


def first_day_of(form: Mapping[str, str]) -> date:
    """The day from which a form's change is to hold.

    Raises:
        InvalidInput: when it has none.
    """
    faults: list[Place] = []
    day = day_of(form, faults)
    if faults:
        raise InvalidInput(faults)
    return day


def minute_of(text: str) -> int | None:
    """Minutes after midnight of a time of day such as `23:00`; None where it is none."""
    found = _CLOCK.fullmatch(text.strip())
    return int(found[1]) * 60 + int(found[2]) if found else None


def _value(field: NumberField, faults: list[Place]) -> int | str:
    text = field.value.strip()
    if field.kind in {"one_of", "text"}:
        return text
    if field.kind == "time" and (minute := minute_of(text)) is not None:
        return minute
    minutes = 60 if field.kind == "hours" else 1
    number = float(text) * minutes if _NUMBER.fullmatch(text) else math.nan
    if field.kind == "time" or not abs(number - round(number, 0)) < 1e-6:
        faults.append(Place(field.name, GIVE[field.kind]))
        return 0
    return round(number)


def _weight(form: Mapping[str, str], faults: list[Place]) -> str | int | list[int | float]:
    if form.get("weight") == "hard":
        return "hard"
    try:
        steps: list[int | float] = [int(part) for part in form.get("points", "").split(",")]
    except ValueError:
        faults.append(Place("points", "Give points, such as 20, or rising: 10, 20, 40."))
        return 0
    return int(steps[0]) if len(steps) == 1 else steps


def put_back(form: Mapping[str, str], shipped: Rule) -> dict[str, str]:
    """The same form with the rulebook's own numbers and weight, to be looked at."""
    emptied = {field.name: "" for field in number_fields(shipped, shipped)}
    return {**form, **emptied, **weight_values(shipped), "act": "look"}


def field_of(place: str) -> str:
    """The field of the form at which a fault of the service stands."""
    name = place.removeprefix("numbers.")
    if place == "numbers":
        return ""
    if name != place:
        return "points" if name == "weight" else PREFIX + name
    return "" if place in {"rule", "book"} else place


def answer_of(text: str) -> int | float | str | None:
    """An answer as it is kept: a number where it is one; None where nothing is said."""
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def answer_shown(answer: object) -> str:
    """An answer as the form shows it."""
    return "" if answer is None else str(answer)
