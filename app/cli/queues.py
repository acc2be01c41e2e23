"""The queues file: what each queue asks of its staff, as TOML, one table for each queue.

    ["999"]
    aht_seconds = 300          # forecast from the history, where it has handling times
    aht_by_hour = true         # by the hour of the week where the history shows that hours differ
    patience_seconds = 120     # inf: nobody hangs up
    share = 0.9                # the goal: 90 % …
    within_seconds = 10        # … within 10 s …
    definition = "answered_in_time_of_offered"
    skill = "999"              # what an officer must hold to serve the queue
    late_call_points = 100     # what a call late or lost weighs; a wish weighs up to 10
    minimum = 2                # fewest people rostered, day and night
    shrinkage = [{ name = "breaks", share = 0.09, in_shift = true }]
    redial = { share = 0.5, after_seconds = 300 }      # of those who hang up
    turn = { to = "999", share = 0.02 }                # of those who do not call again
    goals_at = [{ window = { start = "22:00", end = "06:00" }, most_occupancy = 0.6 }]
    transfer_seconds = 4       # what passes at the operator …
    clock = "published"        # … and is in within_seconds

Every key is optional; they are the fields of `QueueTerms`. What is neither given nor in the data
is assumed, and said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np

from app.cli.inputs import placed
from app.web.words import listed
from forecasting.calendar import LocalTime
from forecasting.errors import InputError
from forecasting.forecast import Forecast
from forecasting.handling_time import HandlingTimes
from forecasting.series import History, Series
from forecasting.staffing.handling import LEAST_SPREAD, Handling, handling
from forecasting.staffing.poisson import Floats
from forecasting.staffing.terms import MOST_RATE_VARIATION, QueueTerms, terms_from
from forecasting.staffing.uncertainty import together
from rostering.files.node import quoted, read_toml

AHT_DAYS = 56
"""Days of history from which a handling time is taken."""


@dataclass(frozen=True)
class Queue:
    """A queue's terms, and which of them were assumed.

    Attributes:
        terms: what the queue asks.
        assumed: names of the terms that were assumed.
        handling: handling times from the history; None where they are given or assumed.
        is_by_hour: whether handling times are those of each hour, not their mean.
        forecast: handling times of the days ahead; None where they are given or too few are known.
    """

    terms: QueueTerms
    assumed: frozenset[str]
    handling: Handling | None
    is_by_hour: bool = True
    forecast: HandlingTimes | None = None

    def aht_at(self, at: LocalTime) -> Floats | None:
        """Handling seconds of each interval of the days ahead; None where the terms' hold."""
        if self.forecast is not None:
            return self.forecast.mean if self.is_by_hour else None
        return None if self.handling is None else self.handling.at(at)


def with_forecast(queues: Iterable[Queue], said: Forecast) -> tuple[Queue, ...]:
    """The queues with the handling times that a forecast says, where none are given.

    An uncertain level of calls then holds that of handling times as well.
    """
    return tuple(
        _forecast(queue, said) if queue.handling and queue.terms.queue in said.handling else queue
        for queue in queues
    )


def _forecast(queue: Queue, said: Forecast) -> Queue:
    name, terms = queue.terms.queue, queue.terms
    times = said.handling[name]
    seconds, level = times.over(said.by_queue[name].mean)
    variation = terms.rate_variation and together(terms.rate_variation, float(np.sqrt(level)))
    terms = replace(terms, aht_seconds=seconds, rate_variation=min(variation, MOST_RATE_VARIATION))
    return replace(queue, terms=terms, forecast=times)


def queues_of(
    history: History, before: np.datetime64, path: str | None, zone: str
) -> tuple[Queue, ...]:
    """Every queue of the history, by the file where it says something, else by assumption.

    Args:
        history: the counts, with or without handled seconds.
        before: handling times are taken from rows before this instant.
        path: the queues file, or None.
        zone: IANA time zone in which handling times are told by the hour.

    Raises:
        InputError: when the file cannot be used or names a queue that the history lacks.
    """
    given = read_toml(path).entries() if path is not None else {}
    for name, node in given.items():
        node.entries()
        if name not in history:
            raise node.refused(
                f"The history has no queue {quoted(name)}; it has {listed(history)}."
            )
    with placed(path or "HISTORY"):
        return tuple(
            _queue(
                name,
                given[name].value if name in given else {},
                measured(series, before, zone),
                history,
            )
            for name, series in history.items()
        )


def measured(series: Series, before: np.datetime64, zone: str) -> Handling | None:
    """Handling times of the last `AHT_DAYS` days, where calls and seconds were both observed."""
    past = series.between(before - np.timedelta64(AHT_DAYS, "D"), before)
    return None if past is None else handling(past, zone)


def _queue(name: str, given: object, found: Handling | None, names: Collection[str]) -> Queue:
    values = dict(given) if isinstance(given, dict) else {}
    wants_hours = values.pop("aht_by_hour", True)
    if not isinstance(wants_hours, bool):
        raise InputError(f"queue {quoted(name)}: aht_by_hour must be true or false.")
    if found is not None and "aht_seconds" in values:
        found = None
    if found is not None:
        values["aht_seconds"] = found.mean
        found = found if wants_hours else replace(found, by_hour=None)
    terms, assumed = terms_from(name, values)
    if terms.turn is not None and terms.turn.to not in names:
        raise InputError(
            f"queue {quoted(name)}: callers turn to {quoted(terms.turn.to)}, which the history "
            f"lacks; it has {listed(names)}."
        )
    if "+" in terms.skill:
        raise InputError(f'queue {quoted(name)}: a skill may not hold "+", which joins skills.')
    return Queue(terms, frozenset(assumed), found, wants_hours)


def queue_assumptions(queues: Iterable[Queue]) -> tuple[str, ...]:
    """What was assumed, a sentence for each value with its queues."""
    found: dict[str, list[str]] = {}
    for key, words in _WORDS.items():
        for queue in queues:
            if key in queue.assumed and not (key == "within_seconds" and "share" in queue.assumed):
                found.setdefault(words(queue.terms), []).append(queue.terms.queue)
    return tuple(
        f"{value} for {listed(names)}, since no file says otherwise."
        for value, names in found.items()
    )


def handling_notes(queues: Iterable[Queue]) -> tuple[str, ...]:
    """Handling times that come from the history, a sentence each."""
    return tuple(_handling_words(queue) for queue in queues if queue.handling is not None)


def _handling_words(queue: Queue) -> str:
    found, times = queue.handling, queue.forecast
    origin, of = "Measured", f" of the last {AHT_DAYS} days"
    hours = None if found is None else found.by_hour
    if times is not None:
        origin, of, hours = "Forecast", "", times.mean if queue.is_by_hour else None
    words = f"{origin}: AHT {queue.terms.aht_seconds:.0f} s for {queue.terms.queue}"
    if hours is not None and np.ptp(hours) > LEAST_SPREAD * queue.terms.aht_seconds:
        words += f" on average, {hours.min():.0f} to {hours.max():.0f} s by the hour"
    return f"{words}, from the handled seconds{of}."


def _patience(terms: QueueTerms) -> str:
    if terms.patience_seconds is None:
        return "nobody hangs up"
    return f"callers wait {_length(terms.patience_seconds)} on average before they hang up"


def _shrinkage(terms: QueueTerms) -> str:
    parts = [f"{part.name} {_percent(part.share)}" for part in terms.shrinkage if part.in_shift]
    return f"{_percent(terms.in_shift_shrinkage)} of each shift lost ({listed(parts)})"


def _goal(terms: QueueTerms) -> str:
    return f"a service goal of {_percent(terms.share)} within {_length(terms.within_seconds)}"


def _late_call_points(terms: QueueTerms) -> str:
    return f"{terms.late_call_points:g} points for each call late or lost (a wish has up to 10)"


def _length(seconds: float) -> str:
    return f"{seconds / 60:g} min" if seconds >= 60 else f"{seconds:g} s"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


_WORDS: dict[str, Callable[[QueueTerms], str]] = {
    "aht_seconds": lambda terms: f"AHT {_length(terms.aht_seconds)}",
    "patience_seconds": _patience,
    "share": _goal,
    "within_seconds": _goal,
    "shrinkage": _shrinkage,
    "late_call_points": _late_call_points,
}
