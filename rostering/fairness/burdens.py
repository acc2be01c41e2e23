"""What officers carried of what nobody likes, and what their share of it was.

Of everything that was carried in a room over some time, an officer's share is that part which
their hours in service are of everybody's:

    share_i = Σ_j carried_j · hours_i / Σ_j hours_j

Hours are contracted ones over the days on which the officer was there and could have carried it: a
day before they joined, on leave, or on which their own terms forbid nights (for nights and unsocial
hours) has none. So whoever joined in the middle of the year owes half a year, and whoever was away
all of it owes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from rostering.duty import MINUTES_A_DAY
from rostering.fairness.portion import BURDENS

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

EPOCH = date(1970, 1, 1).toordinal()

CHRISTMAS = ((12, 25), (12, 26))


@dataclass(frozen=True)
class Worked:
    """Tours that were worked, of any officers in any order.

    Attributes:
        officer: whose each is, an index, shape (tours,).
        start, end: instants in minutes since 1970 in UTC, shape (tours,).
        is_night: whether it is a night, shape (tours,).
    """

    officer: Ints
    start: Ints
    end: Ints
    is_night: Flags


def carried(
    worked: Worked,
    officers: int,
    zone: str,
    public_holidays: Collection[date],
    unsocial: tuple[int, int],
) -> Ints:
    """What each officer carried of each burden, shape (burdens, officers) in the order of BURDENS.

    Unsocial hours are in minutes; the others are numbers of tours or of weekends.

    Args:
        worked: the tours.
        officers: how many officers there are.
        zone: IANA name of the room's time zone.
        public_holidays: days on which a tour counts as one; those of Christmas count as that.
        unsocial: minutes after midnight from and to which hours are unsocial.
    """
    start = on_the_wall(worked.start, zone)
    day, begin = np.divmod(start, MINUTES_A_DAY)
    weekday = (day + 3) % 7  # 1 January 1970 was a Thursday
    christmas = np.isin(day, _days(_christmases(day)))
    holiday = np.isin(day, _days(public_holidays)) & ~christmas
    weekend = np.unique(np.stack([worked.officer, day - weekday])[:, weekday >= 5], axis=1)[0]
    minutes = _unsocial(begin, worked.end - worked.start, *unsocial)
    found = {
        "nights": np.bincount(worked.officer[worked.is_night], minlength=officers),
        "weekends": np.bincount(weekend, minlength=officers),
        "unsocial_hours": np.bincount(worked.officer, minutes, minlength=officers),
        "public_holidays": np.bincount(worked.officer[holiday], minlength=officers),
        "christmas": np.bincount(worked.officer[christmas], minlength=officers),
    }
    return np.stack([found[burden] for burden in BURDENS]).astype(np.int64)


def shares(found: Ints, hours: Floats) -> Floats:
    """The share of each officer in what everybody carried, shape (burdens, officers).

    Args:
        found: what each carried, of the same shape.
        hours: what each was there for and could have carried it, of the same shape; whoever has
            none has no share.
    """
    total = hours.sum(axis=1, keepdims=True)
    there = np.divide(hours, total, out=np.zeros_like(hours, dtype=np.float64), where=total > 0)
    together = np.where(hours > 0, found, 0).sum(axis=1, keepdims=True)
    return np.asarray(together * there, dtype=np.float64)


def on_the_wall(instants: Ints, zone: str) -> Ints:
    """Minutes since 1970 by the clock on the wall, of instants in minutes since 1970 in UTC."""
    clock = ZoneInfo(zone)
    hours, which = np.unique(instants // 60, return_inverse=True)
    offsets = [_offset(hour, clock) for hour in hours.tolist()]
    return instants + np.array(offsets, dtype=np.int64)[which]


def _offset(hour: int, clock: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(hour * 3600, tz=UTC).astimezone(clock).utcoffset()
    return int(offset.total_seconds()) // 60 if offset else 0


def _christmases(day: Ints) -> list[date]:
    if not len(day):
        return []
    first, last = (date.fromordinal(int(each) + EPOCH).year for each in (day.min(), day.max()))
    return [date(year, *each) for year in range(first, last + 1) for each in CHRISTMAS]


def _days(days: Collection[date]) -> Ints:
    return np.array([each.toordinal() - EPOCH for each in days], dtype=np.int64)


def _unsocial(begin: Ints, minutes: Ints, start: int, end: int) -> Ints:
    """Unsocial minutes of tours of up to two days; `unsocial.unsocial_minutes` for many at once."""
    length = (end - start) % MINUTES_A_DAY
    total = np.zeros_like(begin)
    for day in (-1, 0, 1, 2):
        opens = start + day * MINUTES_A_DAY
        shared = np.minimum(begin + minutes, opens + length) - np.maximum(begin, opens)
        total += np.maximum(shared, 0)
    return total
