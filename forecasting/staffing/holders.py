"""Who holds the posts of a room, and who is left to answer.

Whoever holds a post answers no calls meanwhile (`posts.Post`). Of the people on duty as many hold
posts as possible, and among all ways to do so the one is taken that costs callers least: first
those go who answer nothing, then those who serve the fewest queues, then the less urgent ones.
People who can be given posts together form a matroid (J. Edmonds and D. Fulkerson, Journal of
Research of the National Bureau of Standards 69B (1965)), so taking them in that order, each if the
posts can still be filled, is the best choice. How many of the first k kinds of people find a post
is the least cut of the flow from people to posts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
import numpy.typing as npt

from forecasting.staffing.poisson import Floats
from forecasting.staffing.sharing import QueueSet
from forecasting.staffing.terms import QueueTerms

People = npt.NDArray[np.float64] | npt.NDArray[np.int64]
"""People per interval, whole or in parts, shape (intervals,)."""

Skills = frozenset[str]


@dataclass(frozen=True, eq=False, slots=True)
class Answering:
    """People on duty once the posts are held; arrays of shape (intervals,).

    Attributes:
        by_queues: people left to answer, by the queues that they can serve, which stand in order of
            the terms; who can serve none is left out.
        at_posts: people who hold posts.
        unheld: people that the posts ask for and nobody on duty has the skill or the time for.
    """

    by_queues: dict[QueueSet, Floats]
    at_posts: Floats
    unheld: Floats


def answering(
    on_duty: Mapping[Skills, People], at_posts: Mapping[str, People], terms: Sequence[QueueTerms]
) -> Answering:
    """Who is left to answer when the posts are held as far as people are there.

    Args:
        on_duty: people rostered by the skills that they hold.
        at_posts: people to roster for posts by their skill, relief included.
        terms: of the queues.
    """
    kinds = sorted(on_duty, key=lambda skills: _reluctance(skills, terms))
    size = max((len(there) for there in (*on_duty.values(), *at_posts.values())), default=0)
    none = np.zeros(size)
    asked = {skill: people for skill, people in at_posts.items() if np.any(people)}
    cuts = {
        chosen: sum((asked[skill] for skill in chosen), none)
        for chosen in map(frozenset, _subsets(sorted(asked)))
    }
    held, left = none, dict[QueueSet, Floats]()
    for skills in kinds:
        there = on_duty[skills]
        able = skills & asked.keys()
        cuts = {chosen: cut if able <= chosen else cut + there for chosen, cut in cuts.items()}
        so_far = np.min([*cuts.values()], axis=0)
        queues = tuple(each.queue for each in terms if each.skill in skills)
        if queues:
            left[queues] = left.get(queues, none) + there - (so_far - held)
        held = so_far
    wanted = sum(asked.values(), none)
    return Answering(left, held, wanted - held)


def _reluctance(skills: Skills, terms: Sequence[QueueTerms]) -> tuple[int, list[int], list[str]]:
    """Sorts first who is missed least on the phones: few queues, and those not urgent."""
    ranked = sorted(terms, key=lambda each: each.urgency, reverse=True)
    served = [place for place, each in enumerate(ranked) if each.skill in skills]
    return len(served), served[::-1], sorted(skills)


def _subsets(skills: Sequence[str]) -> chain[tuple[str, ...]]:
    return chain.from_iterable(combinations(skills, size) for size in range(len(skills) + 1))
