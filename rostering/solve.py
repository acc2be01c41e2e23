"""One engine for everything: a `Problem` goes in, the best roster found in time comes out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context
from time import monotonic
from typing import TYPE_CHECKING, Literal

from rostering.allowed import Allowed
from rostering.cover_grid import Counting
from rostering.problem import Problem, Roster
from rostering.search.messages import Bounded, Changed, Found, Incumbent, Message, Ready
from rostering.search.ready import make_ready
from rostering.search.task import Task, run_child
from rostering.sound import refuse_unsound
from rostering.tally import Tally
from rostering.verify import Verdict, verify

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from rostering.problem import Choices

Phase = Literal["preparing", "finding a lawful roster", "improving"]
Ending = Literal["proved best", "time", "cancelled", "no lawful roster"]

CHILDREN = 2
"""Searching processes; the service's machines have two cores."""

REPLACEMENTS = 4
"""How many children that were killed are replaced in one solve; a machine that has no memory for
them would kill those too."""

OURS = -1
"""Stands for whoever gave the start where a child's number is asked."""

CLOSING, CLOSING_SHARE = 2.0, 0.1
"""How many times as long as the longest judging of a roster is kept free at the end, and which
share of the time at most: the roster that is given back is judged once more, rule by rule."""

TICK = 0.1
"""Seconds between two looks at the clock and at whether the solve is cancelled."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve has come, as told to whoever waits.

    Attributes:
        phase: what it is doing.
        seconds: wall-clock seconds since the start.
        seconds_left: until the time limit.
        objective: points of the best lawful roster so far; None before there is one.
        bound: points that no lawful roster can go below; None while nothing is proved.
        missing_minutes: person-minutes of cover missing in the room, in the best roster; None
            before there is one.
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
        was_stopped: whether somebody cancelled it, lawful roster or not.
        came_to_any: whether it had come to any roster; else what is fixed and rest days are given.
    """

    roster: Roster
    verdict: Verdict
    bound: float | None
    seconds: float
    first_legal_seconds: float | None
    stopped: Ending
    was_stopped: bool = False
    came_to_any: bool = True


def solve(
    problem: Problem,
    *,
    seconds: float,
    on_progress: Callable[[Progress], None] | None = None,
    on_roster: Callable[[Roster], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    start: Roster | None = None,
    seed: int = 0,
    deterministic: bool = False,
) -> Solution:
    """Make a roster in child processes, within the time limit.

    On a machine where the inner loops were never compiled that comes first, once, for most of a
    minute that does not count.

    Args:
        problem: what is asked.
        seconds: wall-clock limit; the children are ended when it has passed.
        on_progress: told now and then, from this thread.
        on_roster: given each better lawful roster, from this thread, to keep.
        cancelled: asked several times a second; once it says yes the best so far is returned.
        start: a roster to go on from, such as one kept by a solve that was cut short.
        seed: for whatever is drawn by chance.
        deterministic: whether the same problem, seed and start are to give the same roster on the
            same machine. The work that is ordinarily done in `seconds` is counted then, and done
            however long it takes; children do not learn from each other.

    Raises:
        InputError: when the problem contradicts itself, such as two officers of one id.
        RuntimeError: when the children were killed again and again before they found anything.
    """
    refuse_unsound(problem)
    if on_progress is not None:
        on_progress(Progress("preparing", 0.0, seconds))
    make_ready(cancelled)
    begun = monotonic()
    solving = _Solving(problem, seconds, begun, on_progress, on_roster, deterministic)
    if start is not None:
        solving.hear(Found(start.to_choices(problem), frozenset()), OURS)
    work = seconds if deterministic else None
    with _Children(problem, begun + seconds, seed, solving, work) as children:
        while children.are_searching and not solving.is_over(cancelled):
            for child, message in children.speaking():
                if isinstance(message, Ready):
                    children.answer(child, solving.incumbent)
                else:
                    solving.hear(message, children.number_of(child))
            solving.tell_progress()
        if not children.are_searching and solving.best is None:
            raise RuntimeError("the searching processes were killed before they found a roster")
    return solving.solution()


class _Children:
    """The searching processes and the pipes to them; ended on the way out."""

    def __init__(
        self, problem: Problem, until: float, seed: int, solving: _Solving, work: float | None
    ) -> None:
        self._problem = problem
        self._until = until
        self._work = work
        self._seed = seed
        self._solving = solving
        self._context = get_context("spawn")
        self._children: dict[Connection, tuple[int, SpawnProcess]] = {}
        self._replaced = 0
        for number in range(CHILDREN):
            self._start(number)

    def _start(self, number: int) -> None:
        """Let one more search, from the best roster so far."""
        ours, theirs = self._context.Pipe()
        seed = (self._seed + self._replaced) * CHILDREN + number
        task = Task(self._problem, number, self._until, seed, self._solving.best, self._work)
        process = self._context.Process(target=run_child, args=(task, theirs), daemon=True)
        process.start()
        theirs.close()
        self._children[ours] = number, process

    def __enter__(self) -> _Children:
        return self

    def __exit__(self, *_: object) -> None:
        for _number, process in self._children.values():
            process.kill()
        for pipe, (_number, process) in self._children.items():
            process.join()
            pipe.close()

    @property
    def are_searching(self) -> bool:
        """Whether any of them may still speak."""
        return bool(self._children)

    def speaking(self) -> Iterator[tuple[Connection, Message]]:
        """Wait a tick for the children to speak; yield one message of each that does."""
        ready = connection.wait([*self._children], TICK)
        for pipe in [pipe for pipe in self._children if pipe in ready]:
            try:
                yield pipe, pipe.recv()
            except (EOFError, OSError):
                self._bury(pipe)

    def _bury(self, pipe: Connection) -> None:
        """Forget a child that has ended; put another in its place if something killed it."""
        number, process = self._children.pop(pipe)
        pipe.close()
        process.join()
        if process.exitcode != 0 and self._replaced < REPLACEMENTS:
            self._replaced += 1
            self._start(number)

    def number_of(self, pipe: Connection) -> int:
        """Which child speaks through a pipe."""
        return self._children[pipe][0]

    def answer(self, pipe: Connection, incumbent: Choices) -> None:
        """Give a child that waits for it the best roster."""
        with suppress(OSError):  # it has ended; reading from it will say so
            pipe.send(Incumbent(incumbent))


class _Solving:
    """The best roster so far, and what is known of it."""

    def __init__(
        self,
        problem: Problem,
        seconds: float,
        begun: float,
        on_progress: Callable[[Progress], None] | None,
        on_roster: Callable[[Roster], None] | None,
        is_counted: bool,
    ) -> None:
        self._problem = problem
        self._is_counted = is_counted
        self._finder = OURS
        self._seconds = seconds
        self._on_progress = on_progress
        self._on_roster = on_roster
        self._counting = Counting.of(problem)
        self._begun = begun
        self._judging = 0.0
        self._tally: Tally | None = None
        self._bound: float | None = None
        self._first_legal: float | None = None
        self._ending: Ending = "time"
        self._told = -math.inf

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return monotonic() - self._begun

    def is_over(self, cancelled: Callable[[], bool] | None) -> bool:
        """Tell whether to stop, and remember why."""
        if cancelled is not None and cancelled():
            self._ending = "cancelled"
            return True
        if self._is_counted:
            return False
        return self._ending == "proved best" or self.elapsed >= self._seconds - self._closing

    @property
    def _closing(self) -> float:
        """Seconds kept for judging the last roster; judging one took about as long before."""
        return min(CLOSING * self._judging, CLOSING_SHARE * self._seconds)

    @property
    def best(self) -> Choices | None:
        """The best roster so far; None before there is any."""
        return None if self._tally is None else self._tally.choices

    @property
    def incumbent(self) -> Choices:
        """The best roster so far, or what is fixed and rest days."""
        if self._tally is None:
            return Allowed.of(self._problem).empty()
        return self._tally.choices

    def hear(self, message: Message, finder: int) -> None:
        """Take in what a child, or who gave the start, has found, changed or proved."""
        if isinstance(message, Bounded):
            self._raise_bound(message)
        elif self._takes(message, finder):
            self._keep()

    def _takes(self, message: Message, finder: int) -> bool:
        """Tell whether a roster or a change is better than what there was, and take it if so."""
        if isinstance(message, Found):
            return self._replace(message.choices, finder)
        if isinstance(message, Changed) and self._tally is not None:
            return self._tally.accept(message.changes)
        return False

    def _keep(self) -> None:
        """Note and tell a better lawful roster."""
        if self._tally is None or self._tally.unlawful:
            return
        if self._first_legal is None:
            self._first_legal = self.elapsed
        self._compare()
        if self._on_roster is not None:
            self._on_roster(Roster.from_choices(self._problem, self._tally.choices))

    def _replace(self, choices: Choices, finder: int) -> bool:
        """Take a better roster; of equal ones the first child's, whichever was told first."""
        before = monotonic()
        tally = Tally(self._counting, choices, like=self._tally)
        self._judging = max(self._judging, monotonic() - before)
        if self._tally is not None:
            now = (len(self._tally.unlawful), self._tally.objective, self._finder)
            if (len(tally.unlawful), tally.objective, finder) >= now:
                return False
        self._tally, self._finder = tally, finder
        return True

    def _raise_bound(self, message: Bounded) -> None:
        if self._bound is None or message.bound > self._bound:
            self._bound = message.bound
        if message.is_best:
            self._ending = "proved best"
        self._compare()

    def _compare(self) -> None:
        """End where a lawful roster costs no more than is proved."""
        if self._bound is None or self._tally is None or self._tally.unlawful:
            return
        if self._tally.objective <= math.ceil(self._bound - 1e-6):
            self._ending = "proved best"

    def tell_progress(self) -> None:
        """Tell whoever waits, at most twice a second."""
        if self._on_progress is None or self.elapsed - self._told < 0.5:
            return
        self._told = self.elapsed
        self._on_progress(self._progress())

    def _progress(self) -> Progress:
        lawful = self._tally if self._tally is not None and not self._tally.unlawful else None
        phase: Phase = "finding a lawful roster" if lawful is None else "improving"
        return Progress(
            phase="preparing" if self._tally is None and self.elapsed < 2 else phase,
            seconds=self.elapsed,
            seconds_left=max(0.0, self._seconds - self.elapsed),
            objective=None if lawful is None else lawful.objective,
            bound=self._bound,
            missing_minutes=None if lawful is None else lawful.missing_minutes,
        )

    def solution(self) -> Solution:
        """The end of it: the best roster, judged by the rules' own checks."""
        roster = Roster.from_choices(self._problem, self.incumbent)
        verdict = verify(self._problem, roster)
        return Solution(
            roster=roster,
            verdict=verdict,
            bound=self._bound,
            seconds=self.elapsed,
            first_legal_seconds=self._first_legal,
            stopped=self._ending if verdict.is_legal else "no lawful roster",
            was_stopped=self._ending == "cancelled",
            came_to_any=self._tally is not None,
        )
