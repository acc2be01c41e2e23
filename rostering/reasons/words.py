"""Breaches as said to an officer, who hears no other name."""

from __future__ import annotations

from rostering.problem import Officer
from rostering.rules.base import Breach

VERBS = {
    "has": "would have",
    "works": "would work",
    "is": "are",
    "was": "were",
    "does": "do",
}
"""How a sentence about an officer in a roster says to the officer what would be."""


def told(breach: Breach, person: Officer) -> str:
    """A breach as said to a person, who may not be the one whom it is about."""
    if breach.officer != person.id:
        return "somebody who relies on who else is on duty would be let down."
    return to_you(breach, person.name)


def to_you(breach: Breach, name: str) -> str:
    """What is said of an officer, said to the officer."""
    said = breach.words if breach.own_words is None else breach.own_words
    verb, _, rest = said.removeprefix(name).lstrip().partition(" ")
    return f"you {VERBS.get(verb, verb)} {rest}"
