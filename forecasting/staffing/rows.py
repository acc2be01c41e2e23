"""What the rows of a room's requirement say together: posts in them, prices, people at the phones.

Where posts of a queue's skill are asked for, there are two rows of the same people: what the queues
ask, and the same with the posts. Who is missing there is missing from the queues, since the posts
are held first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecasting.staffing.needs import Counts
from forecasting.staffing.room import Row
from forecasting.staffing.sharing import QueueSet, bounds
from forecasting.staffing.worth import Calls, Prices, expected_late

MUST_TIMES = 10
"""How many missing people of any other row one weighs who must be there: a room does not go without
its supervisor for a few calls answered sooner."""

SkillOf = Mapping[str, str]
"""Per queue the skill that lets an officer serve it."""


def asked_of(row: Row, skills: SkillOf) -> QueueSet:
    """The queues of a row whose people all serve one of them; none of any other row.

    Args:
        row: of a requirement, or in common for several rows (`room.joined`).
        skills: of the requirement's queues.
    """
    queues = tuple(name for name in row.names if name in skills)
    if row.asker != "queues" or row.skills != {skills[name] for name in queues}:
        return ()
    return queues


def with_posts(row: Row, skills: SkillOf) -> bool:
    """Whether a row asks for queues and for posts of their skills; as for `asked_of`."""
    queues = asked_of(row, skills)
    return bool(queues) and row.names != queues


def at_posts(rows: Iterable[Row], skills: SkillOf) -> dict[str, Counts]:
    """People to roster for the posts of each skill, relief included, shape (intervals,).

    Where the skill serves queues it is what the posts add to the people for these queues: their
    relief comes from one pool.

    Args:
        rows: of a requirement, smaller sets of queues first.
        skills: of its queues.
    """
    rows = tuple(rows)
    alone = {row.names: row.people for row in rows}
    found = {min(row.skills): row.people for row in rows if row.asker == "posts"}
    for row in rows:
        if with_posts(row, skills) and len(row.skills) == 1:
            found[min(row.skills)] = row.people - alone[asked_of(row, skills)]
    return found


class RowPrices:
    """What missing people cost in the rows of a requirement.

    A set of queues costs what its calls cost that are late or lost. Where people at posts are asked
    for as well, whoever is missing there is missing from the queues: the row that asks for both has
    the price, and the row that asks for less costs nothing of its own. What is asked of other
    skills costs what is assumed; least staffing that must be kept, `MUST_TIMES` as much.

    Args:
        rows: of the requirement.
        skills: of its queues.
        prices: of its sets of queues; of none where it says nothing of calls.
        assumed: points for the first, second … person missing from any other row.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        skills: SkillOf,
        prices: Mapping[QueueSet, Prices],
        assumed: tuple[int, ...],
    ) -> None:
        self._skills, self._prices, self._assumed = skills, prices, assumed
        self._with_posts = {row.skills for row in rows if with_posts(row, skills)}

    def of(self, row: Row) -> Prices | tuple[int, ...]:
        """Points for the first, second … missing person, for all intervals or for each."""
        if row.asker == "must":
            return tuple(MUST_TIMES * points for points in self._assumed)
        queues = asked_of(row, self._skills)
        if not queues or queues not in self._prices:
            return self._assumed
        if row.names == queues and row.skills in self._with_posts:
            return (0,)
        return self._prices[queues]


def at_the_phones(
    rows: Sequence[Row], skills: SkillOf, on_duty: Sequence[Counts]
) -> dict[QueueSet, Counts]:
    """People left to answer each set of queues when the posts are held.

    By Hall's theorem so many are left as all who can serve the set or hold some posts are more than
    these posts take; a post that lacks people takes only those who are there.

    Args:
        rows: of a requirement, and those in common (`room.joined`).
        skills: of its queues.
        on_duty: people on duty who count for each row, shape (intervals,) each.

    Returns:
        Of every set of queues, smaller ones first, shape (intervals,).
    """
    there = {row.names: people for row, people in zip(rows, on_duty, strict=True)}
    own = {row.names: row.people for row in rows}
    unheld = {
        row.names[0]: np.maximum(row.people - there[row.names], 0)
        for row in rows
        if row.asker == "posts"
    }
    found: dict[QueueSet, list[Counts]] = defaultdict(list)
    for row in rows:
        queues = tuple(name for name in row.names if name in skills)
        if row.asker == "queues" and queues:
            held = row.people - own[queues]
            for name in row.names:
                held = held - unheld.get(name, 0)
            found[queues].append(np.maximum(there[row.names] - held, 0))
    people: dict[QueueSet, Counts] = {}
    for queues in sorted(found, key=len):
        if len(queues) > 1:
            found[queues].append(bounds(queues, people)[1])
        people[queues] = np.min(found[queues], axis=0)
    return people


@dataclass(frozen=True, slots=True)
class LateCalls:
    """Calls over some intervals, by queue.

    Attributes:
        late: expected to be answered late, or never.
        offered: expected to come.
    """

    late: Mapping[str, float]
    offered: Mapping[str, float]


def late_with(
    calls: Calls, rows: Iterable[Row], on_duty: Mapping[QueueSet, Counts], part: slice
) -> LateCalls:
    """Calls expected late or lost with the people of a roster.

    Args:
        calls: what is at stake.
        rows: of the requirement, and those in common (`room.joined`).
        on_duty: people on duty who count for a row, by its names, shape (intervals of the part,);
            of every set of queues at least. Rows that are not named are left aside.
        part: the intervals of the requirement in which the roster is looked at.
    """
    skills = {each.queue: each.skill for each in calls.terms}
    asked = [replace(row, people=row.people[part]) for row in rows if row.names in on_duty]
    during = replace(calls, load={queue: load[part] for queue, load in calls.load.items()})
    there = at_the_phones(asked, skills, [on_duty[row.names] for row in asked])
    late = expected_late(during, there)
    return LateCalls(
        late={queue: float(row.sum()) for queue, row in late.items()},
        offered={queue: float(during.offered((queue,)).sum()) for queue in late},
    )
