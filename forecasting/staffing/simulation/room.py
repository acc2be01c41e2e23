"""A room to be simulated: who calls, who answers, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError, quoted
from forecasting.staffing.callers import CallBack, Redial, Turn

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Medium = Literal["calls", "chats", "backlog"]

MOST_STREAMS = 32
"""Streams of one room, at most."""


@dataclass(frozen=True, eq=False)
class Stream:
    """One kind of caller or piece of work: a queue, or one pot of it.

    Attributes:
        name: its name, which no other stream of the room has.
        queue: the queue to which it belongs; pots of one queue share it.
        calls: mean first arrivals per interval, shape (intervals,), ≥ 0.
        aht_seconds: mean handling time of arrivals of each interval, shape (intervals,), ≥ 0.
        rank: 0 is served first; within a rank who came first.
        within_seconds: what "in time" means, on the room's own clock, ≥ 0.
        patience_seconds: mean time a caller waits before hanging up, exponential, > 0; infinity:
            nobody hangs up.
        variation: coefficient of variation of lognormal handling times; None: exponential.
        redial: who hang up and call again; None: nobody.
        turn: who hang up and turn to another stream, named by `to`; None: nobody.
        call_back: what callers who have to wait are offered; None: nothing.
        medium: calls are interrupted by nothing; chats are held side by side; backlog is put down
            when a call needs the person, and is answered when it is done.
        side_by_side: chats that one person holds at once.
        deadline_seconds: of backlog: due so long after it came; None: `within_seconds`.
        rate_variation: coefficient of variation of the day's level around `calls` (gamma); streams
            of one queue share the level.
        rate_variation_at: the same of each interval's day, shape (intervals,), where days differ;
            None: `rate_variation`.
        within_at: what "in time" means in each interval, shape (intervals,), where it is not the
            same in all; None: `within_seconds`.

    Raises:
        InputError: a number out of its range, or what does not fit the medium.
    """

    name: str
    queue: str
    calls: Floats
    aht_seconds: Floats
    rank: int
    within_seconds: float
    patience_seconds: float = np.inf
    variation: float | None = None
    redial: Redial | None = None
    turn: Turn | None = None
    call_back: CallBack | None = None
    medium: Medium = "calls"
    side_by_side: int = 1
    deadline_seconds: float | None = None
    rate_variation: float = 0.0
    rate_variation_at: Floats | None = None
    within_at: Floats | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "calls", np.asarray(self.calls, np.float64))
        object.__setattr__(self, "aht_seconds", np.asarray(self.aht_seconds, np.float64))
        try:
            self._check()
        except InputError as error:
            raise InputError(f"stream {quoted(self.name)}: {error.message}") from None

    def _check(self) -> None:
        if not _all_from_0(self.calls):
            raise InputError("mean calls per interval must be numbers of 0 or more.")
        if not _all_from_0(self.aht_seconds):
            raise InputError("handling times must be 0 or more seconds.")
        if self.rank < 0:
            raise InputError(f"the rank must be 0 or more, not {self.rank}.")
        if self.within_at is not None and not _all_from_0(self.within_at):
            raise InputError("times to answer in must be 0 or more seconds.")
        if not 0 <= self.within_seconds < np.inf:
            raise InputError(f"the time to answer in must be 0 or more, not {self.within_seconds}.")
        if not self.patience_seconds > 0:
            raise InputError(f"patience must be above 0, not {self.patience_seconds:g}.")
        if self.variation is not None and not 0 < self.variation < 10:
            raise InputError(f"variation must be above 0 and below 10, not {self.variation:g}.")
        levels = self.level_variation
        if not _all_from_0(levels) or np.any(levels >= 10):
            raise InputError(
                f"the variation of the day's level must be 0 or more and below 10, "
                f"not {levels.max():g}."
            )
        self._check_medium()

    def _check_medium(self) -> None:
        if self.medium not in get_args(Medium):
            known = ", ".join(get_args(Medium))
            raise InputError(f"unknown medium {quoted(self.medium)}: use one of {known}.")
        if self.side_by_side < 1:
            raise InputError(f"a person holds 1 chat or more at once, not {self.side_by_side}.")
        if self.medium != "chats" and self.side_by_side != 1:
            raise InputError(f"{self.medium} are not held side by side: only chats are.")
        if self.medium != "calls" and self.call_back is not None:
            raise InputError(f"a call back is offered to callers, not in {self.medium}.")
        if self.medium == "backlog" and self.patience_seconds < np.inf:
            raise InputError("backlog does not hang up: its patience must be infinite.")
        if self.deadline_seconds is not None and not 0 <= self.deadline_seconds < np.inf:
            raise InputError(f"the deadline must be 0 or more, not {self.deadline_seconds:g}.")

    @property
    def level_variation(self) -> Floats:
        """Coefficient of variation of the level of each interval's day, shape (intervals,)."""
        if self.rate_variation_at is not None:
            return np.asarray(self.rate_variation_at, np.float64)
        return np.full(self.calls.size, self.rate_variation)

    @property
    def due_seconds(self) -> Floats:
        """Time within which calls are to be answered, or backlog to be done, per interval."""
        if self.medium == "backlog" and self.deadline_seconds is not None:
            return np.full(self.calls.size, self.deadline_seconds)
        if self.within_at is not None:
            return self.within_at
        return np.full(self.calls.size, self.within_seconds)


@dataclass(frozen=True, eq=False)
class Group:
    """People with the same skills.

    Attributes:
        serves: names of queues; may name queues that the room has not.
        on_duty: people rostered per interval, shape (intervals,), whole numbers ≥ 0.
        away: share of rostered time lost inside the shift (breaks, briefings), ≥ 0 and < 1. In
            each interval whole people are away, so that the mean is this share.
        idle_leave_first: who goes when fewer are on duty. False: anybody, as when shifts end; who
            has a call in hand ends it, beside those on duty. True: the idle, then whoever is free
            next, so that calls in hand count against those on duty: for a staffing curve whose
            fall is nobody's end of shift.

    Raises:
        InputError: a number out of its range.
    """

    serves: frozenset[str]
    on_duty: Ints
    away: float = 0.0
    idle_leave_first: bool = False

    def __post_init__(self) -> None:
        people = np.asarray(self.on_duty)
        if not _all_from_0(people) or np.any(people != np.floor(people)):
            raise InputError("people on duty must be whole numbers of 0 or more.")
        object.__setattr__(self, "on_duty", people.astype(np.int64))
        if not 0 <= self.away < 1:
            raise InputError(f"the share of time away must be 0 to below 1, not {self.away:g}.")


@dataclass(frozen=True, eq=False)
class SimulatedRoom:
    """A room over consecutive intervals.

    Attributes:
        start: UTC instant of the first interval.
        interval_minutes: length of an interval.
        day: local day of each interval, 0 first, never falling, shape (intervals,); a day has one
            level of calls.
        streams: who calls.
        groups: who answers.
        reserve: people idle, or at backlog, who can serve the most urgent queues, those with a
            stream of rank 0, and must remain after a call of another queue is taken; ignored where
            there is no other.
        warm_up: intervals like the first that run before it and are not counted, so that calls are
            in hand when it begins.

    A queue that no group serves is none of an error: its callers wait or hang up.

    Raises:
        InputError: arrays that do not match, a name twice, a turn to no stream, no stream.
    """

    start: np.datetime64
    interval_minutes: int
    day: Ints
    streams: tuple[Stream, ...]
    groups: tuple[Group, ...]
    reserve: int = 1
    warm_up: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "day", np.asarray(self.day, np.int64))
        if self.interval_minutes < 1:
            raise InputError(f"an interval must last some minutes, not {self.interval_minutes}.")
        if self.reserve < 0 or self.warm_up < 0:
            raise InputError("the reserve and the warm-up must be 0 or more.")
        if self.day.ndim != 1 or not self.day.size:
            raise InputError("there must be one interval at least.")
        if self.day[0] != 0 or np.any(np.diff(self.day) < 0):
            raise InputError("days are counted from 0 and follow each other.")
        if not 1 <= len(self.streams) <= MOST_STREAMS:
            raise InputError(f"a room has 1 to {MOST_STREAMS} streams, not {len(self.streams)}.")
        self._check_names()
        for values in self._arrays():
            if values.shape != self.day.shape:
                raise InputError(
                    f"calls, handling times and people on duty must be given for all "
                    f"{self.day.size} intervals, not for {values.size}."
                )

    def _check_names(self) -> None:
        names = [stream.name for stream in self.streams]
        twice = [name for place, name in enumerate(names) if name in names[:place]]
        if twice:
            raise InputError(f"stream {quoted(twice[0])} is given twice.")
        for stream in self.streams:
            if stream.turn is not None and stream.turn.to not in names:
                raise InputError(
                    f"stream {quoted(stream.name)}: callers cannot turn to "
                    f"{quoted(stream.turn.to)}, which the room does not have."
                )

    def _arrays(self) -> Iterable[npt.NDArray[np.number]]:
        for stream in self.streams:
            yield stream.calls
            yield stream.aht_seconds
            yield stream.due_seconds
            yield stream.level_variation
        for group in self.groups:
            yield group.on_duty

    @property
    def queues(self) -> tuple[str, ...]:
        """Names of the queues, in order of their first stream."""
        return tuple(dict.fromkeys(stream.queue for stream in self.streams))

    @property
    def starts(self) -> npt.NDArray[np.datetime64]:
        """UTC instants at which the intervals begin, shape (intervals,)."""
        step = np.timedelta64(self.interval_minutes, "m")
        return np.asarray(self.start + step * np.arange(self.day.size))

    @property
    def urgent_queues(self) -> frozenset[str]:
        """Queues with a stream of the first rank."""
        first = min(stream.rank for stream in self.streams)
        return frozenset(stream.queue for stream in self.streams if stream.rank == first)

    def streams_of(self, queue: str) -> list[int]:
        """Places of a queue's streams.

        Raises:
            InputError: no such queue.
        """
        places = [place for place, stream in enumerate(self.streams) if stream.queue == queue]
        if not places:
            raise InputError(f"the room has no queue {quoted(queue)}.")
        return places


def _all_from_0(values: npt.NDArray[np.number]) -> bool:
    return bool(np.all((values >= 0) & np.isfinite(values)))
