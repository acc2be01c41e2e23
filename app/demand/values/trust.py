"""What is found in counts that is hard to believe, and what people decide about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from app.demand.values.counts import FloatArray, Queue
from forecasting.cleaning.finding import Kind, Remedy

Decision: TypeAlias = Literal["accept", "correct", "exclude"]
"""Leave the counts as they are; put others in their place; take them as not observed."""

Way: TypeAlias = Literal["expected", "halve", "move", "total", "values"]
"""How counts are corrected: to what was expected, to half, to another time, to a total or to the
counts of each interval that are told."""

LayerKind: TypeAlias = Literal[Kind, "named"]
"""What a decision is about: a finding of that kind, or a stretch that somebody named."""

View: TypeAlias = Literal["counted", "believed", "untouched"]
"""Counts as they came; with every decision laid over them; only those that no decision touches."""


@dataclass(frozen=True, slots=True)
class Around:
    """What was counted and expected around a finding, for a chart.

    Attributes:
        start: minutes since 1970 UTC.
        step: minutes that a point stands for.
        counted: calls, None where nothing was observed.
        expected: calls.
    """

    start: int
    step: int
    counted: tuple[float | None, ...]
    expected: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of counts of a queue that is hard to believe.

    Attributes:
        key: names it among the findings of its queue; the same finding later has the same key.
        start: beginning of its first interval.
        end: end of its last.
        observed: calls counted in it.
        expected: calls expected in it.
        words: the evidence in a sentence.
        remedies: what can be done, the suggested first.
        around: what a chart of it shows.
        moved: minutes by which a clock was late (+) or early (−).
    """

    key: str
    kind: Kind
    start: datetime
    end: datetime
    observed: float
    expected: float
    words: str
    remedies: tuple[Remedy, ...]
    around: Around
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a queue's counts that somebody names, whether it was found or not.

    Attributes:
        start: beginning of its first interval.
        end: end of its last.
        words: what was counted there, once it is known; "" before.
    """

    start: datetime
    end: datetime
    words: str = ""
    kind: Literal["named"] = "named"
    remedies: tuple[Remedy, ...] = ("exclude", "expected")
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """What the last look at a queue's counts came to.

    Attributes:
        at: when it was.
        batch: number of the newest batch that it saw.
        open_intervals: intervals in which the queue is open.
        observed: those of them that were observed and lie in no outage.
        first: beginning of the first interval.
        end: end of the last.
        findings: in order of time.
    """

    queue_id: UUID
    at: datetime
    batch: int
    open_intervals: int
    observed: int
    first: datetime
    end: datetime
    findings: tuple[Found, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Layer:
    """A decision about a stretch of counts; it lies over them and never changes them.

    Attributes:
        words: the evidence, as it was told when it was decided.
        way: how the counts are corrected; None for other decisions.
        reason: why, in the person's words.
        by: who decided.
        offered: what stands in place of the counts, NaN for not observed; None unless corrected.
        undone_at: None while it holds.
    """

    id: UUID
    queue_id: UUID
    kind: LayerKind
    start: datetime
    end: datetime
    words: str
    decision: Decision
    way: Way | None
    reason: str
    by: UUID
    at: datetime
    offered: FloatArray | None = None
    undone_at: datetime | None = None
    undone_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decides about a finding or a stretch of their own.

    Attributes:
        about: key of the finding, or the stretch.
        way: how the counts are corrected; None for other decisions.
        total: calls of the whole stretch, for the way `total`.
        values: calls of each interval of it, None for not observed, for the way `values`.
        reason: why.
    """

    about: str | Stretch
    decision: Decision
    reason: str
    way: Way | None = None
    total: float | None = None
    values: tuple[float | None, ...] | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Trust:
    """How far a queue's counts can be believed, and what to look at.

    Attributes:
        check: None before the first look.
        open_findings: nobody has decided about them yet; in order of time.
        layers: decisions that hold, the newest first.
        undone: decisions that were taken back, the newest first.
    """

    queue: Queue
    check: Check | None
    open_findings: tuple[Found, ...]
    layers: tuple[Layer, ...]
    undone: tuple[Layer, ...]
