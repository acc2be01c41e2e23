"""The calculator's question: the people that steady calls need, and what callers feel."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest

from forecasting.errors import InputError
from forecasting.staffing.erlang import ServiceLevel, erlang_a
from forecasting.staffing.needs import Goals
from forecasting.staffing.steady import SteadyCalls, answer
from tests.forecasting.staffing import exact_erlang

NINETY = Goals(0.9, 10)
DEFINITIONS: tuple[ServiceLevel, ...] = get_args(ServiceLevel)


@pytest.mark.parametrize("patience", [120.0, np.inf])
@pytest.mark.parametrize("definition", DEFINITIONS)
def test_the_need_meets_the_goal_and_one_fewer_does_not(
    definition: ServiceLevel, patience: float
) -> None:
    """The need is the least number that meets every goal, by each definition."""
    calls = SteadyCalls(300, 300, patience)
    goals = Goals(0.9, 10, definition, most_abandonment=0.05, most_occupancy=0.9)
    need = calls.need(goals)
    assert list(goals.met(calls.felt([need - 1, need], 10))) == [False, True]


def test_the_figures_are_erlang_as() -> None:
    """What callers feel equals Erlang A in seconds, for every number of people around the need."""
    found = answer(SteadyCalls(300, 300, 120), 10, goals=NINETY, reach=2)
    assert (found.need, found.middle) == (31, 31)
    assert list(found.people) == [29, 30, 31, 32, 33]
    alone = erlang_a(300 / 3600, 300, 120, found.people, 10)
    assert np.array_equal(found.figures.asa, alone.asa)
    assert found.met is not None
    assert list(found.met) == [False, False, True, True, True]


def test_people_may_be_given_without_a_goal_and_beside_one() -> None:
    """The given number stands in the middle, and the need is told where a goal is given."""
    alone = answer(SteadyCalls(300, 300, 120), 10, people=28, reach=1)
    assert (alone.need, alone.met, list(alone.people)) == (None, None, [27, 28, 29])
    both = answer(SteadyCalls(300, 300, 120), 10, goals=NINETY, people=28, reach=1)
    assert (both.need, list(both.people)) == (31, [27, 28, 29])


def test_calls_that_take_no_time_need_one_person() -> None:
    """With an AHT of zero one person answers all at once; with nobody on duty nothing is."""
    found = answer(SteadyCalls(30, 0), 0, goals=Goals(0.99, 0), reach=1)
    assert (found.need, list(found.people)) == (1, [0, 1, 2])
    assert list(found.figures.answered_in_time_of_offered) == [0, 1, 1]


def test_no_calls_need_nobody() -> None:
    """Without calls nobody is needed, and nobody waits."""
    found = answer(SteadyCalls(0, 300, 60), 10, goals=NINETY)
    assert (found.need, list(found.people)) == (0, [0, 1, 2, 3])
    assert np.all(found.figures.asa == 0)


def test_a_target_of_zero_seconds_asks_for_somebody_idle() -> None:
    """Answered within zero seconds is not having to wait."""
    figures = answer(SteadyCalls(300, 300, 120), 0, goals=Goals(0.9, 0)).figures
    assert figures.answered_in_time_of_offered == pytest.approx(1 - figures.waiting, abs=1e-12)


def test_nobody_on_duty_answers_nobody() -> None:
    """Callers with patience hang up when it ends; without an end they wait for ever."""
    mortal = answer(SteadyCalls(300, 300, 120), 10, people=0, reach=0).figures
    assert (mortal.abandoned[0], mortal.asa[0], mortal.waiting[0]) == (1, 120, 1)
    endless = answer(SteadyCalls(300, 300), 10, people=0, reach=0).figures
    assert (endless.abandoned[0], endless.asa[0]) == (0, np.inf)


def test_impatient_callers_may_need_nobody_by_the_fourth_definition() -> None:
    """Where who hangs up in time counts as served, nobody on duty serves the impatient."""
    assert SteadyCalls(50, 180, 10).need(Goals(0.8, 60, "wait_in_time")) == 0
    assert SteadyCalls(50, 180, 10).need(Goals(0.8, 60)) > 0


@pytest.mark.parametrize("patience", [150.0, np.inf])
def test_two_thousand_erlangs_keep_their_digits(patience: float) -> None:
    """At 2,000 erlangs the need and every figure agree with 50-digit arithmetic within 1e-12."""
    calls = SteadyCalls(24_000, 300, patience)
    found = answer(calls, 10, goals=NINETY, reach=1)
    assert found.need is not None
    for index, people in enumerate(found.people):
        exact = (
            exact_erlang.erlang_c(24_000 / 3600, 300, int(people), 10)
            if np.isinf(patience)
            else exact_erlang.erlang_a(24_000 / 3600, 300, patience, int(people), 10)
        )
        for field, value in exact._asdict().items():
            ours = float(getattr(found.figures, field)[index])
            scale = max(1.0, float(value))
            assert ours == pytest.approx(float(value), rel=0, abs=1e-12 * scale), field


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((-1, 300, 60), "arrival rate"),
        ((np.nan, 300, 60), "arrival rate"),
        ((np.inf, 300, 60), "arrival rate"),
        ((3, -1, 60), "handling time"),
        ((3, 300, 0), "patience"),
        ((1e9, 300, 60), "10,000 are the most"),
    ],
)
def test_refuses_calls_out_of_range(values: tuple[Any, ...], words: str) -> None:
    """Numbers out of their range are refused in one sentence."""
    with pytest.raises(InputError, match=words):
        SteadyCalls(*values)


def test_refuses_a_question_without_an_end() -> None:
    """Neither goal nor people, two meanings of "in time", and half a person are refused."""
    calls = SteadyCalls(3, 300, 60)
    with pytest.raises(InputError, match="a goal or a number"):
        answer(calls, 10)
    with pytest.raises(InputError, match="in time"):
        answer(calls, 20, goals=NINETY)
    with pytest.raises(InputError, match="agents"):
        calls.felt(-1, 10)
