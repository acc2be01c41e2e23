"""What a room asks besides its queues: posts that must be held, least staffing, seats, reserve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasting.calendar import LocalTime
from forecasting.errors import InputError, quoted
from forecasting.staffing.needs import Counts
from forecasting.staffing.shrinkage import ASSUMED_SHRINKAGE, ShrinkagePart, in_shift_shrinkage
from forecasting.staffing.windows import ALWAYS, DAY, Window

MOST_PEOPLE = 500
"""At one post, or as a minimum: more than any room holds."""


@dataclass(frozen=True, slots=True)
class Post:
    """A desk that must be held; whoever holds it answers no calls meanwhile.

    Attributes:
        name: what it is called.
        skill: what its holders must have.
        people: how many hold it at a time, 1 or more.
        window: when it is held.
        relief: whether others take over during breaks; without, it stands empty then.

    Raises:
        InputError: no name, no skill, or people out of range.
    """

    name: str
    skill: str
    people: int = 1
    window: Window = ALWAYS
    relief: bool = True

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InputError("a post needs a name.")
        _skill(self.skill, f"post {quoted(self.name)}")
        _people(self.people, f"post {quoted(self.name)}")


@dataclass(frozen=True, slots=True)
class Minimum:
    """Fewest people on duty with a skill or role, whatever they do; breaks add nothing to it.

    Attributes:
        skill: code of a skill or role.
        people: how many, 1 or more.
        window: when.
        must: whether it comes before everything else that is asked.

    Raises:
        InputError: no skill, or people out of range.
    """

    skill: str
    people: int
    window: Window = ALWAYS
    must: bool = False

    def __post_init__(self) -> None:
        _skill(self.skill, "a minimum")
        _people(self.people, f"the minimum of {quoted(self.skill)}")


@dataclass(frozen=True, slots=True)
class RoomTerms:
    """What a room asks as a whole.

    Attributes:
        reserve: people kept idle for the most urgent queue where staff is shared, ≥ 0.
        seats: desks that exist, ≥ 0; None: as many as are needed.
        posts: desks that must be held, the most important first.
        minimums: least staffing by skill or role; of several of one skill the highest holds.
        shrinkage: paid time in which post holders are not at their posts, in parts.

    Raises:
        InputError: a number out of its range, or two posts of one name.
    """

    reserve: int = 1
    seats: int | None = None
    posts: tuple[Post, ...] = ()
    minimums: tuple[Minimum, ...] = ()
    shrinkage: tuple[ShrinkagePart, ...] = ASSUMED_SHRINKAGE

    def __post_init__(self) -> None:
        for what, number in (("the reserve", self.reserve), ("seats", self.seats)):
            if number is not None and not 0 <= number <= 100 * MOST_PEOPLE:
                raise InputError(f"{what} must be 0 or more, not {number}.")
        names = [post.name for post in self.posts]
        for name in names:
            if names.count(name) > 1:
                raise InputError(f"post {quoted(name)} is given twice.")
        in_shift_shrinkage(self.shrinkage)

    @property
    def lost(self) -> float:
        """Share of rostered time in which a holder is not at the post."""
        return in_shift_shrinkage(self.shrinkage)


@dataclass(frozen=True, slots=True)
class Held:
    """The posts of one skill together.

    Attributes:
        relieved: people at posts that are taken over during breaks, shape (intervals,).
        alone: people at posts that are not, shape (intervals,).
    """

    relieved: Counts
    alone: Counts

    @property
    def people(self) -> Counts:
        """People at posts, shape (intervals,)."""
        return self.relieved + self.alone


def held(posts: Sequence[Post], at: LocalTime, seats: int | None = None) -> dict[str, Held]:
    """People at posts by skill; where seats are fewer than posts, the posts named first have them.

    Args:
        posts: the posts, the most important first.
        at: the intervals in local time; a post is held in an interval that begins in its window.
        seats: desks that exist; None: enough.

    Returns:
        By skill, in order of name.
    """
    size = at.weekday.size
    left = np.full(size, np.iinfo(np.int32).max if seats is None else seats, np.int64)
    skills = sorted({post.skill for post in posts})
    found = {skill: Held(np.zeros(size, np.int64), np.zeros(size, np.int64)) for skill in skills}
    for post in posts:
        people = np.minimum(post.people * open_at(post.window, at), left)
        left -= people
        of_skill = found[post.skill]
        (of_skill.relieved if post.relief else of_skill.alone)[:] += people
    return found


def least(minimums: Sequence[Minimum], at: LocalTime) -> dict[str, Counts]:
    """Fewest people on duty by skill, in order of name, shape (intervals,); the highest holds."""
    found: dict[str, Counts] = {}
    for each in sorted(minimums, key=lambda each: each.skill):
        people = each.people * open_at(each.window, at)
        found[each.skill] = np.maximum(found.get(each.skill, people), people)
    return found


def open_at(window: Window, at: LocalTime) -> npt.NDArray[np.int64]:
    """1 for each interval that begins in a window, else 0."""
    minute = at.slot * (DAY // at.slots_per_day)
    return window.holds(at.weekday, minute).astype(np.int64)


def _skill(skill: str, of: str) -> None:
    if not skill.strip() or "+" in skill:
        raise InputError(f"{of}: {quoted(skill)} is no skill: no name, or a + in it.")


def _people(people: int, of: str) -> None:
    if not 1 <= people <= MOST_PEOPLE or people != int(people):
        raise InputError(f"{of}: people must be 1 to {MOST_PEOPLE}, not {people}.")
