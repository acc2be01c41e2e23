"""What is otherwise in a scenario: a small closed set of changes, as plain data.

Each change holds at all times or in a stretch of them. It says what it is by its `kind`, by which
it is kept and comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, ClassVar, TypeAlias

import numpy as np
import numpy.typing as npt

from forecasting.staffing.callers import CallBack
from forecasting.staffing.windows import DAY, Window

Days = npt.NDArray[np.datetime64]
Ints = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]


ALL_HOURS = Window()


@dataclass(frozen=True, slots=True)
class When:
    """When a change holds: hours of some days of the local week, between two dates.

    Attributes:
        window: the hours, and the weekdays on which they begin.
        first_day: the first local day on which they begin; None: from the first one on.
        last_day: the last one; None: until the last.
    """

    window: Window = ALL_HOURS
    first_day: date | None = None
    last_day: date | None = None

    @property
    def is_always(self) -> bool:
        """Whether it holds at all times."""
        return self == When(ALL_HOURS)

    def holds(self, days: Days, minutes: Ints) -> Flags:
        """Where it holds.

        Args:
            days: local date of each instant, `datetime64[D]`.
            minutes: local minutes after midnight of each instant, of that shape.
        """
        today = self._begins(days) & (minutes >= self.window.start) & (minutes < self.window.end)
        yesterday = self._begins(days - 1) & (minutes + DAY < self.window.end)
        held: Flags = today | yesterday
        return held

    def _begins(self, days: Days) -> Flags:
        """Whether the hours begin on a local day; 1970-01-01 was a Thursday."""
        weekday = (days.astype(np.int64) + 3) % 7
        begins: Flags = np.isin(weekday, list(self.window.days))
        if self.first_day is not None:
            begins &= days >= np.datetime64(self.first_day)
        if self.last_day is not None:
            begins &= days <= np.datetime64(self.last_day)
        return begins


ALWAYS = When()


@dataclass(frozen=True, slots=True)
class CallsChange:
    """More or fewer calls.

    Attributes:
        factor: of the calls forecast, 0 or more; 1.1 is a tenth more.
        queue: of that queue; None: of every queue.
        when: at which times the calls come.
    """

    kind: ClassVar[str] = "calls"
    factor: float
    queue: str | None = None
    when: When = ALWAYS


@dataclass(frozen=True, slots=True)
class HandlingChange:
    """Calls that take longer or shorter: AHT × factor + seconds.

    Attributes:
        seconds: added to the AHT; below 0 it is shorter.
        factor: of the AHT before, above 0.
        queue: of that queue; None: of every queue.
        when: at which times the calls come.
    """

    kind: ClassVar[str] = "handling"
    seconds: float = 0.0
    factor: float = 1.0
    queue: str | None = None
    when: When = ALWAYS


@dataclass(frozen=True, slots=True)
class PeopleChange:
    """People absent or added.

    Attributes:
        people: how many more are on duty; below 0 so many are absent.
        skills: codes of the skills that those added hold; whoever holds one of them may be absent.
            Empty: every skill that a queue asks for; anybody may be absent.
        when: at which times.
    """

    kind: ClassVar[str] = "people"
    people: int
    skills: tuple[str, ...] = ()
    when: When = ALWAYS


@dataclass(frozen=True, slots=True)
class CallBackChange:
    """Call-backs offered to a queue's callers, or no longer.

    Attributes:
        queue: whose callers.
        terms: how they are offered; None: not at all.
    """

    kind: ClassVar[str] = "call_backs"
    queue: str
    terms: CallBack | None


@dataclass(frozen=True, slots=True)
class ReserveChange:
    """More or fewer people kept idle for the most urgent queue; never fewer than none."""

    kind: ClassVar[str] = "reserve"
    people: int


@dataclass(frozen=True, slots=True)
class PatienceChange:
    """Callers who wait longer or shorter before they hang up; None: they never do."""

    kind: ClassVar[str] = "patience"
    queue: str
    seconds: float | None


@dataclass(frozen=True, slots=True)
class TargetChange:
    """Another service goal at all hours: a share of calls answered within some seconds."""

    kind: ClassVar[str] = "target"
    queue: str
    share: float
    within_seconds: float


Change: TypeAlias = (
    CallsChange
    | HandlingChange
    | PeopleChange
    | CallBackChange
    | ReserveChange
    | PatienceChange
    | TargetChange
)

KINDS: Mapping[str, type[Change]] = {
    kind.kind: kind
    for kind in (
        CallsChange,
        HandlingChange,
        PeopleChange,
        CallBackChange,
        ReserveChange,
        PatienceChange,
        TargetChange,
    )
}
"""Every kind of change by its name."""


def document(change: Change) -> dict[str, Any]:
    """A change as plain JSON."""
    said = {"kind": change.kind, **asdict(change)}
    when = getattr(change, "when", None)
    if when is not None:
        said["when"] = {
            "days": sorted(when.window.days),
            "start": when.window.start,
            "end": when.window.end,
            "first_day": when.first_day and when.first_day.isoformat(),
            "last_day": when.last_day and when.last_day.isoformat(),
        }
    return said


def of_document(said: Mapping[str, Any]) -> Change:
    """What `document` gave."""
    kind = KINDS[said["kind"]]
    values = {field.name: said[field.name] for field in fields(kind)}
    if values.get("terms") is not None:
        values["terms"] = CallBack(**values["terms"])
    if "when" in values:
        values["when"] = _when(values["when"])
    if "skills" in values:
        values["skills"] = tuple(values["skills"])
    return kind(**values)


def _when(said: Mapping[str, Any]) -> When:
    window = Window(said["start"], said["end"], frozenset(said["days"]))
    first, last = (
        date.fromisoformat(said[name]) if said[name] else None for name in ("first_day", "last_day")
    )
    return When(window, first, last)
