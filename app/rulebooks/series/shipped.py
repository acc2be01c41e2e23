"""The rulebooks that come with Parade, each read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.people.service import Employment
from rostering import rulebooks
from rostering.rulebooks import Rulebook

DEFAULTS: Mapping[Employment, str] = {
    "officer": rulebooks.DEFAULT,
    "staff": "police_staff_ew",
}
"""The book that holds where a room has chosen none."""


@cache
def shipped(name: str) -> Rulebook:
    """The rulebook of that name, which must be one of `titles()`."""
    return rulebooks.shipped(name)


@cache
def titles() -> Mapping[str, str]:
    """Titles of the rulebooks by name."""
    return {name: shipped(name).title for name in rulebooks.names()}


SWITCHES: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "night_special_hazard": ("special_hazard_nights", "hazard", {"yes": "on", "no": "off"}),
}
"""Questions that say a number of a rule: the rule, the number, and its value by answer."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    question: tuple(values) for question, (_, _, values) in SWITCHES.items()
}
"""Questions that take one of a few answers."""

ASKED = "asked"
"""The name under which a force answers what a book asks, beside the codes of its rules."""
