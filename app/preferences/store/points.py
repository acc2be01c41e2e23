"""Points that were asked for and met, added up by round and officer."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import case, func, select, union_all

from app.db.transaction import Reading
from app.preferences.tables import long_wishes, wish_rounds, wishes
from app.preferences.values import PointsOf


def points(reading: Reading, room_id: UUID, round_ids: Collection[UUID]) -> tuple[PointsOf, ...]:
    """What each officer asked for in some rounds of a room, and what of it is met."""
    day, several = wishes.c, long_wishes.c
    one = select(
        day.round_id,
        day.officer_id,
        day.points.label("asked"),
        case((day.met.is_(None), 0), else_=day.points).label("decided"),
        case((day.met.is_(True), day.points), else_=0).label("met"),
    ).where(day.round_id.in_(round_ids))
    more = select(
        several.round_id,
        several.officer_id,
        several.points.label("asked"),
        case((several.lost.is_(None), 0), else_=several.points).label("decided"),
        case((several.lost.is_(None), 0), else_=several.points - several.lost).label("met"),
    ).where(several.round_id.in_(round_ids))
    both = union_all(one, more).subquery()
    query = (
        select(
            both.c.round_id,
            both.c.officer_id,
            *(func.sum(both.c[name]) for name in ("asked", "decided", "met")),
        )
        .join(wish_rounds, wish_rounds.c.id == both.c.round_id)
        .where(wish_rounds.c.room_id == room_id)
        .group_by(both.c.round_id, both.c.officer_id)
        .order_by(both.c.round_id, both.c.officer_id)
    )
    return tuple(
        PointsOf(round_id, officer_id, int(asked), int(decided), int(met))
        for round_id, officer_id, asked, decided, met in reading.execute(query)
    )
