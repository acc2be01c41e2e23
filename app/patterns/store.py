"""Every query about patterns; each is held to one control room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, delete, insert, or_, select, update

from app.db.transaction import Reading, Transaction
from app.patterns.tables import patterns, published_lines, rest_day_publications, roll_outs
from app.patterns.values import OwnPattern, PatternDetails, Publication, RollOut, Target


def add(transaction: Transaction, new: OwnPattern) -> None:
    """Keep a new pattern."""
    head = {"id": new.id, "room_id": new.room_id, "version": new.version}
    transaction.execute(insert(patterns).values(**head, **asdict(new.details)))


def change(transaction: Transaction, changed: OwnPattern) -> bool:
    """Write a pattern over the version before; False when that is not there."""
    written = update(patterns).where(_at(changed.room_id, changed.id, changed.version - 1))
    written = written.values(version=changed.version, **asdict(changed.details))
    return transaction.execute(written).rowcount == 1


def drop(transaction: Transaction, room_id: UUID, pattern_id: UUID, version: int) -> bool:
    """Forget a pattern at that version; False when it is not there."""
    gone = delete(patterns).where(_at(room_id, pattern_id, version))
    return transaction.execute(gone).rowcount == 1


def _at(room_id: UUID, pattern_id: UUID, version: int) -> ColumnElement[bool]:
    return and_(
        patterns.c.room_id == room_id, patterns.c.id == pattern_id, patterns.c.version == version
    )


def own_patterns(reading: Reading, room_id: UUID) -> tuple[OwnPattern, ...]:
    """The patterns of a room, by title."""
    query = select(patterns).where(patterns.c.room_id == room_id).order_by(patterns.c.title)
    return tuple(map(_pattern, reading.execute(query).mappings()))


def own_pattern(reading: Reading, room_id: UUID, pattern_id: UUID) -> OwnPattern | None:
    """The pattern of that id, if of that room."""
    query = select(patterns).where(patterns.c.room_id == room_id, patterns.c.id == pattern_id)
    row = reading.execute(query).mappings().first()
    return _pattern(row) if row else None


def _pattern(row: RowMapping) -> OwnPattern:
    details = PatternDetails(row["title"], row["line"], row["times"])
    return OwnPattern(row["id"], row["room_id"], row["version"], details)


# --- who follows what ---------------------------------------------------------------------------


def add_roll_outs(transaction: Transaction, room_id: UUID, new: Iterable[RollOut]) -> None:
    """Keep that teams or officers follow a pattern."""
    rows = [
        {
            "id": each.id,
            "act_id": each.act_id,
            "room_id": room_id,
            **asdict(each.target),
            **asdict(PatternDetails.of(each.pattern)),
            "first_day": each.first_day,
            "until_day": each.until_day,
            "at": each.at,
            "by": each.by,
        }
        for each in new
    ]
    transaction.execute(insert(roll_outs), rows)


def withdraw(
    transaction: Transaction, room_id: UUID, act_id: UUID, by: UUID, at: datetime
) -> tuple[RollOut, ...]:
    """Take back what was applied together and still holds; none where nothing does."""
    of_act = and_(
        roll_outs.c.room_id == room_id,
        roll_outs.c.act_id == act_id,
        roll_outs.c.withdrawn_at.is_(None),
    )
    held = select(roll_outs).where(of_act).order_by(roll_outs.c.id).with_for_update()
    found = tuple(map(_roll_out, transaction.execute(held).mappings()))
    transaction.execute(update(roll_outs).where(of_act).values(withdrawn_at=at, withdrawn_by=by))
    return found


def in_force(reading: Reading, room_id: UUID, first: date, last: date) -> tuple[RollOut, ...]:
    """What is followed on any day from `first` to `last`, in the order in which it was applied."""
    query = select(roll_outs).where(
        roll_outs.c.room_id == room_id,
        roll_outs.c.withdrawn_at.is_(None),
        roll_outs.c.first_day <= last,
        or_(roll_outs.c.until_day.is_(None), roll_outs.c.until_day > first),
    )
    return tuple(map(_roll_out, reading.execute(query.order_by(roll_outs.c.id)).mappings()))


def all_roll_outs(reading: Reading, room_id: UUID) -> tuple[RollOut, ...]:
    """Every roll-out of a room, the withdrawn ones among them, the newest first."""
    query = select(roll_outs).where(roll_outs.c.room_id == room_id)
    rows = reading.execute(query.order_by(roll_outs.c.id.desc())).mappings()
    return tuple(map(_roll_out, rows))


def _roll_out(row: RowMapping) -> RollOut:
    return RollOut(
        id=row["id"],
        act_id=row["act_id"],
        target=Target(row["place"], row["team_id"], row["officer_id"]),
        pattern=PatternDetails(row["title"], row["line"], row["times"]).read(),
        first_day=row["first_day"],
        until_day=row["until_day"],
        at=row["at"],
        by=row["by"],
        withdrawn_at=row["withdrawn_at"],
    )


# --- what was told ------------------------------------------------------------------------------


def add_publication(transaction: Transaction, new: Publication, lines: Mapping[UUID, str]) -> None:
    """Keep what officers were told, a letter a day, by officer id."""
    transaction.execute(insert(rest_day_publications).values(**asdict(new)))
    rows = [
        {"publication_id": new.id, "officer_id": officer, "days": days}
        for officer, days in lines.items()
    ]
    transaction.execute(insert(published_lines), rows)


def publications(reading: Reading, room_id: UUID) -> tuple[Publication, ...]:
    """What was told in a room, the newest first."""
    query = select(rest_day_publications).where(rest_day_publications.c.room_id == room_id)
    rows = reading.execute(query.order_by(rest_day_publications.c.id.desc())).mappings()
    return tuple(Publication(**row) for row in rows)


def told_lines(
    reading: Reading, room_id: UUID, first: date, last: date, officer_id: UUID | None = None
) -> tuple[tuple[Publication, UUID, str], ...]:
    """Lines that were told of any day from `first` to `last`, in the order of telling."""
    query = (
        select(rest_day_publications, published_lines.c.officer_id, published_lines.c.days)
        .join(published_lines)
        .where(
            rest_day_publications.c.room_id == room_id,
            rest_day_publications.c.first_day <= last,
            rest_day_publications.c.last_day >= first,
        )
    )
    if officer_id is not None:
        query = query.where(published_lines.c.officer_id == officer_id)
    fields = tuple(Publication.__dataclass_fields__)
    return tuple(
        (Publication(**{name: row[name] for name in fields}), row["officer_id"], row["days"])
        for row in reading.execute(query.order_by(rest_day_publications.c.id)).mappings()
    )
