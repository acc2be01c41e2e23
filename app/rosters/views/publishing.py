"""What publishing a roster changes, officer by officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from app.rosters.service import MONTH, Judged, Preview, PublishedChange
from app.rosters.views.notices import KindRow, WhyView, cost_words, kind_rows, times_words, why_view
from app.web.words import count, short_day
from rostering.notice import KIND_WORDS, due_words

SHOWN = 4
"""Changes of an officer that are told one by one; the others are counted."""

DUES = 2
"""Days of an officer whose compensation is told in words; the others are counted."""


@dataclass(frozen=True, slots=True)
class OfficerChanges:
    """What changes for an officer: how many days, the first in words, notice and what is due."""

    name: str
    number: int
    words: str
    notice: int
    short: bool
    due: str


@dataclass(frozen=True, slots=True)
class Publishing:
    """What publishing tells and costs.

    Attributes:
        sentence: how many are told, and with what notice.
        officers: a row an officer, the shortest notice first.
        kinds: changes by kind with what they cost.
        cost: what everything together earns, as a sentence.
        why: what is needed where published duties change; None where none does.
    """

    sentence: str
    officers: tuple[OfficerChanges, ...]
    kinds: tuple[KindRow, ...]
    cost: str
    why: WhyView | None


def publishing(found: Preview, zone: str, names: Mapping[UUID, str]) -> Publishing:
    """Say what a publication would tell to whom, and what it costs."""
    rows = [
        _officer(list(judged), zone, names.get(officer_id, ""))
        for officer_id, judged in groupby(found.judged, key=lambda each: each.change.officer_id)
    ]
    rows.sort(key=lambda row: (not row.short, row.name))
    return Publishing(
        sentence=_sentence(found),
        officers=tuple(rows),
        kinds=kind_rows(found.judged),
        cost=cost_words(found.judged),
        why=why_view(found.judged),
    )


def _sentence(found: Preview) -> str:
    if not found.told:
        return "Nothing changes for anybody against what is published now."
    said = f"Publishing tells {count(found.told, 'person', 'people')} what changed for them."
    if not found.short_notice:
        return f"{said} Everyone has at least {MONTH} clear days of notice."
    has = "has" if found.short_notice == 1 else "have"
    return f"{said} {found.short_notice} {has} less than {MONTH} clear days of notice; say why."


def _officer(judged: list[Judged], zone: str, name: str) -> OfficerChanges:
    notice = min(each.due.notice for each in judged)
    shown = "; ".join(_words(each.change, zone) for each in judged[:SHOWN])
    more = len(judged) - SHOWN
    return OfficerChanges(
        name=name,
        number=len(judged),
        words=shown + (f"; and {more} more" if more > 0 else ""),
        notice=max(notice, 0),
        short=notice < MONTH,
        due=" ".join(_dues(judged)),
    )


def _dues(judged: list[Judged]) -> list[str]:
    """What is due day by day, the first in words and the others counted."""
    found = [
        each
        for each in judged
        if each.due.awards and not (each.before and each.before.awards == each.due.awards)
    ]
    said = [
        f"{short_day(each.change.day)}: {KIND_WORDS[each.due.kind].lower()}. {due_words(each.due)}"
        for each in found[:DUES]
    ]
    return said + [f"{count(len(found) - DUES, 'more day')} with something due."] * (
        len(found) > DUES
    )


def _words(change: PublishedChange, zone: str) -> str:
    before, after = times_words(change.before, zone), times_words(change.after, zone)
    day = short_day(change.day)
    if change.before is None:
        return f"{day}: {after}"
    return f"{day}: {after}, was {before}"
