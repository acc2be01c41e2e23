"""Who works with whom, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.rosters.service import Bond, BondDetails
from app.web.words import count, date_year, listed
from rostering.words import hours_words


@dataclass(frozen=True, slots=True)
class BondsView:
    """The bonds of a room.

    Attributes:
        answer: how many hold, in a sentence.
        holding: of those that hold now or later: who, what, from and until when.
        ended: the same of those that no longer do.
        to_end: id and version of those that hold, and what they say.
    """

    answer: str
    holding: tuple[tuple[str, str, str, str], ...]
    ended: tuple[tuple[str, str, str, str], ...]
    to_end: tuple[tuple[str, str], ...]


def bonds_view(bonds: Iterable[Bond], names: Mapping[UUID, str], today: date) -> BondsView:
    """Lay the bonds of a room out; one that ended before it began is left out."""
    held = [b for b in bonds if b.details.until_day != b.details.from_day]
    over = [b for b in held if b.details.until_day is not None and b.details.until_day <= today]
    on = [b for b in held if b not in over]
    now = sum(b.details.from_day <= today for b in on)
    later = len(on) - now
    said = f"{count(now, 'arrangement')} {'holds' if now == 1 else 'hold'} now"
    said += f", {later} from a later day." if later else "."
    return BondsView(
        answer=said if on else "Nobody is bound to work with, or apart from, anybody.",
        holding=tuple(_row(b.details, names) for b in on),
        ended=tuple(_row(b.details, names) for b in over),
        to_end=tuple(
            (f"{b.id} {b.version}", f"{names[b.details.officer_id]}: {_what(b.details, names)}")
            for b in on
        ),
    )


def _row(said: BondDetails, names: Mapping[UUID, str]) -> tuple[str, str, str, str]:
    until = "until further notice" if said.until_day is None else date_year(said.until_day)
    return names[said.officer_id], _what(said, names), date_year(said.from_day), until


def _what(said: BondDetails, names: Mapping[UUID, str]) -> str:
    """What is asked, such as `Works with a tutor: Ruth Field or Sam Moss, all but 30 min`."""
    others = [names[other] for other in said.others]
    but = f", all but {hours_words(said.minutes)} of a tour" if said.minutes else ""
    if said.kind == "with":
        return f"Works with a {said.role}: {listed(others, 'or')}{but}"
    kept = "Kept together with" if said.kind == "together" else "Kept apart from"
    return f"{kept} {listed(others)}{but}"
