"""Queries about what published changes are to officers: their notice, and what each earned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, and_, bindparam, func, insert, select, update
from sqlalchemy import tuple_ as row_of

from app.db.transaction import Reading, Transaction
from app.rosters.tables import (
    change_notices,
    publications,
    published_changes,
    roster_shifts,
    rosters,
)
from app.rosters.values import ChangePosition, Choice, Duty, Notice, PublishedChange
from rostering.notice import Award, Due, Reason

SAME_CHANGE = and_(*(
    change_notices.c[name] == published_changes.c[name]
    for name in ("room_id", "number", "officer_id", "day")
))  # fmt: skip
"""That a notice is of a published change."""

COLUMNS = tuple(
    change_notices.c[name].label(f"notice_{name}")
    for name in ("kind", "clear_days", "awards", "unsocial_hours", "disrupted", "authority",
                 "named", "standing", "choice")
)  # fmt: skip
"""A notice beside its change; all are none where there is no notice."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a publication told of an officer-day; `before` and `after` are None for no duty."""

    number: int
    officer_id: UUID
    day: date
    at: datetime
    reason: Reason | None
    before: Duty | None
    after: Duty | None


@dataclass(frozen=True, slots=True)
class Whole:
    """A roster that was published whole.

    Attributes:
        at: when, in the room's own present.
        first_day: its first day.
        days: its length.
        officers: whoever has a shift in it, and was so told of rest days too.
    """

    number: int
    at: datetime
    first_day: date
    days: int
    officers: frozenset[UUID]

    def told(self, officer_id: UUID, day: date) -> bool:
        """Whether it told an officer of a day."""
        return 0 <= (day - self.first_day).days < self.days and officer_id in self.officers


# --- what was told before -----------------------------------------------------------------------


def told(reading: Reading, room_id: UUID, first: date, last: date) -> tuple[Told, ...]:
    """What publications told of the officer-days of some days, in order of time."""
    table, head = published_changes.c, publications.c
    query = (
        select(published_changes, head.at, head.told, head.change_reason)
        .join(publications, and_(head.room_id == table.room_id, head.number == table.number))
        .where(table.room_id == room_id, table.day.between(first, last))
        .order_by(table.number)
    )
    return tuple(
        Told(
            row["number"],
            row["officer_id"],
            row["day"],
            row["told"] or row["at"],
            row["change_reason"],
            duty_of(row, "_before"),
            duty_of(row, ""),
        )
        for row in reading.execute(query).mappings()
    )


def wholes(reading: Reading, room_id: UUID, first: date, last: date) -> tuple[Whole, ...]:
    """Rosters published whole before that touch some days, in order of time."""
    head = publications.c
    query = (
        select(head.number, head.at, head.told, rosters.c.id, rosters.c.first_day, rosters.c.days)
        .join(rosters, rosters.c.id == head.roster_id)
        .where(head.room_id == room_id, head.whole, rosters.c.first_day <= last)
        .order_by(head.number)
    )
    rows = [row for row in reading.execute(query) if (first - row.first_day).days < row.days]
    shifts = roster_shifts.c
    whose = select(shifts.roster_id, shifts.officer_id).distinct()
    officers: dict[UUID, set[UUID]] = {}
    for roster_id, officer_id in reading.execute(
        whose.where(shifts.roster_id.in_([row.id for row in rows]))
    ):
        officers.setdefault(roster_id, set()).add(officer_id)
    return tuple(
        Whole(
            row.number,
            row.told or row.at,
            row.first_day,
            row.days,
            frozenset(officers.get(row.id, ())),
        )
        for row in rows
    )


def duty_of(row: RowMapping | Mapping[str, Any], suffix: str) -> Duty | None:
    """A duty from the columns that end in a suffix."""
    if row[f"code{suffix}"] is None:
        return None
    return Duty(*(row[f"{name}{suffix}"] for name in ("code", "kind", "start", "end")))


# --- notices ------------------------------------------------------------------------------------


def add(transaction: Transaction, room_id: UUID, changes: Iterable[PublishedChange]) -> None:
    """Keep the notices of published changes."""
    rows = [
        {
            "room_id": room_id,
            "number": change.number,
            "officer_id": change.officer_id,
            "day": change.day,
            "kind": change.notice.due.kind,
            "clear_days": change.notice.due.notice,
            "awards": [_document(award) for award in change.notice.due.awards],
            "unsocial_hours": change.notice.due.unsocial_hours,
            "disrupted": change.notice.due.disrupted,
            "authority": change.notice.authority,
            "standing": change.notice.standing,
            "name_by": change.notice.due.name_by,
            "named": change.notice.named,
            "choice": change.notice.choice,
        }
        for change in changes
        if change.notice is not None
    ]
    if rows:
        transaction.execute(insert(change_notices), rows)


def standing(
    reading: Reading, room_id: UUID, first: date, last: date
) -> dict[tuple[UUID, date], PublishedChange]:
    """The changes with a notice that hold on some days, by officer and day."""
    query = select(published_changes, *COLUMNS).join(change_notices, SAME_CHANGE)
    query = query.where(
        change_notices.c.room_id == room_id,
        change_notices.c.day.between(first, last),
        change_notices.c.standing,
    )
    found = map(change_of, reading.execute(query).mappings())
    return {(each.officer_id, each.day): each for each in found}


def newest(
    reading: Reading, room_id: UUID, before: ChangePosition | None, limit: int
) -> tuple[PublishedChange, ...]:
    """Changes of what had been published, the newest first, from just before a position on."""
    table = change_notices.c
    key = row_of(table.number, table.officer_id, table.day)
    query = select(published_changes, *COLUMNS).join(change_notices, SAME_CHANGE)
    query = query.where(table.room_id == room_id, table.kind != "first_published")
    if before is not None:
        query = query.where(key < row_of(before.number, before.officer_id, before.day))
    query = query.order_by(table.number.desc(), table.officer_id.desc(), table.day.desc())
    return tuple(map(change_of, reading.execute(query.limit(limit)).mappings()))


def to_name(reading: Reading, room_id: UUID) -> tuple[PublishedChange, ...]:
    """Changes for which another rest day is still to be named, the first due first."""
    table = change_notices.c
    query = select(published_changes, *COLUMNS).join(change_notices, SAME_CHANGE)
    query = query.where(
        table.room_id == room_id, table.name_by.is_not(None), table.named.is_(None), table.standing
    )
    query = query.order_by(table.name_by, table.officer_id, table.day)
    return tuple(map(change_of, reading.execute(query).mappings()))


def named_days(
    reading: Reading, room_id: UUID, first: date, last: date
) -> tuple[tuple[UUID, date], ...]:
    """Officer and day of each rest day that was named in place of another, of some days."""
    table = change_notices.c
    query = select(table.officer_id, table.named).where(
        table.room_id == room_id, table.named.between(first, last), table.standing
    )
    return tuple((row.officer_id, row.named) for row in reading.execute(query))


def settle(transaction: Transaction, room_id: UUID, changes: Collection[PublishedChange]) -> None:
    """Let notices hold no more: a later publication changed their days."""
    if not changes:
        return
    table = change_notices.c
    each = update(change_notices).where(
        table.room_id == room_id,
        table.number == bindparam("which"),
        table.officer_id == bindparam("whose"),
        table.day == bindparam("on"),
    )
    rows = [{"which": it.number, "whose": it.officer_id, "on": it.day} for it in changes]
    transaction.execute(each.values(standing=False), rows)


def name(
    transaction: Transaction, room_id: UUID, change: PublishedChange, named: date, by: UUID
) -> bool:
    """Keep the rest day named for a change; False where one was named meanwhile."""
    table = change_notices.c
    wanted = update(change_notices).where(
        table.room_id == room_id,
        table.number == change.number,
        table.officer_id == change.officer_id,
        table.day == change.day,
        table.named.is_(None),
        table.standing,
    )
    return bool(transaction.execute(wanted.values(named=named, named_by=by)).rowcount)


def to_choose(
    reading: Reading, room_id: UUID, officer_id: UUID | None
) -> tuple[PublishedChange, ...]:
    """Changes for which pay or time off is still to be chosen, by day; of everyone or of one."""
    table = change_notices.c
    query = select(published_changes, *COLUMNS).join(change_notices, SAME_CHANGE)
    query = query.where(table.room_id == room_id, table.choice == "open", table.standing)
    if officer_id is not None:
        query = query.where(table.officer_id == officer_id)
    query = query.order_by(table.day, table.officer_id)
    return tuple(map(change_of, reading.execute(query).mappings()))


def choose(
    transaction: Transaction, room_id: UUID, change: PublishedChange, choice: Choice, by: UUID
) -> bool:
    """Keep what was chosen for a change; False where it was chosen or changed meanwhile."""
    table = change_notices.c
    wanted = update(change_notices).where(
        table.room_id == room_id,
        table.number == change.number,
        table.officer_id == change.officer_id,
        table.day == change.day,
        table.choice == "open",
        table.standing,
    )
    return bool(transaction.execute(wanted.values(choice=choice, chosen_by=by)).rowcount)


def disrupted(reading: Reading, room_id: UUID, first: date) -> dict[UUID, int]:
    """How often rest days of each officer were disrupted, of the days from one on."""
    table = change_notices.c
    query = select(table.officer_id, func.count()).where(
        table.room_id == room_id, table.disrupted, table.day >= first
    )
    return {row[0]: row[1] for row in reading.execute(query.group_by(table.officer_id))}


# --- rows as values -----------------------------------------------------------------------------


def change_of(row: RowMapping) -> PublishedChange:
    """A published change, with its notice where it has one."""
    return PublishedChange(
        row["number"],
        row["officer_id"],
        row["day"],
        duty_of(row, "_before"),
        duty_of(row, ""),
        _notice(row),
    )


def _notice(row: RowMapping) -> Notice | None:
    if row["notice_kind"] is None:
        return None
    due = Due(
        kind=row["notice_kind"],
        notice=row["notice_clear_days"],
        awards=tuple(map(_award, row["notice_awards"])),
        unsocial_hours=row["notice_unsocial_hours"],
        disrupted=row["notice_disrupted"],
    )
    told = ("authority", "named", "standing", "choice")
    return Notice(due, *(row[f"notice_{name}"] for name in told))


def _document(award: Award) -> dict[str, object]:
    return {
        "what": award.what,
        "words": award.words,
        "source": award.source,
        "minutes": award.minutes,
        "rate": None if award.rate is None else str(award.rate),
        "form": award.form,
        "days": str(award.days),
        "name_by": award.name_by and award.name_by.isoformat(),
        "instead": [_document(each) for each in award.instead],
    }


def _award(document: Mapping[str, Any]) -> Award:
    rate, name_by = document["rate"], document["name_by"]
    return Award(
        what=document["what"],
        words=document["words"],
        source=document["source"],
        minutes=document["minutes"],
        rate=None if rate is None else Fraction(rate),
        form=document["form"],
        days=Fraction(document["days"]),
        name_by=name_by and date.fromisoformat(name_by),
        instead=tuple(map(_award, document.get("instead", ()))),
    )
