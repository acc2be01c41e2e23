"""What is hard to believe in counts as JSON, and what is decided about it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.demand import service
from app.web.http.schema import Answer, Strict, When

Kind = Literal["outage", "absent", "spike", "doubled", "copied", "shift", "hours", "clock"]
LayerKind = Literal[Kind, "named"]
Decision = Literal["accept", "correct", "exclude"]
Way = Literal["expected", "halve", "move", "total", "values"]
Calls = Annotated[float, Field(ge=0, le=10_000_000)]
Remedy = Literal["accept", "exclude", "expected", "halve", "move"]


class FindingAnswer(Answer):
    """A stretch of counts that is hard to believe, from `start` until before `end`.

    `words` are the evidence, `remedies` what can be done, the suggested first.
    """

    key: str
    kind: Kind
    start: When
    end: When
    observed: float
    expected: float
    words: str
    remedies: tuple[Remedy, ...]


class DecisionAnswer(Answer):
    """A decision that lies over counts; `way` is how they are corrected, null otherwise.

    `kind` is that of the finding, or `named` where somebody named the stretch.
    """

    id: UUID
    kind: LayerKind
    start: When
    end: When
    words: str
    decision: Decision
    way: Way | None
    reason: str
    by: UUID
    at: When
    undone_at: When | None
    undone_by: UUID | None


class FindingsAnswer(Answer):
    """How far a queue's counts can be believed, as of the last look at them.

    All but the queue is null or empty before the first look, some minutes after counts come.
    `observed` of `open_intervals` were observed and lie in no outage. `decisions` hold, the newest
    first.
    """

    queue_id: UUID
    looked_at: When | None
    open_intervals: int | None
    observed: int | None
    findings: tuple[FindingAnswer, ...]
    decisions: tuple[DecisionAnswer, ...]

    @classmethod
    def of(cls, trust: service.Trust) -> FindingsAnswer:
        """What the last look found, without what is decided."""
        check = trust.check
        return cls(
            queue_id=trust.queue.id,
            looked_at=check.at if check else None,
            open_intervals=check.open_intervals if check else None,
            observed=check.observed if check else None,
            findings=tuple(map(FindingAnswer.model_validate, trust.open_findings)),
            decisions=tuple(map(DecisionAnswer.model_validate, trust.layers)),
        )


class DecisionInput(Strict):
    """What to do about a finding, and why.

    `accept` leaves the counts as they are, `exclude` takes them as not observed, and `correct` puts
    others in their place: what was `expected`, half (`halve`), the counts of the right time
    (`move`), a `total` over the stretch in the proportions expected, or `values`, one for each
    interval with null for not observed. The counts themselves stay.
    """

    finding: Annotated[str, Field(min_length=1, max_length=64)]
    decision: Decision
    reason: Annotated[str, Field(min_length=1, max_length=500)]
    way: Way | None = None
    total: Calls | None = None
    values: Annotated[tuple[Calls | None, ...], Field(max_length=100_000)] | None = None


class StretchInput(Strict):
    """A stretch of counts that cannot be right though no look found it, and what to do about it.

    From `start` until before `end`, both on the queue's intervals. `exclude` takes the counts as
    not observed; `correct` puts what was `expected`, a `total` or `values` in their place, as for a
    finding. The counts themselves stay.
    """

    start: When
    end: When
    decision: Literal["correct", "exclude"]
    reason: Annotated[str, Field(min_length=1, max_length=500)]
    way: Literal["expected", "total", "values"] | None = None
    total: Calls | None = None
    values: Annotated[tuple[Calls | None, ...], Field(max_length=100_000)] | None = None
