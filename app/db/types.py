"""Column types that mean the same on SQLite and on PostgreSQL, and the ids of our rows."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from threading import Lock
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

    48 bits of Unix milliseconds, then 74 random bits. Within a millisecond of one process they go
    on from the last ones (§6.2, method 2), so that what is made later there sorts later too.
    """
    milliseconds = int(clock.now().timestamp() * 1000)
    with _last.lock:
        if milliseconds == _last.milliseconds:
            _last.random += 1 + secrets.randbits(32)
        else:
            _last.milliseconds, _last.random = milliseconds, secrets.randbits(73)
        random = _last.random
    high = milliseconds << 16 | 0x7 << 12 | random >> 62
    low = 0b10 << 62 | random & ((1 << 62) - 1)
    return UUID(int=high << 64 | low)


class _Last:
    """What the last id of this process was made of.

    The first random number of a millisecond leaves the top bit free, for the others to count into.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.milliseconds = self.random = 0


_last = _Last()
