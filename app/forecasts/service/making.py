"""Forecasts made: read what they need, work without a transaction, keep what it came to."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.demand import service as demand
from app.forecasts import series
from app.forecasts.service.reading import packed_by_name
from app.forecasts.service.scoring import SCORED
from app.forecasts.store import categories as kept_categories
from app.forecasts.store import events as kept_events
from app.forecasts.store import handling, why
from app.forecasts.store import runs as store
from app.forecasts.values import (
    Forecast,
    ForecastEvent,
    Made,
    Packed,
    PackedHandling,
    PackedShares,
    Score,
)
from forecasting.categories import Parts
from forecasting.events import Event

ScoresByQueue = Mapping[UUID, tuple[Score, ...]]


@dataclass(frozen=True, eq=False, slots=True)
class Materials:
    """What a forecast is made from, and past forecasts to hold against what came.

    Attributes:
        asked: the forecast to be made.
        history: counts of the room's queues, with what people decided about them laid over.
        came: counts that no decision touches: what forecasts are held against.
        layers: ids of those decisions.
        events: local events and school holidays as they stand, with their ids.
        queue_ids: by name.
        past: made forecasts that begin before the last count, with what they say of calls and of
            handling times by queue.
        parts: counts by category before the forecast, by queue that has any.
        shown: the name under which each of its categories is shown, None for a hidden one, by
            queue.
    """

    asked: Forecast
    history: series.History
    came: series.History
    layers: tuple[UUID, ...]
    events: tuple[tuple[UUID, Event], ...]
    queue_ids: Mapping[str, UUID]
    past: tuple[tuple[Forecast, Mapping[str, Packed], Mapping[str, PackedHandling]], ...]
    parts: Mapping[str, Parts]
    shown: Mapping[str, Mapping[UUID, str | None]]


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """What a run came to.

    Attributes:
        made: the facts of the forecast.
        values: what it says, by queue.
        scores: of it and of past forecasts, by forecast and queue.
        events: the events that it was made with, and what each did.
        handling: what it says of handling times, by queue that tells them.
        grounds: what it is made of, as it is kept, by queue.
        shares: how its calls divide among categories, by queue that has any.
    """

    made: Made
    values: Mapping[UUID, Packed]
    scores: Mapping[UUID, ScoresByQueue]
    events: tuple[ForecastEvent, ...] = ()
    handling: Mapping[UUID, PackedHandling] = field(default_factory=dict)
    grounds: Mapping[UUID, bytes] = field(default_factory=dict)
    shares: Mapping[UUID, PackedShares] = field(default_factory=dict)


def gather(reading: Reading, room_id: UUID, asked: Forecast) -> Materials:
    """Read all that a run needs, so that it holds no transaction while it works."""
    history = demand.history(reading, room_id, view="believed")
    layers = tuple(each.id for each in demand.layers_in_force(reading, room_id))
    came = demand.history(reading, room_id, view="untouched") if layers else history
    end = series.aware(history.end)
    past = store.begun(reading, room_id, end, SCORED)
    named = tuple((each, *packed_by_name(reading, room_id, each.id)) for each in past)
    ids = {queue.name: queue.id for queue in demand.queues(reading, room_id)}
    events = demand.dated_events(reading, room_id)
    start = series.aware(series.midnight(asked.first_day, asked.zone))
    parts = demand.category_parts(reading, room_id, until=start)
    shown = {queue: demand.shown_names(reading, room_id, ids[queue]) for queue in parts}
    return Materials(asked, history, came, layers, events, ids, named, parts, shown)


def make(materials: Materials, go_on: Callable[[int, str], bool]) -> Result | None:
    """Make the forecast, and hold it and past ones against what came. Takes seconds.

    Args:
        materials: from `gather`.
        go_on: asked before each queue, with how many are done and the name of the next, and once
            more, with "", before forecasts are scored.

    Returns:
        What to keep; None when it was told not to go on.

    Raises:
        forecasting.errors.InputError: when no queue can be forecast, with the first one's reason.
    """
    history, asked = materials.history, materials.asked
    events = tuple(event for _, event in materials.events)
    said = series.forecast_queues(history, asked, go_on, events)
    if said is None or not go_on(len(history), ""):
        return None
    scorer = series.Scorer(materials.came, clock.now())
    told = {asked.id: scorer.scores(said, asked.holidays)}
    for past, packed, times in materials.past:
        told[past.id] = scorer.scores(series.library_forecast(past, packed, times), past.holidays)
    ids = materials.queue_ids
    return Result(
        replace(series.made(history, said, clock.now()), layers=materials.layers),
        {ids[queue]: series.pack(each) for queue, each in said.by_queue.items()},
        {each: {ids[queue]: of for queue, of in by.items()} for each, by in told.items()},
        series.events_of(said, materials.events, ids),
        {ids[queue]: series.pack_handling(each) for queue, each in said.handling.items()},
        {ids[queue]: series.freeze(each) for queue, each in said.grounds.items()},
        dict(_shares(materials, said.by_queue)),
    )


def _shares(
    materials: Materials, forecast_of: Container[str]
) -> Iterator[tuple[UUID, PackedShares]]:
    """How the calls of the queues that are forecast divide, where it was told."""
    for queue, parts in materials.parts.items():
        learned = series.learned_shares(parts, materials.shown[queue], materials.asked)
        if learned is not None and queue in forecast_of:
            yield materials.queue_ids[queue], learned


def keep(transaction: Transaction, room_id: UUID, forecast_id: UUID, result: Result) -> None:
    """Keep what a run came to; of two runs of one job the first is kept."""
    if not store.set_made(transaction, room_id, forecast_id, result.made):
        return
    store.add_values(transaction, forecast_id, result.values)
    handling.add(transaction, forecast_id, result.handling)
    kept_events.add_events(transaction, forecast_id, result.events)
    why.add_grounds(transaction, forecast_id, result.grounds)
    kept_categories.add_shares(transaction, forecast_id, result.shares)
    for scored, by_queue in result.scores.items():
        store.set_scores(transaction, scored, by_queue)
