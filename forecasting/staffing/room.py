"""The requirement of a whole room: queues, posts, minimum staffing, seats.

A post is like a queue of its own in Hall's condition (`sharing`): its holders answer no calls.
Where its skill serves a queue as well, the sets that hold the queue ask for both. Where it serves
none, a row of its own is enough as long as nobody holds it beside a skill of the other rows; for
people who do, `joined` adds the sets that count them once.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from forecasting.calendar import Calendar, LocalTime
from forecasting.errors import InputError, quoted
from forecasting.staffing.needs import Counts
from forecasting.staffing.posts import Held, RoomTerms, held, least
from forecasting.staffing.requirement import HEADER, Requirement
from forecasting.staffing.seats import FewSeats, within_seats
from forecasting.staffing.sharing import QueueSet
from forecasting.staffing.shrinkage import blended, rostered

Asker = Literal["queues", "posts", "minimum", "must"]
"""Who asks for the people of a row: queues, alone or with posts of their skills; posts whose skill
serves no queue; least staffing; least staffing that comes before everything else."""

LEAST: tuple[Asker, ...] = ("minimum", "must")
"""Those who ask for least staffing with one skill."""


@dataclass(frozen=True, eq=False, slots=True)
class Row:
    """People to roster who hold any of some skills.

    Attributes:
        asker: who asks.
        names: of queues, and of posts and minimums such as "dispatch posts", in order.
        skills: whoever holds one of them counts.
        people: how many, shape (intervals,).
    """

    asker: Asker
    names: QueueSet
    skills: frozenset[str]
    people: Counts


@dataclass(frozen=True, eq=False, slots=True)
class RoomRequirement:
    """What a room asks of its roster.

    Attributes:
        queues: what the queues ask, within the seats.
        terms: what the room asks as a whole.
        at_posts: people at posts by skill, within the seats.
        rows: sets of queues, smaller first; the same with the posts of their skills; posts whose
            skill serves no queue; minimums.
        few_seats: where the goals would need more seats than there are.
        posts_unseated: intervals in which even posts find no seat.
    """

    queues: Requirement
    terms: RoomTerms
    at_posts: dict[str, Held]
    rows: tuple[Row, ...]
    few_seats: tuple[FewSeats, ...] = ()
    posts_unseated: int = 0

    def write_csv(self, path: Path) -> None:
        """Write `interval_start,queues,required`, UTC instants, one row per interval and row."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(csv_rows(self.queues.starts, self.rows))


def csv_rows(starts: npt.NDArray[np.datetime64], rows: Iterable[Row]) -> list[tuple[str, str, int]]:
    """Interval start, names joined by +, and people, sorted.

    Args:
        starts: of the intervals, datetime64 in UTC, shape (intervals,).
        rows: what is asked in them.
    """
    named = sorted((("+".join(row.names), row.people) for row in rows), key=lambda each: each[0])
    instants = np.datetime_as_string(starts.astype("datetime64[s]"), unit="s")
    return [
        (f"{instant}Z", name, int(people[k]))
        for k, instant in enumerate(instants)
        for name, people in named
    ]


def room_requirement(need: Requirement, terms: RoomTerms, zone: str) -> RoomRequirement:
    """What a room asks of its roster.

    People for posts are people at posts / (1 − share of the shift lost), rounded up over all posts
    of a skill, and over the queues that the skill serves, together: relief comes from one pool.

    Args:
        need: what its queues ask.
        terms: what it asks as a whole.
        zone: IANA name of its time zone, in which windows are read.

    Raises:
        InputError: an unknown zone, or a queue named like the posts of a skill.
    """
    at = Calendar(zone).local(need.starts[0], need.interval_minutes, need.starts.size)
    wanted = held(terms.posts, at)
    at_posts = held(terms.posts, at, terms.seats)
    few: tuple[FewSeats, ...] = ()
    if terms.seats is not None:
        need, few = within_seats(need, terms.seats - _together(at_posts, at.slot.size))
    unseated = _together(wanted, at.slot.size) > _together(at_posts, at.slot.size)
    rows = (*_queue_rows(need, terms, at_posts), *_own_rows(need, terms, at_posts, at))
    names = [row.names for row in rows]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InputError(f"a queue may not be called {quoted('+'.join(twice))} in this room.")
    return RoomRequirement(need, terms, at_posts, rows, few, int(unseated.sum()))


def joined(rows: Sequence[Row], held_skills: Collection[frozenset[str]]) -> tuple[Row, ...]:
    """The rows, and those that count people once who hold a post's own skill beside others.

    A set of rows needs one in common only where people link them; otherwise whoever counts for one
    does not count for the other, and the rows by themselves say it all.

    Args:
        rows: of a `RoomRequirement`.
        held_skills: the skills of each officer; the same may occur often.
    """
    posts = [row for row in rows if row.asker == "posts"]
    queues = _most_of_each([row for row in rows if row.asker == "queues"])
    crew = {skills for skills in held_skills if len(skills) > 1}
    found = list(rows)
    for size in range(1, len(posts) + 1):
        for chosen in combinations(posts, size):
            for base in (None, *queues):
                parts = [*chosen, base] if base is not None else [*chosen]
                skills = frozenset().union(*(part.skills for part in parts))
                if len(parts) > 1 and _linked(skills, crew):
                    names = tuple(sorted(name for part in parts for name in part.names))
                    people = np.sum([part.people for part in parts], axis=0)
                    found.append(Row("queues", names, skills, people))
    return tuple(found)


def whole_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows that ask for everybody: all queues together, and what is asked of other skills.

    Args:
        rows: of a `RoomRequirement`.
    """
    found = [max((r for r in rows if r.asker == "queues"), key=lambda row: len(row.names))]
    asked = set(found[0].skills)
    for row in rows:
        if row.asker != "queues" and not row.skills & asked:
            asked |= row.skills
            found.append(row)
    return tuple(found)


def _together(at_posts: dict[str, Held], intervals: int) -> Counts:
    """People at all posts."""
    return sum((each.people for each in at_posts.values()), np.zeros(intervals, np.int64))


def _queue_rows(need: Requirement, terms: RoomTerms, at_posts: dict[str, Held]) -> list[Row]:
    """Sets of queues, then those whose skills hold posts, with these posts."""
    skills = {queue.queue: queue.skill for queue in need.terms}
    alone = [
        Row("queues", group, frozenset(skills[name] for name in group), people)
        for group, people in need.people.items()
    ]
    return alone + _with_posts(need, terms, at_posts, alone)


def _with_posts(
    need: Requirement, terms: RoomTerms, at_posts: dict[str, Held], alone: Sequence[Row]
) -> list[Row]:
    """Sets of queues with the posts of their skills; none asks less than a smaller one inside."""
    shares = {queue.queue: queue.in_shift_shrinkage for queue in need.terms}
    found: list[Row] = []
    for row in alone:
        posts = [at_posts[skill] for skill in sorted(row.skills & at_posts.keys())]
        if not posts:
            continue
        relieved = [each.relieved for each in posts]
        lost = blended(
            [*(need.busy(name) for name in row.names), *relieved],
            [*(shares[name] for name in row.names), *[terms.lost] * len(posts)],
        )
        at_desks = need.agents[row.names] + np.sum(relieved, axis=0)
        people = rostered(at_desks, lost) + np.sum([each.alone for each in posts], axis=0)
        own = np.sum([_to_roster(each, terms.lost) for each in posts], axis=0)
        inside = [each.people for each in found if each.skills <= row.skills]
        beside = row.people + np.sum([each.people for each in posts], axis=0)
        smallest = np.max([beside, own, *inside], axis=0)
        names = sorted((*row.names, *(posts_name(s) for s in row.skills & at_posts.keys())))
        people = np.clip(people, smallest, np.maximum(row.people + own, smallest))
        found.append(Row("queues", tuple(names), row.skills, people))
    return found


def _own_rows(
    need: Requirement, terms: RoomTerms, at_posts: dict[str, Held], at: LocalTime
) -> list[Row]:
    """Posts whose skill serves no queue, and minimums; no more people than have a seat."""
    served = {queue.skill for queue in need.terms}
    rows = [
        Row("posts", (posts_name(skill),), frozenset({skill}), _to_roster(each, terms.lost))
        for skill, each in at_posts.items()
        if skill not in served
    ]
    most = np.inf if terms.seats is None else int(rostered(terms.seats, terms.lost))
    for asker in LEAST:
        asked = [each for each in terms.minimums if each.must == (asker == "must")]
        for skill, people in least(asked, at).items():
            seated = np.minimum(people, most).astype(np.int64)
            name = minimum_name(skill, must=asker == "must")
            rows.append(Row(asker, (name,), frozenset({skill}), seated))
    return rows


def posts_name(skill: str) -> str:
    """What the posts of a skill are called in a row."""
    return f"{skill} posts"


def minimum_name(skill: str, *, must: bool = False) -> str:
    """What least staffing with a skill is called in a row."""
    return f"{skill} {'must' if must else 'minimum'}"


def _to_roster(posts: Held, lost: float) -> Counts:
    """People to roster for posts, relief included."""
    return rostered(posts.relieved, lost) + posts.alone


def _most_of_each(rows: Sequence[Row]) -> list[Row]:
    """Of rows for which the same people count, the one that asks for the most."""
    found: dict[frozenset[str], Row] = {}
    for row in rows:
        known = found.get(row.skills)
        if known is None or row.people.sum() >= known.people.sum():
            found[row.skills] = row
    return list(found.values())


def _linked(skills: frozenset[str], crew: Collection[frozenset[str]]) -> bool:
    """Whether people who hold two of the skills or more link all of them."""
    reached = {min(skills)}
    while near := {s for held in crew if held & reached for s in held & skills} - reached:
        reached |= near
    return reached == skills
