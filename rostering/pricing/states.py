"""What a line must remember from one day to the next so that pairs and runs can be judged.

Everything that primitives about neighbouring days ask of the future is one *state*: how long each
run has lasted, and which shifts of the next days the tours so far forbid or make dearer. States
are numbered and laid out as a table of what each choice leads to, which compiled code can walk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rostering.pricing.neighbours import FARTHEST, Neighbours, Priced, Table
from rostering.pricing.runs import Counted, Runs, RunState
from rostering.problem import Officer, Problem
from rostering.rules.base import Count, Of, Pair, Run

FORBIDDEN = -1
UNKNOWN = -2
"""What a choice leads to: nothing that is lawful, or nothing that any line can reach."""


class Local(NamedTuple):
    """What states hold: a primitive about neighbouring days, or a hard limit on few tours.

    Attributes:
        primitive: what it says; of a count, the most tours.
        points: of a unit of its excess; None where it is hard.
    """

    primitive: Pair | Run | Count
    points: int | None


class State(NamedTuple):
    """What a line remembers in the morning of a day.

    Attributes:
        worked: whether a tour started on the day before.
        runs: of each selection that runs or tours are limited of.
        blocked: shifts forbidden on this day and the next ones, as bits by class.
        priced: points that shifts cost on this day and the next ones, by class; empty where no
            pair is priced.
    """

    worked: bool
    runs: tuple[RunState, ...]
    blocked: tuple[int, ...]
    priced: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class LineStates:
    """The states that some officers' lines can be in, numbered.

    Attributes:
        kinds: which layer of `after` holds on each day, shape (days,).
        after: state after each choice, shape (kinds, states, classes + 1); the last choice is a
            rest day; FORBIDDEN or UNKNOWN below 0.
        points: what each choice costs in each state, same shape.
        worked: whether the choice before was a tour, shape (states,).
        class_of: class of each shift, shape (shifts,).
        starts: state in which each officer's period begins, by index of officer.
    """

    kinds: Table
    after: npt.NDArray[np.int32]
    points: Table
    worked: npt.NDArray[np.uint8]
    class_of: npt.NDArray[np.int64]
    starts: dict[int, int]


def line_states(
    problem: Problem, said: Sequence[Local], officers: Sequence[int], weekends: bool
) -> LineStates:
    """Number the states of officers of whom the same is said.

    Args:
        problem: the problem.
        said: the primitives about neighbouring days.
        officers: the officers, by index.
        weekends: whether Saturdays and Sundays must be told apart as a weekend.
    """
    return _Builder(problem, said, weekends).build(officers)


class _Builder:
    def __init__(self, problem: Problem, said: Sequence[Local], weekends: bool) -> None:
        self._problem = problem
        self._weekends = weekends
        self._pairs: list[Priced] = []
        by_selection: dict[Of | None, list[tuple[Run, int | None]]] = {}
        for primitive, points in said:
            if isinstance(primitive, Pair):
                self._pairs.append((primitive, points))
            elif isinstance(primitive, Run):
                by_selection.setdefault(primitive.of, []).append((primitive, points))
        self._runs: list[Runs | Counted] = [Runs(of, some) for of, some in by_selection.items()]
        self._runs += [Counted(each) for each, _ in said if isinstance(each, Count)]
        self._next = Neighbours.of(problem, [run.of for run in self._runs], self._pairs)
        self._numbers: dict[State, int] = {}
        self._states: list[State] = []
        self._rows: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def build(self, officers: Sequence[int]) -> LineStates:
        """Walk every line there can be, day by day, and number the states it passes."""
        begins = {index: self._begin(self._problem.officers[index]) for index in officers}
        for state in begins.values():
            self._number(state)
        frontier = frozenset(self._numbers.values())
        seen: dict[tuple[int, frozenset[int]], frozenset[int]] = {}
        for kind in self._next.kinds.tolist():
            if (kind, frontier) not in seen:
                rows = [self._row(kind, number) for number in frontier]
                seen[kind, frontier] = frozenset(
                    after for row in rows for after, _ in row if after != FORBIDDEN
                )
            frontier = seen[kind, frontier]
        shape = (
            int(self._next.kinds.max(initial=0)) + 1,
            len(self._states),
            len(self._next.first) + 1,
        )
        after = np.full(shape, UNKNOWN, dtype=np.int32)
        points: Table = np.zeros(shape, dtype=np.int64)
        for (kind, number), row in self._rows.items():
            after[kind, number] = [then for then, _ in row]
            points[kind, number] = [price for _, price in row]
        worked = np.array([state.worked for state in self._states], dtype=np.uint8)
        starts = {index: self._numbers[state] for index, state in begins.items()}
        return self._merged(after, points, worked, starts)

    def _number(self, state: State) -> int:
        """The number of a state, a new one where it has none."""
        if state not in self._numbers:
            self._numbers[state] = len(self._states)
            self._states.append(state)
        return self._numbers[state]

    def _row(self, kind: int, number: int) -> list[tuple[int, int]]:
        """What each choice makes of a state on a kind of day: the state then, and points."""
        if (kind, number) not in self._rows:
            self._rows[kind, number] = [
                (FORBIDDEN, 0) if state is None else (self._number(state), points)
                for state, points in self._choices(kind, self._states[number])
            ]
        return self._rows[kind, number]

    def _merged(
        self,
        after: npt.NDArray[np.int32],
        points: Table,
        worked: npt.NDArray[np.uint8],
        starts: dict[int, int],
    ) -> LineStates:
        """Let states with the same future be one (Moore's refinement of a partition)."""
        size = after.shape[1]
        flat = after.transpose(1, 0, 2).reshape(size, -1)
        known = np.concatenate(
            [
                points.transpose(1, 0, 2).reshape(size, -1),
                np.minimum(flat, 0),
                worked[:, None] if self._weekends else np.zeros((size, 1)),
            ],
            axis=1,
        )
        part = np.unique(known, axis=0, return_inverse=True)[1].reshape(-1)
        while True:
            futures = np.where(flat >= 0, part[np.maximum(flat, 0)], flat)
            table = np.concatenate([part[:, None], futures], axis=1)
            finer = np.unique(table, axis=0, return_inverse=True)[1].reshape(-1)
            if finer.max() == part.max():
                break
            part = finer
        first = np.unique(part, return_index=True)[1]
        merged = after[:, first]
        merged = np.where(merged >= 0, part[np.maximum(merged, 0)], merged)
        return LineStates(
            kinds=self._next.kinds,
            after=np.ascontiguousarray(merged.astype(np.int32)),
            points=np.ascontiguousarray(points[:, first]),
            worked=worked[first],
            class_of=self._next.class_of,
            starts={index: int(part[number]) for index, number in starts.items()},
        )

    def _begin(self, officer: Officer) -> State:
        """The state in which an officer's period begins."""
        problem = self._problem
        size = len(self._next.first)
        blocked = [0] * self._next.reach
        priced = np.zeros((self._next.reach, size), dtype=np.int64)
        for pair, points in self._pairs:
            for tour in officer.history[-FARTHEST:]:
                if not pair.first.has(tour):
                    continue
                for day in range(min(self._next.reach, problem.days)):
                    for number, shift in enumerate(self._next.first):
                        then = problem.tour(day, shift)
                        missing = tour.end + pair.gap - then.start
                        if missing <= 0 or not pair.then.has(then):
                            continue
                        if points is None:
                            blocked[day] |= 1 << number
                        else:
                            priced[day, number] += -(-missing // pair.unit) * points
        return State(
            worked=any(tour.day == -1 for tour in officer.history),
            runs=tuple(run.before(problem, officer) for run in self._runs),
            blocked=tuple(blocked),
            priced=self._kept(priced.tolist()),
        )

    def _kept(self, rows: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
        return tuple(map(tuple, rows)) if self._next.has_prices else ()

    def _choices(self, kind: int, state: State) -> Iterator[tuple[State | None, int]]:
        """What each class of shift, and then a rest day, makes of a state, and its points."""
        none = (0,) * len(self._next.first)
        later = (*state.blocked[1:], 0)
        dearer = (*state.priced[1:], none) if self._next.has_prices else ()
        for number in range(len(self._next.first)):
            if state.blocked[0] >> number & 1:
                yield None, 0
                continue
            runs, points = self._run_on(state, self._next.inside[kind][number])
            if points is None:
                yield None, 0
                continue
            blocked = tuple(map(int.__or__, later, self._next.blocks[kind][number]))
            priced = dearer
            if self._next.has_prices:
                points += state.priced[0][number]
                own = self._next.prices[kind][number]
                priced = tuple(
                    tuple(map(int.__add__, one, other))
                    for one, other in zip(dearer, own, strict=True)
                )
            yield State(True, runs, blocked, priced), points
        runs, points = self._run_on(state, [run.of is None for run in self._runs])
        yield (None if points is None else State(False, runs, later, dearer)), points or 0

    def _run_on(
        self, state: State, inside: Sequence[bool]
    ) -> tuple[tuple[RunState, ...], int | None]:
        """Every run one day later, and the points of that day; None where it is forbidden."""
        runs = []
        points: int | None = 0
        for run, before, here in zip(self._runs, state.runs, inside, strict=True):
            after, price = run.step(before, here)
            points = None if price is None or points is None else points + price
            runs.append(after)
        return tuple(runs), points
