"""Erlang C and Erlang A against references, an oracle of 50 digits, and the laws they obey."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.errors import InputError
from forecasting.staffing.erlang import Performance, erlang_a, erlang_c
from tests.forecasting.staffing import exact_erlang

INSTANCES = Path(__file__).parents[2] / "instances" / "staffing"
COLUMNS = {
    "pw": "waiting",
    "sl": "answered_in_time_of_offered",
    "sl_answered": "answered_in_time_of_answered",
    "sl_wle": "wait_in_time",
    "pab": "abandoned",
    "asa": "asa",
    "occ": "occupancy",
}
DEFINITIONS = (
    "answered_in_time_of_offered",
    "answered_in_time_of_answered",
    "virtual_wait_in_time",
    "wait_in_time",
)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file of reference values."""
    with (INSTANCES / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def solved(row: dict[str, str]) -> Performance:
    """The product's answer for one row, in minutes."""
    return erlang_a(
        float(row["lam_per_min"]),
        float(row["aht_min"]),
        float(row["patience_min"] or "inf"),
        int(row["n"]),
        float(row["T_min"]),
    )


@pytest.mark.parametrize("row", rows("reference_values.csv"))
def test_equals_the_reference_values(row: dict[str, str]) -> None:
    """Every figure of the 50-digit reference values holds within 1e-12."""
    performance = solved(row)
    for column, field in COLUMNS.items():
        if row[column]:
            assert float(getattr(performance, field)) == pytest.approx(
                float(row[column]), rel=0, abs=1e-12
            ), column


@pytest.mark.parametrize("row", rows("printed_values.csv"))
def test_equals_what_others_print(row: dict[str, str]) -> None:
    """Every figure printed by a third party holds to its last printed digit."""
    performance = solved(row)
    for column, field in COLUMNS.items():
        if row[column]:
            last_digit = 10.0 ** -len(row[column].partition(".")[2])
            difference = abs(float(getattr(performance, field)) - float(row[column]))
            assert difference < last_digit, column


def random_systems(cases: int, seed: int) -> list[tuple[float, float, float, int, float]]:
    """Rate, AHT, patience, agents, threshold: 0.01–1,000 erlangs, a third of them in overload."""
    rng = np.random.default_rng(seed)
    systems = []
    for _ in range(cases):
        load = 10 ** rng.uniform(-2, 3)
        aht = 10 ** rng.uniform(0, 1.3)
        agents = max(1, round(load * rng.uniform(0.5, 1.5) + rng.integers(-2, 4)))
        most_patient = 2.5 if load < 30 else 0.5
        patience = aht * 10 ** rng.uniform(-1.5, most_patient)
        within = float(rng.choice([0, 1 / 6, 0.5, 2, 5]))
        systems.append((load / aht, aht, patience, agents, within))
    return systems


@pytest.mark.parametrize("model", ["a", "c"])
def test_equals_the_chain_summed_with_50_digits(model: str) -> None:
    """500 random systems (250 per model), overload included, agree within 1e-12 on all figures."""
    systems = random_systems(250, seed=20 + ord(model))
    rate, aht, patience, agents, within = (
        np.array(column) for column in zip(*systems, strict=True)
    )
    product = erlang_a(rate, aht, patience if model == "a" else np.inf, agents, within)
    for case, (r, h, p, n, t) in enumerate(systems):
        exact = (
            exact_erlang.erlang_a(r, h, p, n, t)
            if model == "a"
            else exact_erlang.erlang_c(r, h, n, t)
        )
        for field, value in exact._asdict().items():
            ours = float(getattr(product, field)[case])
            scale = max(1.0, float(value)) if np.isfinite(ours) else 1.0  # an ASA may be hours
            assert ours == pytest.approx(float(value), rel=0, abs=1e-12 * scale), systems[case]


@pytest.mark.parametrize("load", [1.0, 2.5, 50.0, 1000.0, 2000.0])
def test_overload_has_a_proper_answer(load: float) -> None:
    """With no more agents than erlangs, Erlang C's callers all wait, ever longer."""
    for agents in {1, max(1, int(load) // 2), int(load)}:
        performance = erlang_c(load, 1.0, agents, 5.0)
        assert performance.waiting == 1
        assert performance.answered_in_time_of_offered == 0
        assert performance.asa == np.inf
        assert performance.occupancy == 1
    bounded = erlang_a(load, 1.0, 3.0, 1, 5.0)
    assert 0 <= bounded.abandoned < 1
    assert 0 < bounded.asa < 3


def test_nobody_waits_without_calls() -> None:
    """Zero demand, and calls that take no time, are answered at once; nobody is busy."""
    for rate, aht, agents in ((0, 300, 4), (0, 300, 0), (3, 0, 4)):
        for patience in (60, np.inf):
            quiet = erlang_a(rate, aht, patience, agents, 10)
            assert quiet.waiting == 0
            assert quiet.occupancy == 0
            assert quiet.asa == 0
            assert quiet.abandoned == 0
            assert all(quiet.service_level(definition) == 1 for definition in DEFINITIONS)


def test_nobody_on_the_phones() -> None:
    """Without agents every caller waits, and hangs up when patience ends."""
    alone = erlang_a(0.1, 300, 60, 0, 10)
    assert (alone.waiting, alone.abandoned, alone.asa) == (1, 1, 60)
    assert alone.answered_in_time_of_offered == alone.answered_in_time_of_answered == 0
    assert alone.wait_in_time == pytest.approx(1 - np.exp(-1 / 6), abs=1e-15)
    endless = erlang_c(0.1, 300, 0, 10)
    assert (endless.waiting, endless.abandoned, endless.asa) == (1, 0, np.inf)


@pytest.mark.parametrize("threshold", [86_000.0, 86_400.0, 1e6])
def test_a_threshold_of_hundreds_of_patiences_is_all_the_time_there_is(threshold: float) -> None:
    """Where nobody can still wait, all who are ever answered are answered in time."""
    felt = erlang_a(300 / 3600, 300, 120, [1, 20, 25, 31], threshold)
    assert felt.answered_in_time_of_offered == pytest.approx(1 - felt.abandoned, abs=1e-12)
    assert felt.wait_in_time == pytest.approx(np.ones(4), abs=1e-15)


def test_one_agent_by_hand() -> None:
    """M/M/1 at half load: half of the callers wait, one handling time on average."""
    single = erlang_c(0.5, 1.0, 1, 2.0)
    assert single.waiting == pytest.approx(0.5, abs=1e-15)
    assert single.asa == pytest.approx(1.0, abs=1e-14)
    assert single.answered_in_time_of_offered == pytest.approx(1 - 0.5 * np.exp(-1), abs=1e-15)


def test_patience_as_long_as_handling_makes_poisson() -> None:
    """With patience = AHT the people in the system are Poisson(load), whatever the agents."""
    load, agents = 12.0, 14
    exactly = [np.exp(-load)]
    for k in range(1, agents):
        exactly.append(exactly[-1] * load / k)
    assert erlang_a(load, 1, 1, agents, 0).waiting == pytest.approx(1 - sum(exactly), abs=1e-14)


def test_arrays_broadcast_and_keep_their_shape() -> None:
    """Rates down, agents across: each cell equals the same system asked for alone."""
    rates, agents = np.array([[0.0], [1.0], [2.5]]), np.array([0, 2, 8])
    table = erlang_a(rates, 3.0, 2.0, agents, 0.5)
    for i, rate in enumerate(rates[:, 0]):
        for j, n in enumerate(agents):
            alone = erlang_a(rate, 3.0, 2.0, n, 0.5)
            assert table.asa[i, j] == alone.asa
            assert table.wait_in_time[i, j] == alone.wait_in_time
    assert table.waiting.shape == (3, 3)


loads = st.floats(0.01, 1000)
ratios = st.floats(0.02, 200)
thresholds = st.floats(0, 5)


@st.composite
def systems(draw: st.DrawFn) -> tuple[float, float, int, float]:
    """Load at AHT 1, patience, agents around the load, threshold."""
    load = draw(loads)
    agents = max(1, round(load * draw(st.floats(0.3, 1.7))) + draw(st.integers(-2, 3)))
    return load, draw(ratios), agents, draw(thresholds)


@settings(deadline=None)
@given(systems())
def test_balance_of_calls(system: tuple[float, float, int, float]) -> None:
    """Hang-ups equal waiting callers over patience, and busy agents carry what is not lost."""
    load, patience, agents, within = system
    figures = erlang_a(load, 1, patience, agents, within)
    waiting_callers = load * figures.asa
    assert load * figures.abandoned == pytest.approx(waiting_callers / patience, rel=1e-12)
    assert agents * figures.occupancy == pytest.approx(load * (1 - figures.abandoned), rel=1e-11)


@settings(deadline=None)
@given(systems())
def test_definitions_keep_their_order(system: tuple[float, float, int, float]) -> None:
    """Answered/offered is the strictest; hanging up in time only helps the last definition."""
    figures = erlang_a(system[0], 1, system[1], system[2], system[3])
    offered = figures.answered_in_time_of_offered
    assert 0 <= offered <= figures.answered_in_time_of_answered + 1e-12
    assert offered <= figures.virtual_wait_in_time + 1e-12
    assert figures.virtual_wait_in_time <= figures.wait_in_time + 1e-12
    assert figures.wait_in_time <= 1
    assert 1 - figures.waiting <= offered + 1e-12


@settings(deadline=None)
@given(systems(), st.sampled_from(DEFINITIONS))
def test_more_people_serve_better(system: tuple[float, float, int, float], definition: Any) -> None:
    """One more agent never lowers a service level nor raises waiting, abandonment or ASA."""
    load, patience, agents, within = system
    fewer, more = (erlang_a(load, 1, patience, n, within) for n in (agents, agents + 1))
    assert more.service_level(definition) >= fewer.service_level(definition) - 1e-12
    assert more.waiting <= fewer.waiting + 1e-12
    assert more.abandoned <= fewer.abandoned + 1e-12
    assert more.asa <= fewer.asa * (1 + 1e-11)
    assert more.occupancy <= fewer.occupancy + 1e-12


@settings(deadline=None)
@given(systems(), st.floats(0, 2), st.sampled_from(DEFINITIONS))
def test_a_longer_threshold_is_easier(
    system: tuple[float, float, int, float], longer: float, definition: Any
) -> None:
    """A service level never falls with its threshold; at 0 it is not waiting at all."""
    load, patience, agents, within = system
    sooner, later = (erlang_a(load, 1, patience, agents, t) for t in (within, within + longer))
    assert later.service_level(definition) >= sooner.service_level(definition) - 1e-12
    at_once = erlang_a(load, 1, patience, agents, 0)
    assert at_once.answered_in_time_of_offered == pytest.approx(1 - at_once.waiting, abs=1e-12)


@settings(deadline=None)
@given(st.floats(0.05, 300), st.integers(1, 40), thresholds)
def test_endless_patience_is_erlang_c(load: float, spare: int, within: float) -> None:
    """Below overload, Erlang A tends to Erlang C as patience grows, with a gap that shrinks."""
    agents = int(load) + spare
    limit = erlang_c(load, 1, agents, within)
    gaps = []
    for patience in (1e3, 1e9):
        near = erlang_a(load, 1, patience, agents, within)
        gaps.append(abs(near.answered_in_time_of_offered - limit.answered_in_time_of_offered))
    tightness = (1 + load) / (agents - load) ** 3
    assert gaps[1] <= 1e-8 * max(1.0, tightness)
    assert gaps[1] <= gaps[0] + 1e-12


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((-1, 3, 2, 5, 1), "arrival rate"),
        ((1, np.nan, 2, 5, 1), "handling time"),
        ((1, 3, 0, 5, 1), "patience"),
        ((1, 3, 2, 2.5, 1), "whole"),
        ((1, 3, 2, 5, -1), "threshold"),
        ((np.inf, 3, 2, 5, 1), "arrival rate"),
        (([1, 2], 3, 2, [1, 2, 3], 1), "shape"),
    ],
)
def test_refuses_what_is_no_system(values: tuple[Any, ...], words: str) -> None:
    """Negative, missing, endless or fractional input is refused in one sentence."""
    with pytest.raises(InputError, match=words):
        erlang_a(*values)
