"""Notice in clear days, by days that begin when the force's do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class ForceDay:
    """When a force's day begins: the chief officer fixes it, and all counting of days uses it.

    Police Regulations 2003 reg 22 and Annex E; 06:00 and 07:00 are seen.

    Attributes:
        zone: IANA name of the control room's time zone.
        start: minutes after local midnight, 0–1439.
    """

    zone: str
    start: int

    def of(self, instant: datetime) -> date:
        """The force's day in which an aware instant lies."""
        return (self._wall(instant) - timedelta(minutes=self.start)).date()

    def clear_days(self, told: datetime, duty: datetime) -> int:
        """Clear days between being told and a duty that begins at an instant; below 0 afterwards.

        Neither the day of telling nor the day of the duty counts (Police Regulations 2003 Annex E
        as the federations of Nottinghamshire and of West Midlands explain it).
        """
        return (self.of(duty) - self.of(told)).days - 1

    def is_told_by_midnight(self, told: datetime, duty: datetime) -> bool:
        """Whether it is told by the midnight before the day on which a duty begins.

        The latest at which a changed duty may be told (Police Regulations 2003 Annex E, PNB
        circular 86/9). Midnight is the clock's, not the force's.
        """
        return self._wall(told).date() < self._wall(duty).date()

    def is_within_months(self, told: datetime, duty: datetime, months: int) -> bool:
        """Whether a duty begins at most so many calendar months after it is told."""
        return self.of(duty) <= months_later(self.of(told), months)

    def _wall(self, instant: datetime) -> datetime:
        return instant.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has none such."""
    years, month = divmod(day.month - 1 + months, 12)
    following = date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(day.year + years, month + 1, min(day.day, last))
