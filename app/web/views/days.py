"""Local days of a control room, as every chart over time needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Days(Protocol):
    """A run of local days; a `rostering.problem.Problem` is one."""

    @property
    def first_day(self) -> date:
        """The first local day."""

    @property
    def days(self) -> int:
        """How many local days there are."""

    @property
    def zone(self) -> str:
        """IANA name of the time zone."""

    def instant(self, day: int, minute: int) -> int:
        """Instant, in minutes since 1970-01-01T00:00Z, of `minute` minutes after a midnight."""

    def date_of(self, day: int) -> date:
        """Date of a local day."""


@dataclass(frozen=True, slots=True)
class Period:
    """A run of local days that is not (yet) a problem's."""

    first_day: date
    days: int
    zone: str

    def instant(self, day: int, minute: int) -> int:
        """Instant of a local wall-clock time; of one that happens twice, the first."""
        wall = datetime.combine(self.date_of(day), time()) + timedelta(minutes=minute)
        return int(wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC).timestamp()) // 60

    def date_of(self, day: int) -> date:
        """Date of a local day."""
        return self.first_day + timedelta(days=day)
