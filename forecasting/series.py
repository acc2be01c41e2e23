"""Counts of one queue on a regular grid of UTC intervals, and of several queues together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]
Instants: TypeAlias = npt.NDArray[np.datetime64]

INTERVAL_LENGTHS = (15, 30, 60)
"""Lengths of an interval, in minutes, that a series may have."""


@dataclass(frozen=True, eq=False)
class Series:
    """Calls offered to one queue, interval by interval.

    Attributes:
        queue: Name of the queue.
        start: First interval's beginning, UTC, `datetime64[m]`.
        interval_minutes: Length of an interval in minutes: 15, 30 or 60.
        offered: Calls offered per interval, shape (n,); NaN where nothing was observed.
        handled_seconds: Total handling time of the interval's calls in seconds, shape (n,),
            NaN where not observed; None when the source has none.
        answered: Calls answered per interval, shape (n,), NaN where not observed; None when the
            source has none.

    Raises:
        InputError: On another interval length, an empty or misshapen array, or a negative or
            infinite count.
    """

    queue: str
    start: np.datetime64
    interval_minutes: int
    offered: FloatArray
    handled_seconds: FloatArray | None = None
    answered: FloatArray | None = None

    def __post_init__(self) -> None:
        if self.interval_minutes not in INTERVAL_LENGTHS:
            raise InputError(
                f"Queue {self.queue}: intervals of {self.interval_minutes} minutes cannot be used; "
                "use 15, 30 or 60."
            )
        object.__setattr__(self, "start", self.start.astype("datetime64[m]"))
        object.__setattr__(self, "offered", _checked(self.queue, "offered", self.offered))
        for name in ("handled_seconds", "answered"):
            values = getattr(self, name)
            if values is not None:
                values = _checked(self.queue, name, values)
                if values.shape != self.offered.shape:
                    raise InputError(f"Queue {self.queue}: offered and {name} differ in length.")
                object.__setattr__(self, name, values)

    def __len__(self) -> int:
        return len(self.offered)

    @property
    def step(self) -> np.timedelta64:
        """Length of an interval."""
        return np.timedelta64(self.interval_minutes, "m")

    @property
    def end(self) -> np.datetime64:
        """The instant at which the last interval ends."""
        return self.start + len(self.offered) * self.step

    @property
    def observed(self) -> npt.NDArray[np.bool_]:
        """True where a count was observed, shape (n,)."""
        return ~np.isnan(self.offered)

    @property
    def handled_calls(self) -> FloatArray:
        """Calls that were handled: those answered, where nobody told these all that were offered.

        Shape (n,), NaN where nothing was observed.
        """
        if self.answered is None:
            return self.offered
        return np.where(np.isnan(self.answered), self.offered, self.answered)

    @property
    def times(self) -> Instants:
        """Beginning of each interval, UTC, shape (n,)."""
        return self.start + np.arange(len(self.offered)) * self.step

    def between(self, start: np.datetime64, end: np.datetime64) -> Series | None:
        """The part whose intervals lie wholly within `start` to `end`, without unobserved edges.

        Returns None when nothing was observed there.
        """
        first = max(0, -int((self.start - start) // self.step))
        last = min(len(self), max(0, int((end - self.start) // self.step)))
        seen = first + np.flatnonzero(self.observed[first:last])
        if not seen.size:
            return None
        part = slice(int(seen[0]), int(seen[-1]) + 1)
        seconds, answered = self.handled_seconds, self.answered
        return Series(
            self.queue,
            self.start + part.start * self.step,
            self.interval_minutes,
            self.offered[part],
            None if seconds is None else seconds[part],
            None if answered is None else answered[part],
        )

    def before(self, instant: np.datetime64) -> Series | None:
        """The part that had ended by `instant`, or None when nothing was observed by then."""
        return self.between(self.start, instant)


@dataclass(frozen=True, eq=False)
class History(Mapping[str, Series]):
    """The series of several queues by name, in order of name, all of one interval length.

    Raises:
        InputError: When it is empty, a series stands under another name than its own, or the
            series differ in interval length.
    """

    by_queue: Mapping[str, Series]

    def __post_init__(self) -> None:
        if not self.by_queue:
            raise InputError("The history holds no queue.")
        for name, series in self.by_queue.items():
            if name != series.queue:
                raise InputError(f"Queue {series.queue} stands under the name {name}.")
        if len({series.interval_minutes for series in self.by_queue.values()}) > 1:
            raise InputError("The queues differ in interval length; bring them to one length.")
        object.__setattr__(self, "by_queue", dict(sorted(self.by_queue.items())))

    def __getitem__(self, queue: str) -> Series:
        return self.by_queue[queue]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_queue)

    def __len__(self) -> int:
        return len(self.by_queue)

    @property
    def interval_minutes(self) -> int:
        """Length of an interval in minutes, the same for every queue."""
        return next(iter(self.by_queue.values())).interval_minutes

    @property
    def start(self) -> np.datetime64:
        """Beginning of the first interval of any queue, UTC."""
        return min(series.start for series in self.by_queue.values())

    @property
    def end(self) -> np.datetime64:
        """End of the last interval of any queue, UTC."""
        return max(series.end for series in self.by_queue.values())


def _checked(queue: str, name: str, values: FloatArray) -> FloatArray:
    """A read-only float copy of `values`, once they are seen to be counts or NaN."""
    array = np.array(values, dtype=np.float64)
    if array.ndim != 1 or not array.size:
        raise InputError(f"Queue {queue}: {name} must be one row of at least one value.")
    if np.any(array < 0) or np.any(np.isinf(array)):
        raise InputError(f"Queue {queue}: {name} holds a negative or infinite value.")
    array.setflags(write=False)
    return array
