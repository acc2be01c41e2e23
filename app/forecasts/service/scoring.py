"""How good past forecasts were, held against what came."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from app import clock
from app.db.transaction import Reading
from app.forecasts.service.reading import forecast, queue_names
from app.forecasts.store import runs as store
from app.forecasts.values import (
    Accuracy,
    Score,
)

SCORED = 12
"""Past forecasts that each new one holds against what came: a quarter of a year of one a week, in
some seconds."""


def scores(reading: Reading, room_id: UUID, forecast_id: UUID) -> dict[str, tuple[Score, ...]]:
    """How good a forecast was, by queue, its near days first; empty until counts have come.

    Raises:
        NotFound: when there is no such forecast in the room.
    """
    forecast(reading, room_id, forecast_id)
    return scores_of(reading, room_id, [forecast_id]).get(forecast_id, {})


def scores_of(
    reading: Reading, room_id: UUID, forecast_ids: list[UUID]
) -> dict[UUID, dict[str, tuple[Score, ...]]]:
    """Scores by forecast and name of queue, of those that have any, in one query."""
    names = queue_names(reading, room_id)
    found: dict[UUID, dict[str, tuple[Score, ...]]] = {}
    for (forecast_id, queue_id), told in store.scores(reading, room_id, forecast_ids).items():
        found.setdefault(forecast_id, {})[names[queue_id]] = told
    return {each: dict(sorted(by_queue.items())) for each, by_queue in found.items()}


def accuracy(
    reading: Reading, room_id: UUID, limit: int = SCORED
) -> dict[str, tuple[Accuracy | None, Accuracy | None]]:
    """How good the newest made forecasts were, by queue: over their near and their later days."""
    recent = store.begun(reading, room_id, clock.now(), limit)
    told = scores_of(reading, room_id, [each.id for each in recent])
    by_queue: dict[str, list[Score]] = {}
    for scores in told.values():
        for queue, some in scores.items():
            by_queue.setdefault(queue, []).extend(some)
    return {
        queue: (
            _together([each for each in some if each.from_day == 1]),
            _together([each for each in some if each.from_day > 1]),
        )
        for queue, some in sorted(by_queue.items())
    }


def _together(scores: Sequence[Score]) -> Accuracy | None:
    """Several scores as one, errors by calls and shares by intervals; None for none."""
    if not scores:
        return None
    calls = sum(each.calls for each in scores)
    intervals = sum(each.intervals for each in scores)

    def error(name: str, weights: str = "calls") -> float | None:
        weighed = ((getattr(each, name), getattr(each, weights)) for each in scores)
        known = [(value, weight) for value, weight in weighed if weight]
        if not known or any(value is None for value, _ in known):
            return None
        return float(sum(v * weight for v, weight in known) / sum(weight for _, weight in known))

    return Accuracy(
        forecasts=len(scores),
        calls=calls,
        wape=error("wape"),
        chance_wape=error("chance_wape"),
        simple_wape=error("simple_wape"),
        within_80=sum(each.within_80 * each.intervals for each in scores) / intervals,
        within_95=sum(each.within_95 * each.intervals for each in scores) / intervals,
        handling_wape=error("handling_wape", "handled_calls"),
        simple_handling_wape=error("simple_handling_wape", "handled_calls"),
    )
