"""The one source of now."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _machine() -> datetime:
    return EPOCH + timedelta(microseconds=time.time_ns() // 1000)


class _Source:
    read: Callable[[], datetime] = staticmethod(_machine)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _Source.read()


def instants(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants at which clocks of a zone show a naive time, in UTC and in order.

    One, but for clock changes: none where it is left out, two where it comes twice.
    """
    both = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return tuple(
        sorted({each for each in both if each.astimezone(zone).replace(tzinfo=None) == wall})
    )


@contextmanager
def stopped_at(instant: datetime) -> Iterator[None]:
    """Let it be that instant in this process for as long as the context lasts; for tests.

    Raises:
        ValueError: when the instant is naive.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    before = _Source.read
    _Source.read = staticmethod(lambda: instant.astimezone(UTC))
    try:
        yield
    finally:
        _Source.read = before
