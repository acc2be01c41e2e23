"""What a roster that was made again would change, on a page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.rosters.service import Proposal, Proposed
from app.rosters.views.notices import cost_words, times_words, whole_words
from app.web.words import count, day_words, listed
from rostering.changes import Cause

CAUSES: dict[Cause, tuple[str, str]] = {
    "lost": ("must change", "warn"),
    "covers": ("covers", "ok"),
    "rule": ("keeps a rule", ""),
    "cover": ("keeps cover", ""),
    "other": ("better", ""),
}
"""What each cause is called, and its tone."""


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A change as a row: who, when, from what to what, why, and at what notice and price."""

    cell: str
    name: str
    day: str
    before: str
    after: str
    cause: str
    tone: str
    words: str
    notice: str
    fixed: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class ProposalView:
    """The proposal: its sentence, its price in a sentence, and its rows."""

    sentence: str
    cost: str
    rows: tuple[ProposedRow, ...]


def proposal_view(
    found: Proposal, zone: str, chosen: Collection[tuple[UUID, date]]
) -> ProposalView:
    """Say what would change."""
    judged = [each.judged for each in found.changed if each.judged]
    return ProposalView(
        sentence=_sentence(found),
        cost=cost_words(judged) if judged else "",
        rows=tuple(_row(each, zone, chosen) for each in found.changed),
    )


def _sentence(found: Proposal) -> str:
    if not found.changed:
        return "Nothing changes: the roster that stands is as good as any that was found."
    made = len(found.changed) - found.lost
    parts = []
    if found.lost:
        verb = "has" if found.lost == 1 else "have"
        parts.append(f"{count(found.lost, 'day')} {verb} to change")
    if made:
        parts.append(f"{count(made, 'other day' if found.lost else 'day')} would")
    people = len({each.officer_id for each in found.changed})
    said = listed(parts)
    return f"{said[0].upper()}{said[1:]}, for {count(people, 'person', 'people')}."


def _row(each: Proposed, zone: str, chosen: Collection[tuple[UUID, date]]) -> ProposedRow:
    cause, tone = CAUSES[each.cause]
    return ProposedRow(
        cell=f"{each.officer_id}/{each.day.isoformat()}",
        name=each.name,
        day=day_words(each.day),
        before=times_words(each.before, zone),
        after=times_words(each.after, zone),
        cause=cause,
        tone=tone,
        words=each.words,
        notice=whole_words(each.judged.due, each.judged.before) if each.judged else "",
        fixed=each.cause == "lost",
        chosen=(each.officer_id, each.day) in chosen,
    )
