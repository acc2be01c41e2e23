"""Forecasts: asked for, made by a job, read, and held against what came.

Every verb takes the transaction of its caller and never commits. The work between the two
transactions of a job, `make`, takes none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.demand import service as demand
from app.errors import Conflict, NotFound
from app.forecasts import checks, series
from app.forecasts.store import runs as store
from app.forecasts.values import (
    DEFAULT_MODEL,
    NO_HOLIDAYS,
    Accuracy,
    Forecast,
    ForecastValues,
    Made,
    Packed,
    QueueValues,
    Score,
    Wanted,
)
from app.jobs import service as jobs
from app.people import service as people
from app.web.words import day_words

__all__ = [
    "DEFAULT_MODEL",
    "KIND",
    "MODELS",
    "NO_HOLIDAYS",
    "Accuracy",
    "Forecast",
    "ForecastValues",
    "Made",
    "Materials",
    "QueueValues",
    "Result",
    "Score",
    "Wanted",
    "accuracy",
    "ask",
    "csv_text",
    "default_holidays",
    "forecast",
    "forecasts",
    "gather",
    "holidays_within",
    "job_states",
    "keep",
    "likely",
    "make",
    "newest",
    "of_job",
    "public_holidays",
    "scores",
    "scores_of",
    "values",
]

KIND = "forecast"
"""The kind of the job that makes a forecast."""

MODELS = checks.MODEL_TITLES
"""Title of every forecast model by name."""

SCORED = 12
"""Past forecasts that each new one holds against what came: a quarter of a year of one a week, in
some seconds."""

ScoresByQueue = Mapping[UUID, tuple[Score, ...]]


def ask(
    transaction: Transaction, room_id: UUID, asked_by: UUID, wanted: Wanted
) -> tuple[Forecast, jobs.Job]:
    """Ask for a forecast of every queue of a room; a job will make it.

    The first day may lie in the past: then only counts from before it are learned from, and the
    forecast is held against what came.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: naming every field that cannot be used, also when no counts lead there.
        Conflict: when the room has no counts.
    """
    room = people.room(transaction, room_id)
    checks.refuse_unusable(wanted, room.zone)
    firsts = [each.first for each in demand.observed(transaction, room_id)]
    first_count = series.local_day(min(firsts), room.zone) if firsts else None
    checks.refuse_short(first_count, wanted)
    usual, assumed = default_holidays(transaction, room_id)
    given = wanted.holidays
    forecast_id = new_id()
    job = jobs.ask(
        transaction,
        kind=KIND,
        room_id=room_id,
        asked_by=asked_by,
        arguments={"forecast_id": str(forecast_id)},
    )
    asked = Forecast(
        id=forecast_id,
        room_id=room_id,
        job_id=job.id,
        asked_by=asked_by,
        asked_at=clock.now(),
        first_day=wanted.first_day,
        until_day=wanted.first_day + timedelta(days=wanted.days),
        model=checks.model_of(wanted),
        holidays=usual if given is None else None if given == NO_HOLIDAYS else given,
        holidays_assumed=given is None and assumed,
        zone=room.zone,
    )
    store.add(transaction, asked)
    return asked, job


def default_holidays(reading: Reading, room_id: UUID) -> tuple[str | None, bool]:
    """The holidays that a forecast takes into account unless it is told others.

    Returns:
        The code (None for none) of the room's last forecast, at first that of its time zone; and
        whether it was never given, only assumed.
    """
    last = next(iter(store.room_forecasts(reading, room_id, None, 1)), None)
    if last is not None:
        return last.holidays, last.holidays_assumed
    return demand.ZONE_HOLIDAYS.get(people.room(reading, room_id).zone), True


def public_holidays(
    reading: Reading, room_id: UUID, first_day: date, last_day: date
) -> Mapping[date, str]:
    """Names of the public holidays of a room's nation, from a day to another, both included.

    The nation is that of the room's last forecast, or of its time zone where that names none.
    """
    zone = people.room(reading, room_id).zone
    code = default_holidays(reading, room_id)[0] or demand.ZONE_HOLIDAYS.get(zone)
    return series.holidays(zone, code, first_day, last_day)


def holidays_within(known: Forecast | None, first_day: date, last_day: date) -> tuple[str, ...]:
    """The public holidays that a forecast takes into account, in words, such as on the pages."""
    if known is None:
        return ()
    named = series.holidays(known.zone, known.holidays, first_day, last_day)
    return tuple(f"{day_words(day)} ({name})" for day, name in named.items())


def forecast(reading: Reading, room_id: UUID, forecast_id: UUID) -> Forecast:
    """A forecast of a room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    return _there(store.forecast(reading, room_id, forecast_id))


def of_job(reading: Reading, room_id: UUID, job_id: UUID) -> Forecast:
    """The forecast that a job makes; errors as for a forecast."""
    return _there(store.of_job(reading, room_id, job_id))


def forecasts(
    reading: Reading, room_id: UUID, before: UUID | None = None, limit: int = 20
) -> tuple[Forecast, ...]:
    """Forecasts of a room, the newest first; `before` goes on after the last id of a page."""
    return store.room_forecasts(reading, room_id, before, limit)


def job_states(
    reading: Reading, room_id: UUID, asked: Sequence[Forecast]
) -> dict[UUID, jobs.State]:
    """The state of each forecast's job by forecast; of a made one it is done."""
    return {
        each.id: "done" if each.made else jobs.job(reading, room_id, each.job_id).state
        for each in asked
    }


def newest(reading: Reading, room_id: UUID, first_day: date | None = None) -> Forecast | None:
    """The newest forecast that is made, of those that hold a local day if one is given."""
    return store.newest_made(reading, room_id, first_day)


def likely(reading: Reading, room_id: UUID, today: date) -> Forecast | None:
    """The forecast most likely meant: the newest of today or a week from now, else of any days."""
    for day in (today, today + timedelta(days=7), None):
        found = newest(reading, room_id, day)
        if found is not None:
            return found
    return None


def values(reading: Reading, room_id: UUID, forecast_id: UUID) -> ForecastValues:
    """What a forecast says of each queue.

    Raises:
        NotFound: when there is no such forecast in the room.
        Conflict: when it is not made yet.
    """
    return series.values_of(*_made(reading, room_id, forecast_id))


def csv_text(reading: Reading, room_id: UUID, forecast_id: UUID) -> str:
    """What a forecast says, as the file that `parade forecast` writes; errors as for `values`."""
    return series.library_forecast(*_made(reading, room_id, forecast_id)).to_csv()


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
    names = _names(reading, room_id)
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

    def error(name: str) -> float | None:
        known = [(getattr(each, name), each.calls) for each in scores if each.calls]
        if not calls or any(value is None for value, _ in known):
            return None
        return float(sum(value * weight for value, weight in known) / calls)

    return Accuracy(
        forecasts=len(scores),
        calls=calls,
        wape=error("wape"),
        chance_wape=error("chance_wape"),
        simple_wape=error("simple_wape"),
        within_80=sum(each.within_80 * each.intervals for each in scores) / intervals,
        within_95=sum(each.within_95 * each.intervals for each in scores) / intervals,
    )


@dataclass(frozen=True, eq=False, slots=True)
class Materials:
    """What a forecast is made from, and past forecasts to hold against what came.

    Attributes:
        asked: the forecast to be made.
        history: counts of the room's queues, with what people decided about them laid over.
        came: counts that no decision touches: what forecasts are held against.
        layers: ids of those decisions.
        queue_ids: by name.
        past: made forecasts that begin before the last count, with what they say by queue.
    """

    asked: Forecast
    history: series.History
    came: series.History
    layers: tuple[UUID, ...]
    queue_ids: Mapping[str, UUID]
    past: tuple[tuple[Forecast, Mapping[str, Packed]], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """What a run came to.

    Attributes:
        made: the facts of the forecast.
        values: what it says, by queue.
        scores: of it and of past forecasts, by forecast and queue.
    """

    made: Made
    values: Mapping[UUID, Packed]
    scores: Mapping[UUID, ScoresByQueue]


def gather(reading: Reading, room_id: UUID, asked: Forecast) -> Materials:
    """Read all that a run needs, so that it holds no transaction while it works."""
    history = demand.history(reading, room_id, view="believed")
    layers = tuple(each.id for each in demand.layers_in_force(reading, room_id))
    came = demand.history(reading, room_id, view="untouched") if layers else history
    end = series.aware(history.end)
    past = store.begun(reading, room_id, end, SCORED)
    named = tuple((each, _by_name(reading, room_id, each.id)) for each in past)
    ids = {queue.name: queue.id for queue in demand.queues(reading, room_id)}
    return Materials(asked, history, came, layers, ids, named)


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
    said = series.forecast_queues(history, asked, go_on)
    if said is None or not go_on(len(history), ""):
        return None
    scorer = series.Scorer(materials.came, clock.now())
    told = {asked.id: scorer.scores(said, asked.holidays)}
    for past, packed in materials.past:
        told[past.id] = scorer.scores(series.library_forecast(past, packed), past.holidays)
    ids = materials.queue_ids
    return Result(
        replace(series.made(history, said, clock.now()), layers=materials.layers),
        {ids[queue]: series.pack(each) for queue, each in said.by_queue.items()},
        {each: {ids[queue]: of for queue, of in by.items()} for each, by in told.items()},
    )


def keep(transaction: Transaction, room_id: UUID, forecast_id: UUID, result: Result) -> None:
    """Keep what a run came to; of two runs of one job the first is kept."""
    if not store.set_made(transaction, room_id, forecast_id, result.made):
        return
    store.add_values(transaction, forecast_id, result.values)
    for scored, by_queue in result.scores.items():
        store.set_scores(transaction, scored, by_queue)


def _there(found: Forecast | None) -> Forecast:
    if found is None:
        raise NotFound("There is no such forecast in this control room.")
    return found


def _made(
    reading: Reading, room_id: UUID, forecast_id: UUID
) -> tuple[Forecast, Mapping[str, Packed]]:
    found = forecast(reading, room_id, forecast_id)
    if found.made is None:
        raise Conflict("This forecast is not made yet: follow its job.")
    return found, _by_name(reading, room_id, forecast_id)


def _by_name(reading: Reading, room_id: UUID, forecast_id: UUID) -> dict[str, Packed]:
    names = _names(reading, room_id)
    return {names[each]: kept for each, kept in store.values(reading, room_id, forecast_id).items()}


def _names(reading: Reading, room_id: UUID) -> dict[UUID, str]:
    return {queue.id: queue.name for queue in demand.queues(reading, room_id)}
