"""The list of scenarios, and the examples to start from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from app.scenarios.service import Scenario, change_words
from app.scenarios.views.sentences import question
from app.web.shell import Tone
from app.web.views.job import STATES
from app.web.words import period_words, when


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario of the list."""

    id: UUID
    name: str
    question: str
    period: str
    people: str
    state: str
    tone: Tone
    when: str


@dataclass(frozen=True, slots=True)
class Example:
    """A question to start from: its words, what it needs, and the form's address."""

    words: str
    hint: str
    href: str


def listing(found: Iterable[Scenario], states: Mapping[UUID, str], zone: str) -> tuple[Row, ...]:
    """Scenarios as rows, in the order given."""
    return tuple(_row(each, states[each.id], zone) for each in found)


def _row(scenario: Scenario, state: str, zone: str) -> Row:
    words, tone = ("answered", "ok") if scenario.made_at else STATES[state]
    known: tuple[Tone, ...] = ("", "ok", "warn", "short")
    asked = question(scenario) if scenario.seek or not scenario.changes else ""
    return Row(
        id=scenario.id,
        name=scenario.name,
        question=asked or "; ".join(map(change_words, scenario.changes)),
        period=period_words(scenario.first_day, scenario.last_day),
        people=scenario.roster_name,
        state=words,
        tone=next((each for each in known if each == tone), ""),
        when=when(scenario.asked_at, zone),
    )


def examples(
    home: str, urgent: str, other: str | None, first_day: date, roster_id: UUID | None
) -> tuple[Example, ...]:
    """Three worked examples.

    Args:
        home: address of the pages.
        urgent: name of the most urgent queue.
        other: name of another queue, if there is one.
        first_day: of the days that they ask about.
        roster_id: whose people are on duty; None: those published.
    """
    longer = other or urgent
    basis = {"first_day": first_day.isoformat(), "roster_id": str(roster_id or "")}

    def href(**more: str) -> str:
        return f"{home}/new?{urlencode({**basis, **more})}"

    return (
        Example(
            f"What will {urgent} answering be in these days with this roster?",
            "Nothing is changed: the days are simulated as they are.",
            href(),
        ),
        Example(
            f"What if calls to {longer} take a minute longer?",
            "The days as they are beside the days with longer calls, with the same callers.",
            href(handling_seconds="60", handling_queue=longer),
        ),
        Example(
            f"How many more people for 90 % of {urgent}, and when?",
            "People are added where calls are late, as few as are found.",
            href(seek_queue=urgent, seek_share="90"),
        ),
    )
