"""A room laid out and simulated: each kind of change is felt where it should be."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from app.scenarios import series
from app.scenarios.values import (
    Basis,
    CallBackChange,
    CallsChange,
    Change,
    HandlingChange,
    PatienceChange,
    PeopleChange,
    ReserveChange,
    Result,
    Seek,
    TargetChange,
)
from app.web.words import SPACE
from forecasting.errors import InputError
from forecasting.staffing.callers import CallBack
from forecasting.staffing.pots import Pot
from tests.app.scenarios.rooms import basis, terms

RUNS = 40


def simulated(room: Basis, *changes: Change) -> Result:
    """A room with these changes."""
    found = series.simulated(series.changed(room, changes), RUNS, 1, lambda *_: True)
    assert found is not None
    return found


def room() -> Basis:
    """Two days in which staff shared by 999 and 101 is scarce."""
    return basis(days=2, crews=((("101", "999"), 6),))


def test_days_are_as_busy_or_calm_as_the_forecast_is_unsure() -> None:
    """A level told with the forecast spreads a day's calls by it; one stated in terms stands."""
    levels = {queue: np.repeat([0.05, 0.3], 96) for queue in ("101", "999")}
    unsure = dataclasses.replace(room(), day_levels=levels)
    stated = dataclasses.replace(
        unsure, terms=tuple(dataclasses.replace(t, rate_variation=0.15) for t in unsure.terms)
    )
    spreads = [
        simulated(each).offered.reshape(RUNS, 2, 24, 2).sum(axis=2).std(axis=0) / (96 * 4)
        for each in (room(), unsure, stated)
    ]
    chance = 1 / np.sqrt(96 * 4)
    assert spreads[0] == pytest.approx(np.full((2, 2), chance), rel=0.4)
    wanted = np.sqrt(chance**2 + np.array([[0.05], [0.3]]) ** 2)
    assert spreads[1] == pytest.approx(np.broadcast_to(wanted, (2, 2)), rel=0.4)
    assert spreads[2] == pytest.approx(np.full((2, 2), np.hypot(chance, 0.15)), rel=0.4)
    (note,) = [note for note in series.notes_of(unsure) if "busier or calmer" in note]
    assert note.replace(SPACE, " ").endswith("by about 17 % for 101 and 17 % for 999.")
    assert not any("busier or calmer" in note for note in series.notes_of(stated))


def share(result: Result, queue: int, what: str = "in_time") -> float:
    """A share of the calls offered to a queue: 0 is 101, 1 is 999."""
    part = getattr(result, what)[:, :, queue].sum()
    return float(part / result.offered[:, :, queue].sum())


def test_every_call_is_answered_abandoned_or_called_back_within_its_count() -> None:
    """Parts are no more than the whole, shares lie within 0 and 1, and hours are those asked."""
    found = simulated(room())
    assert found.offered.shape == (RUNS, 48, 2)
    assert found.quarters.shape == (192, 2, 2)
    assert (found.in_time + found.abandoned <= found.offered).all()
    assert ((found.busy > 0) & (found.busy <= 1)).all()
    assert (found.waits[:, :, 2] >= found.waits[:, :, 1]).all()
    assert found.offered.sum() / RUNS == pytest.approx(2 * 192 * 4, rel=0.02)


def test_longer_calls_and_absent_people_are_worse() -> None:
    """With the same callers more of them are late; with nobody absent nothing differs."""
    as_is = simulated(room())
    longer = simulated(room(), HandlingChange(120))
    fewer = simulated(room(), PeopleChange(-2))
    for worse in (longer, fewer):
        assert share(worse, 1) < share(as_is, 1)
        assert share(worse, 0) < share(as_is, 0)
    assert np.array_equal(simulated(room(), CallsChange(1.0)).in_time, as_is.in_time)


def test_one_more_in_reserve_helps_999_at_the_price_of_101() -> None:
    """The reserve answers 999 at once, and 101 waits for it."""
    as_is, more = simulated(room()), simulated(room(), ReserveChange(1))
    assert share(more, 1) > share(as_is, 1)
    assert share(more, 0) < share(as_is, 0)


def test_call_backs_take_callers_out_of_the_queue() -> None:
    """Some 101 callers take one, fewer hang up, and the measure is told; without them it is not."""
    as_is = simulated(room())
    offered = CallBackChange("101", CallBack(0, 0.5))
    back = simulated(room(), offered)
    assert share(back, 0, "called_back") > 0.02
    assert share(back, 0, "abandoned") < share(as_is, 0, "abandoned")
    keys = [[each.key for each in series.measures(found, room())] for found in (as_is, back)]
    assert ["called_back:101" in each for each in keys] == [False, True]


def test_patience_and_targets_change_what_is_counted() -> None:
    """Callers who never hang up all wait; a longer target is met more often."""
    endless = simulated(room(), PatienceChange("101", None))
    assert endless.abandoned[:, :, 0].sum() == 0
    easier = simulated(room(), TargetChange("999", 0.9, 60))
    assert share(easier, 1) > share(simulated(room()), 1)


def test_pots_of_a_queue_are_told_together() -> None:
    """A queue sorted into two pots has its calls in one row, about as many as without."""
    pots = (Pot("urgent", 0.3), Pot("other", 0.7))
    whole = dataclasses.replace(room(), terms=(terms("101", 600, pots=pots), terms("999")))
    found = simulated(whole)
    assert found.queues == ("101", "999")
    assert found.offered[:, :, 0].sum() == pytest.approx(RUNS * 192 * 4, rel=0.05)


def test_a_call_back_where_nobody_calls_is_refused() -> None:
    """Backlog cannot be called back: one sentence, from the terms themselves."""
    backlog = terms("101", 600, medium="backlog", deadline_seconds=3600.0, patience_seconds=None)
    whole = dataclasses.replace(room(), terms=(backlog, terms("999")))
    with pytest.raises(InputError, match="only callers are called back"):
        series.changed(whole, [CallBackChange("101", CallBack(0, 0.5))])


def test_people_sought_by_simulation_reach_the_goal_with_few_hours() -> None:
    """Nine in ten are answered in time with them; with some of them taken away it is fewer."""
    seek = Seek("999", 0.9)
    scarce = basis(days=1, crews=((("999",), 2), (("101",), 6)))
    found = series.sought(scarce, seek, RUNS, 1, lambda *_: True)
    assert found is not None
    assert found.sought is not None
    assert found.sought.reached
    assert share(found, 1) >= 0.9
    added = found.sought.added.copy()
    hours = np.flatnonzero(added)
    added[hours[: max(len(hours) // 20, 4)]] -= 1
    without = series.with_more(scarce, ("999",), added)
    again = series.simulated(without, RUNS, 1, lambda *_: True)
    assert again is not None
    assert share(again, 1) < share(found, 1)


def test_a_simulation_that_is_told_to_stop_says_nothing() -> None:
    """It ends after the run in which it was told."""
    told: list[str] = []

    def go_on(words: str, _: float) -> bool:
        told.append(words)
        return len(told) < 3

    assert series.simulated(room(), RUNS, 1, go_on) is None
    assert told == [f"{done} of {RUNS} runs simulated." for done in (1, 2, 3)]
