"""One engine for everything: a `Problem` goes in, the best roster found in time comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rostering.problem import Problem, Roster
from rostering.verify import Verdict

Phase = Literal["preparing", "finding a legal roster", "improving", "proving", "done"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve has come, as told to whoever waits.

    Attributes:
        phase: what it is doing.
        seconds: wall-clock seconds since the start.
        seconds_left: until the time limit.
        objective: points of the best lawful roster so far; None before there is one.
        bound: points that no lawful roster can go below; None while nothing is proved.
        missing_minutes: person-minutes of cover missing in the best roster, over all sets of
            queues; None before there is one.
    """

    phase: Phase
    seconds: float
    seconds_left: float
    objective: int | None = None
    bound: float | None = None
    missing_minutes: int | None = None


@dataclass(frozen=True)
class Solution:
    """What a solve leaves behind; there always is a roster, lawful or not.

    Attributes:
        roster: the best roster found or, where no lawful one was found, the nearest.
        verdict: what the checker says of it; `verdict.hard` is empty for a lawful roster.
        bound: points that no lawful roster can go below; None where nothing was proved.
        seconds: wall-clock seconds spent.
        first_legal_seconds: when the first lawful roster stood; None where there was none.
        stopped: why it ended.
    """

    roster: Roster
    verdict: Verdict
    bound: float | None
    seconds: float
    first_legal_seconds: float | None
    stopped: Literal["proved best", "time", "cancelled", "no lawful roster"]


def solve(
    problem: Problem,
    *,
    seconds: float,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    seed: int = 0,
) -> Solution:
    """Make a roster in child processes, within the time limit.

    Args:
        problem: what is asked.
        seconds: wall-clock limit; the children are ended when it has passed.
        on_progress: told now and then, from this thread.
        cancelled: asked several times a second; once it says yes the best so far is returned.
        seed: for whatever is drawn by chance.
    """
    raise NotImplementedError
