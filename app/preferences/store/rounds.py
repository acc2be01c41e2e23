"""Every query about preferences; each is held to one control room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)

from app.db.transaction import Reading, Transaction
from app.preferences.tables import wish_rounds, wishes
from app.preferences.values import (
    Asked,
    DayAsked,
    Outcome,
    Round,
    RoundDetails,
    State,
    Wish,
    WishDetails,
)

DETAILS = tuple(RoundDetails.__dataclass_fields__)
OUTCOME = tuple(Outcome.__dataclass_fields__)


def add_round(transaction: Transaction, new: Round) -> None:
    """Keep a new round."""
    head = {"id": new.id, "room_id": new.room_id, "version": new.version}
    transaction.execute(insert(wish_rounds).values(**head, **_columns(new.details)))


def change_round(transaction: Transaction, changed: Round) -> bool:
    """Write the details of a round over the version before; False when that is not there."""
    change = (
        update(wish_rounds)
        .where(
            wish_rounds.c.id == changed.id,
            wish_rounds.c.room_id == changed.room_id,
            wish_rounds.c.version == changed.version - 1,
        )
        .values(version=changed.version, **_columns(changed.details))
    )
    return transaction.execute(change).rowcount == 1


def _columns(details: RoundDetails) -> dict[str, object]:
    return {field: getattr(details, field) for field in DETAILS}


def rounds(reading: Reading, room_id: UUID, now: datetime) -> tuple[Round, ...]:
    """The rounds of a room, latest period first."""
    query = select(wish_rounds).where(wish_rounds.c.room_id == room_id)
    rows = reading.execute(query.order_by(wish_rounds.c.first_day.desc())).mappings()
    return tuple(_round(row, now) for row in rows)


def the_round(
    reading: Reading, room_id: UUID, round_id: UUID, now: datetime, *, hold: bool = False
) -> Round | None:
    """The round of that id, if of that room; `hold` keeps other writers out of it."""
    query = select(wish_rounds).where(
        wish_rounds.c.room_id == room_id, wish_rounds.c.id == round_id
    )
    if hold:
        query = query.with_for_update(key_share=True)
    row = reading.execute(query).mappings().first()
    return _round(row, now) if row else None


def _round(row: RowMapping, now: datetime) -> Round:
    state: State = "open" if now < row["closes"] else "closed"
    if row["answered_at"] is not None:
        state = "answered"
    details = RoundDetails(**{field: row[field] for field in DETAILS})
    head = (row["id"], row["room_id"], row["version"])
    return Round(*head, details, row["answered_at"], state)


def add_wish(transaction: Transaction, new: Wish) -> None:
    """Keep a new wish of a round."""
    head = {"id": new.id, "round_id": new.round_id, "officer_id": new.officer_id}
    transaction.execute(insert(wishes).values(**head, version=new.version, **_wished(new.details)))


def change_wish(transaction: Transaction, changed: Wish) -> bool:
    """Write the details of a wish over the version before; False when that is not there."""
    change = update(wishes).where(_at(changed.id, changed.version - 1))
    change = change.values(version=changed.version, **_wished(changed.details))
    return transaction.execute(change).rowcount == 1


def drop_wish(transaction: Transaction, wish_id: UUID, version: int) -> bool:
    """Forget a wish at that version; False when it is not there."""
    return transaction.execute(delete(wishes).where(_at(wish_id, version))).rowcount == 1


def _at(wish_id: UUID, version: int) -> ColumnElement[bool]:
    return and_(wishes.c.id == wish_id, wishes.c.version == version)


def _wished(details: WishDetails) -> dict[str, object]:
    return {
        "day": details.day,
        "wants": details.wants,
        "points": details.points,
        "kinds": list(details.kinds),
        "shifts": list(details.shifts),
    }


def wish(reading: Reading, room_id: UUID, officer_id: UUID, wish_id: UUID) -> Wish | None:
    """The wish of that id, if of that officer in that room."""
    query = _of_room(room_id).where(wishes.c.id == wish_id, wishes.c.officer_id == officer_id)
    row = reading.execute(query).mappings().first()
    return _wish(row) if row else None


def wishes_of_officer(
    reading: Reading, room_id: UUID, officer_id: UUID, round_id: UUID | None = None
) -> tuple[Wish, ...]:
    """The wishes of an officer, of one round or of all, by day."""
    query = _of_room(room_id).where(wishes.c.officer_id == officer_id)
    if round_id is not None:
        query = query.where(wishes.c.round_id == round_id)
    return tuple(map(_wish, reading.execute(query.order_by(wishes.c.day)).mappings()))


def wishes_page(
    reading: Reading,
    room_id: UUID,
    round_id: UUID,
    after: tuple[UUID, date] | None = None,
    limit: int | None = None,
) -> tuple[Wish, ...]:
    """Wishes of a round by officer and day, from just after a place on; all without a limit."""
    query = _of_room(room_id).where(wishes.c.round_id == round_id)
    place = (wishes.c.officer_id, wishes.c.day)
    if after is not None:
        query = query.where(tuple_(*place) > tuple_(*after))
    ordered = query.order_by(*place).limit(limit)
    return tuple(map(_wish, reading.execute(ordered).mappings()))


def wishes_between(reading: Reading, room_id: UUID, first: date, last: date) -> tuple[Wish, ...]:
    """The wishes of a room about the days from `first` to `last`, by officer and day."""
    query = _of_room(room_id).where(wishes.c.day.between(first, last))
    ordered = query.order_by(wishes.c.officer_id, wishes.c.day)
    return tuple(map(_wish, reading.execute(ordered).mappings()))


def rounds_of(reading: Reading, room_id: UUID, ids: Mapping[UUID, object]) -> dict[UUID, UUID]:
    """The round of each of these wishes; those of another room are left out."""
    query = (
        select(wishes.c.id, wishes.c.round_id)
        .join(wish_rounds)
        .where(wish_rounds.c.room_id == room_id, wishes.c.id.in_(ids))
    )
    return {row.id: row.round_id for row in reading.execute(query)}


def record(transaction: Transaction, outcomes: Mapping[UUID, Outcome]) -> None:
    """Write what came of wishes that are known to be of the room."""
    change = update(wishes).where(wishes.c.id == bindparam("wish_id"))
    rows = [{"wish_id": wish_id, **asdict(each)} for wish_id, each in outcomes.items()]
    if rows:
        transaction.execute(change.values({name: bindparam(name) for name in OUTCOME}), rows)


def mark_answered(transaction: Transaction, round_ids: set[UUID], now: datetime) -> None:
    """Let these rounds have been answered now."""
    transaction.execute(
        update(wish_rounds).where(wish_rounds.c.id.in_(round_ids)).values(answered_at=now)
    )


def asked(reading: Reading, room_id: UUID, round_id: UUID) -> Asked:
    """What was asked in a round, and of each of its days that was asked for anything."""
    of_round = and_(wish_rounds.c.room_id == room_id, wishes.c.round_id == round_id)
    officers, made, answered, met = reading.execute(
        select(
            func.count(wishes.c.officer_id.distinct()),
            func.count(),
            func.count(wishes.c.met),
            func.coalesce(func.sum(case((wishes.c.met, 1), else_=0)), 0),
        )
        .select_from(wishes.join(wish_rounds))
        .where(of_round)
    ).one()
    about_any = and_(
        func.json_array_length(wishes.c.kinds) == 0, func.json_array_length(wishes.c.shifts) == 0
    )
    off = func.sum(case((and_(wishes.c.wants.is_(False), about_any), 1), else_=0))
    by_day = (
        select(wishes.c.day, off, func.count(), func.sum(wishes.c.points))
        .select_from(wishes.join(wish_rounds))
        .where(of_round)
        .group_by(wishes.c.day)
        .order_by(wishes.c.day)
    )
    days = tuple(
        DayAsked(day, int(free), number - int(free), int(points))
        for day, free, number, points in reading.execute(by_day)
    )
    return Asked(officers, made, answered, int(met), days)


def _of_room(room_id: UUID) -> Select[tuple[object, ...]]:
    return select(wishes).join(wish_rounds).where(wish_rounds.c.room_id == room_id)


def _wish(row: RowMapping) -> Wish:
    details = WishDetails(
        row["day"], row["wants"], row["points"], tuple(row["kinds"]), tuple(row["shifts"])
    )
    outcome = None
    if row["met"] is not None:
        outcome = Outcome(row["roster_id"], row["met"], row["words"])
    head = (row["id"], row["round_id"], row["officer_id"], row["version"])
    return Wish(*head, details, outcome)
