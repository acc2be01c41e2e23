"""What a scenario would ask of the next roster, in words and figures."""

from __future__ import annotations

from dataclasses import dataclass

from app.scenarios.service import HandedOver, change_words
from app.web.words import number, percent, period_words


@dataclass(frozen=True, slots=True)
class Using:
    """What the page shows.

    Attributes:
        answer: the hours to roster, with and without, in a sentence.
        name: what the scenario is called.
        period: the days that the requirement holds for.
        changes: what is otherwise, a line each.
        notes: what else to know, a sentence each.
    """

    answer: str
    name: str
    period: str
    changes: tuple[str, ...]
    notes: tuple[str, ...]


def using(found: HandedOver) -> Using:
    """Lay the page out."""
    before, after = found.before, found.after
    return Using(
        answer=_answer(before.hours.rostered, after.hours.rostered),
        name=found.scenario.name,
        period=period_words(after.first_day, after.last_day),
        changes=tuple(change_words(each) for each in found.scenario.changes),
        notes=after.notes,
    )


def _answer(before: float, after: float) -> str:
    """The hours to roster with the scenario's changes beside those without."""
    words = f"A roster must find {number(after)} hours with these changes"
    if round(after) == round(before) or not before:
        return f"{words}, as many as without." if before else f"{words}."
    way = "more" if after > before else "fewer"
    share = percent(abs(after / before - 1))
    return f"{words}: {number(abs(after - before))} {way} than without, {share}."
