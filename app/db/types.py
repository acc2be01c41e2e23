"""Column types that mean the same on SQLite and on PostgreSQL, and the ids of our rows."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from app import clock


class Instant(TypeDecorator[datetime]):
    """An instant: aware going in, aware and UTC coming out.

    PostgreSQL keeps `timestamptz`; SQLite has no such type and keeps UTC as text of fixed width,
    which sorts and compares as the instants do.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The value as the database keeps it.

        Raises:
            ValueError: when the value is naive: what instant it means is not known.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} is not an instant: it has no time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The kept value as an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> UUID:
    """A new id in order of time (UUID version 7, RFC 9562 §5.7), so that indexes grow at one end.

    48 bits of Unix milliseconds, then 74 random bits.
    """
    milliseconds = int(clock.now().timestamp() * 1000)
    random = secrets.randbits(74)
    high = milliseconds << 16 | 0x7 << 12 | random >> 62
    low = 0b10 << 62 | random & ((1 << 62) - 1)
    return UUID(int=high << 64 | low)
