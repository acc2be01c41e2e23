"""What publishing a roster changes, officer by officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from app.people.service import Room
from app.rosters.service import MONTH, Duty, Preview, PublishedChange, clear_days
from app.web.words import count, short_day

SHOWN = 4
"""Changes of an officer that are told one by one; the others are counted."""


@dataclass(frozen=True, slots=True)
class OfficerChanges:
    """What changes for an officer: how many days, the first in words, the shortest notice."""

    name: str
    number: int
    words: str
    notice: int
    short: bool


@dataclass(frozen=True, slots=True)
class Publishing:
    """What publishing tells: a sentence, and a row an officer, the shortest notice first."""

    sentence: str
    officers: tuple[OfficerChanges, ...]


def publishing(found: Preview, room: Room, names: Mapping[UUID, str], now: datetime) -> Publishing:
    """Say what a publication would tell to whom."""
    rows = [
        _officer(list(changes), room, names.get(officer_id, ""), now)
        for officer_id, changes in groupby(found.changes, key=lambda each: each.officer_id)
    ]
    rows.sort(key=lambda row: (not row.short, row.name))
    return Publishing(_sentence(found), tuple(rows))


def _sentence(found: Preview) -> str:
    if not found.told:
        return "Nothing changes for anybody against what is published now."
    said = f"Publishing tells {count(found.told, 'person', 'people')} what changed for them."
    if not found.short_notice:
        return f"{said} Everyone has at least {MONTH} clear days of notice."
    has = "has" if found.short_notice == 1 else "have"
    return f"{said} {found.short_notice} {has} less than {MONTH} clear days of notice; say why."


def _officer(
    changes: list[PublishedChange], room: Room, name: str, now: datetime
) -> OfficerChanges:
    notice = min(clear_days(room, now, each) for each in changes)
    shown = "; ".join(_words(each, room.zone) for each in changes[:SHOWN])
    more = len(changes) - SHOWN
    return OfficerChanges(
        name=name,
        number=len(changes),
        words=shown + (f"; and {more} more" if more > 0 else ""),
        notice=max(notice, 0),
        short=notice < MONTH,
    )


def _words(change: PublishedChange, zone: str) -> str:
    before, after = _duty(change.before, zone), _duty(change.after, zone)
    day = short_day(change.day)
    if change.before is None:
        return f"{day}: {after}"
    return f"{day}: {after}, was {before}"


def _duty(duty: Duty | None, zone: str) -> str:
    if duty is None:
        return "rest"
    start, end = (each.astimezone(ZoneInfo(zone)) for each in (duty.start, duty.end))
    return f"{start:%H:%M}–{end:%H:%M}"
