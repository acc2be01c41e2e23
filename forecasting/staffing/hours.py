"""Shrinkage as hours: what a roster must find besides the hours at desks, part by part.

Hours at desks and the parts on shift (breaks, briefings) make up the hours rostered; these and the
parts off shift (leave, sickness, training) make up the hours paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from forecasting.calendar import Calendar
from forecasting.staffing.needs import Counts
from forecasting.staffing.poisson import Floats
from forecasting.staffing.room import RoomRequirement, whole_rows
from forecasting.staffing.shrinkage import ShrinkagePart, off_shift_shrinkage

WEEK = 7
"""Days."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Person-hours of some days.

    Attributes:
        rostered: on shifts.
        on_shift: by part of shrinkage, of the hours rostered.
        off_shift: by part of shrinkage, paid beside the hours rostered.
    """

    rostered: float = 0.0
    on_shift: Mapping[str, float] = field(default_factory=dict)
    off_shift: Mapping[str, float] = field(default_factory=dict)

    @property
    def at_desks(self) -> float:
        """Rostered and not lost."""
        return self.rostered - sum(self.on_shift.values())

    @property
    def paid(self) -> float:
        """Rostered and off shift."""
        return self.rostered + sum(self.off_shift.values())

    def __add__(self, other: Hours) -> Hours:
        """Both together."""
        return Hours(
            self.rostered + other.rostered,
            _added(self.on_shift, other.on_shift),
            _added(self.off_shift, other.off_shift),
        )


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """People who are rostered together, and for what.

    Attributes:
        people: rostered, shape (intervals,).
        shares: for each that they are rostered for its weight, shape (intervals,), and its parts
            of shrinkage.
    """

    people: Counts
    shares: Sequence[tuple[Floats, Sequence[ShrinkagePart]]]


def weekly_hours(room: RoomRequirement, zone: str) -> tuple[Hours, ...]:
    """Hours that a roster must find for a requirement, week by week; their sum is the whole.

    People who serve several queues are shared out by the queues' loads, and a held post is a load
    of as many erlangs as it has holders.

    Args:
        room: what is asked.
        zone: IANA name of the time zone; weeks are seven local days from the first on.
    """
    need = room.queues
    at = Calendar(zone).local(need.starts[0], need.interval_minutes, need.starts.size)
    blocks = tuple(_blocks(room))
    return tuple(
        sum((hours_of(block, at.day // WEEK == week, need.interval_minutes) for block in blocks),
            Hours())
        for week in range(int(at.day[-1]) // WEEK + 1)
    )  # fmt: skip


def hours_of(block: Block, chosen: Counts, interval_minutes: int) -> Hours:
    """Hours of people who are rostered together.

    Args:
        block: the people.
        chosen: which intervals, shape (intervals,).
        interval_minutes: length of an interval.

    Raises:
        InputError: parts of shrinkage that leave no paid time.
    """
    total = np.sum([weight for weight, _ in block.shares], axis=0)
    even = np.full(total.shape, 1 / len(block.shares))
    hours = Hours()
    for weight, parts in block.shares:
        share = np.divide(weight, total, out=even.copy(), where=total > 0)
        rostered = float((block.people * share)[chosen].sum()) * interval_minutes / 60
        paid = rostered / (1 - off_shift_shrinkage(parts))
        on_shift = [(part.name, rostered * part.share) for part in parts if part.in_shift]
        off_shift = [(part.name, paid * part.share) for part in parts if not part.in_shift]
        hours += Hours(rostered, _total(on_shift), _total(off_shift))
    return hours


def _blocks(room: RoomRequirement) -> Iterator[Block]:
    """The whole of the queues with posts of their skills; each of the other posts; minimums."""
    need, terms = room.queues, room.terms
    whole, *others = whole_rows(room.rows)
    weights = [need.busy(queue.queue) for queue in need.terms]
    closed = np.sum(weights, axis=0) == 0
    alone = [need.people[queue.queue,].astype(np.float64) for queue in need.terms]
    shares = [
        (np.where(closed, people, load), queue.shrinkage)
        for load, people, queue in zip(weights, alone, need.terms, strict=True)
    ]
    shares += [
        (posts.people.astype(np.float64), terms.shrinkage)
        for skill, posts in room.at_posts.items()
        if skill in whole.skills
    ]
    yield Block(whole.people, shares)
    for row in others:
        yield Block(row.people, [(np.ones(row.people.size), terms.shrinkage)])


def _added(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return _total([*one.items(), *other.items()])


def _total(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Hours by name, in order of first mention."""
    found: dict[str, float] = {}
    for name, hours in parts:
        found[name] = found.get(name, 0.0) + hours
    return found
