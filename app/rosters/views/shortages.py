"""Where people are missing from a roster, as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass

from app.rosters.service import Shortages
from app.web.views.answer import people_short
from app.web.words import count, person_hours, stretch_words


@dataclass(frozen=True, slots=True)
class StretchView:
    """A stretch of missing people: when and how many, why, and what would help."""

    when: str
    short: str
    words: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ShortagesView:
    """The page of missing people.

    Attributes:
        good, trouble: the answer sentence, in its two parts.
        room: what binds in the room, a sentence each; none before it was worked out.
        stretches: the hardest, the worst first.
        others: how many more there are, in words; "" where these are all.
        can_ask: whether it could be worked out what binds in the room.
    """

    good: str
    trouble: str
    room: tuple[str, ...]
    stretches: tuple[StretchView, ...]
    others: str
    can_ask: bool


def shortages_view(found: Shortages) -> ShortagesView:
    """Lay the page out."""
    zone = found.laid.problem.zone
    hours = person_hours(found.missing_minutes / 60)
    return ShortagesView(
        good="" if found.missing_minutes else "Every interval has the people it needs.",
        trouble=f"It is short for {hours}." if found.missing_minutes else "",
        room=found.words,
        stretches=tuple(
            StretchView(
                stretch_words(stretch.start, stretch.end, zone),
                people_short(stretch),
                why.words,
                why.remedy,
            )
            for stretch, why in found.stretches
        ),
        others=f"{count(found.others, 'more stretch', 'more stretches')} less hard."
        if found.others
        else "",
        can_ask=bool(found.missing_minutes) and found.laid.verdict.is_legal,
    )
