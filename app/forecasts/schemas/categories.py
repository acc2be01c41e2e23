"""Forecasts of categories of calls as JSON."""

from __future__ import annotations

from app.forecasts import service
from app.forecasts.schemas.runs import call_levels
from app.web.http.schema import Answer, When


class CategoryCalls(Answer):
    """Calls expected in a category, a value for each interval; null is calls of no category.

    The means of a queue's categories add up to its own in every interval. Quantiles do not: of
    parts that vary apart, the whole varies less.
    """

    category: str | None
    mean: list[float]
    q05: list[int]
    q10: list[int]
    q25: list[int]
    q50: list[int]
    q75: list[int]
    q90: list[int]
    q95: list[int]


class QueueCategories(Answer):
    """The categories of a queue, those of no category last."""

    queue: str
    categories: tuple[CategoryCalls, ...]


class ForecastCategories(Answer):
    """What a forecast says of categories: intervals follow one another from `start` on.

    Only of queues whose counts before the forecast were told by category.
    """

    start: When
    interval_minutes: int
    intervals: int
    queues: tuple[QueueCategories, ...]

    @classmethod
    def of(cls, said: service.CategoryValues) -> ForecastCategories:
        """What a forecast says of categories."""
        return cls(
            start=said.start,
            interval_minutes=said.interval_minutes,
            intervals=len(said.starts),
            queues=tuple(_queue(said, queue) for queue in said.by_queue),
        )


def _queue(said: service.CategoryValues, queue: str) -> QueueCategories:
    parts = said.by_queue[queue]
    means = service.added_means(parts, said.wholes[queue])
    told = (
        CategoryCalls(
            category=name or None, mean=list(map(float, means[name])), **call_levels(part)
        )
        for name, part in parts.items()
    )
    return QueueCategories(queue=queue, categories=tuple(told))
