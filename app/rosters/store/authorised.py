"""Queries about breaches that may stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, Select, and_, insert, or_, select, update

from app.db.transaction import Reading, Transaction
from app.rosters.tables import authorised_breaches, roster_edits, rosters
from app.rosters.values import AuthorisedBreach, Authority

SAID = tuple(Authority.__dataclass_fields__)


def add(transaction: Transaction, roster_id: UUID, breaches: Iterable[AuthorisedBreach]) -> None:
    """Keep breaches that may stand in a roster."""
    rows = []
    for each in breaches:
        row = asdict(each)
        rows.append({"roster_id": roster_id, **row.pop("said"), **row})
    transaction.execute(insert(authorised_breaches), rows)


def in_force(reading: Reading, roster_id: UUID) -> tuple[AuthorisedBreach, ...]:
    """Those of a roster whose edits are done, in order of time."""
    query = _done().where(authorised_breaches.c.roster_id == roster_id)
    return tuple(map(_breach, reading.execute(query).mappings()))


def of_officer(
    reading: Reading, room_id: UUID, officer_id: UUID, since: date
) -> tuple[AuthorisedBreach, ...]:
    """Those of an officer in published rosters that reach that day, or whose rest is owed."""
    query = (
        _done()
        .join(rosters, rosters.c.id == authorised_breaches.c.roster_id)
        .where(
            rosters.c.room_id == room_id,
            rosters.c.state == "published",
            authorised_breaches.c.officer_id == officer_id,
            or_(
                authorised_breaches.c.last_day >= since,
                and_(
                    authorised_breaches.c.rest_minutes > 0,
                    authorised_breaches.c.rest_given.is_(None),
                ),
            ),
        )
    )
    return tuple(map(_breach, reading.execute(query).mappings()))


def _done() -> Select[tuple[object, ...]]:
    """Authorised breaches whose edits are done, in order of time."""
    edit = and_(
        roster_edits.c.roster_id == authorised_breaches.c.roster_id,
        roster_edits.c.number == authorised_breaches.c.edit_number,
    )
    query = select(authorised_breaches).join(roster_edits, edit)
    return query.where(roster_edits.c.state == "done").order_by(
        authorised_breaches.c.at, authorised_breaches.c.id
    )


def give_rest(transaction: Transaction, roster_id: UUID, breach_id: UUID, day: date) -> bool:
    """Write down when compensatory rest was given; False where there is none such to give."""
    given = (
        update(authorised_breaches)
        .where(
            authorised_breaches.c.id == breach_id,
            authorised_breaches.c.roster_id == roster_id,
            authorised_breaches.c.rest_minutes > 0,
            authorised_breaches.c.rest_given.is_(None),
        )
        .values(rest_given=day)
    )
    return transaction.execute(given).rowcount == 1


def _breach(row: RowMapping) -> AuthorisedBreach:
    plain = {name: row[name] for name in AuthorisedBreach.__dataclass_fields__ if name in row}
    return AuthorisedBreach(**plain, said=Authority(**{name: row[name] for name in SAID}))
