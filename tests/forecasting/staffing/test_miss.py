"""Why a queue was missed: planted misses are found, and the parts always add up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.errors import InputError
from forecasting.staffing.miss import CAUSES, Cause, Course, Feeling, Split, expected_late, split
from forecasting.staffing.offered_load import interval_load

DAY = 96
FEELING = Feeling(900, 10, 120)
EFFECTS: dict[Cause, tuple[str, float]] = {
    "more_calls": ("calls", 1.2),
    "longer_handling": ("aht", 1.15),
    "fewer_people": ("worked", 0.9),
    "planned_short": ("rostered", 0.93),
}
"""Which part of the course each cause moves away from the plan, and how far."""


def planned() -> Course:
    """A day of 999 that goes as planned: a morning rise, an evening fall."""
    calls = 30 + 25 * np.sin(np.arange(DAY) / DAY * 2 * np.pi - 1.5)
    load = interval_load(calls, 900, 300.0)
    people = np.ceil(load + 1.3 * np.sqrt(load)) + 1
    aht = np.full(DAY, 300.0)
    course = Course(calls, calls, aht, aht, people, people, people, np.full(DAY, np.nan))
    return replace(course, answered_in_time=as_expected(course))


def as_expected(course: Course, feeling: Feeling = FEELING) -> np.ndarray:
    """Calls answered in time where all went as the formulas expect."""
    load = interval_load(course.calls, feeling.interval_seconds, course.aht)
    return course.calls - expected_late(course.calls, load, course.aht, course.worked, feeling)


def planted(*causes: Cause) -> Course:
    """A day on which these causes, and no others, moved things away from the plan."""
    course = planned()
    moved: dict[str, Any] = {}
    for cause in causes:
        name, factor = EFFECTS[cause]
        moved[name] = getattr(course, name) * factor
    if "planned_short" in causes:
        away = course.rostered - moved["rostered"]
        moved["worked"] = moved.get("worked", course.worked) - away
    course = replace(course, **moved)
    return replace(course, answered_in_time=as_expected(course))


def totals(found: Split) -> dict[str, float]:
    """Calls of the day by cause."""
    return {cause: float(found.causes[cause].sum()) for cause in CAUSES}


def test_a_day_that_goes_as_planned_has_no_cause() -> None:
    """What is late then is what the plan accepted."""
    found = split(planned(), FEELING)
    assert totals(found) == pytest.approx(dict.fromkeys(CAUSES, 0.0), abs=1e-9)
    assert found.unexplained == pytest.approx(np.zeros(DAY), abs=1e-9)
    assert float(found.late.sum()) == pytest.approx(float(found.accepted.sum()))


@pytest.mark.parametrize("cause", CAUSES)
def test_one_planted_cause_is_found_alone(cause: Cause) -> None:
    """The whole shortfall belongs to the cause that was planted, nothing to the others."""
    found = split(planted(cause), FEELING)
    shortfall = float((found.late - found.accepted).sum())
    assert shortfall > 20
    others = {name: calls for name, calls in totals(found).items() if name != cause}
    assert totals(found)[cause] == pytest.approx(shortfall, rel=1e-9)
    assert others == pytest.approx(dict.fromkeys(others, 0.0), abs=1e-9)


def test_causes_planted_together_share_the_shortfall() -> None:
    """Each gets between the least and the most it adds in any order; together they are all."""
    found = split(planted(*CAUSES), FEELING)
    parts = totals(found)
    assert sum(parts.values()) == pytest.approx(float((found.late - found.accepted).sum()))
    for cause in CAUSES:
        alone = totals(split(planted(cause), FEELING))[cause]
        without = split(planted(*(each for each in CAUSES if each != cause)), FEELING)
        last = float(found.late.sum() - without.late.sum())
        assert min(alone, last) < parts[cause] < max(alone, last)


def test_causes_of_one_size_weigh_the_same() -> None:
    """Two people who did not come weigh what two people too few on the roster weigh."""
    course = planned()
    two, four = course.required - 2, course.required - 4
    course = replace(course, rostered=two, worked=four, answered_in_time=course.calls)
    parts = totals(split(course, FEELING))
    assert parts["fewer_people"] == pytest.approx(parts["planned_short"], rel=1e-9)


def test_what_helped_is_below_zero() -> None:
    """Fewer calls than forecast and more people than required save calls."""
    course = planned()
    course = replace(course, calls=course.calls * 0.8, rostered=course.required + 2)
    course = replace(course, worked=course.rostered, answered_in_time=course.calls * 0.8)
    parts = totals(split(course, FEELING))
    assert parts["more_calls"] < 0
    assert parts["planned_short"] < 0


def test_what_no_cause_explains_is_left_over() -> None:
    """Calls late beyond what the formulas expect, such as of an outage, stay unexplained."""
    course = planted("more_calls")
    course = replace(course, answered_in_time=course.answered_in_time - 0.1 * course.calls)
    found = split(course, FEELING)
    assert float(found.unexplained.sum()) == pytest.approx(0.1 * course.calls.sum())


def test_what_was_not_measured_is_taken_as_planned() -> None:
    """Handling and people then cause nothing; without service measured the rest is not known."""
    course = planted("more_calls")
    none = np.full(DAY, np.nan)
    found = split(replace(course, aht=none, worked=none, answered_in_time=none), FEELING)
    assert totals(found) == pytest.approx(totals(split(course, FEELING)))
    assert np.all(np.isnan(found.late))
    assert np.all(np.isnan(found.unexplained))
    assert np.all(np.isfinite(found.modelled))


def test_nobody_on_duty_and_no_calls() -> None:
    """With nobody there every call is late; without calls nothing is."""
    course = planned()
    nobody = replace(course, worked=np.zeros(DAY), answered_in_time=np.zeros(DAY))
    found = split(nobody, FEELING)
    assert found.modelled == pytest.approx(course.calls)
    assert found.unexplained == pytest.approx(np.zeros(DAY), abs=1e-9)
    silent = replace(course, calls=np.zeros(DAY), answered_in_time=np.zeros(DAY))
    assert split(silent, FEELING).modelled == pytest.approx(np.zeros(DAY), abs=1e-9)


def test_between_whole_people_the_line_is_straight() -> None:
    """Half a person more is half of what a person more saves."""
    few, half, more = expected_late(30.0, 10.0, 300.0, np.array([10, 10.5, 11]), FEELING)
    assert half == pytest.approx((few + more) / 2)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_the_parts_always_add_up(seed: int) -> None:
    """Accepted, the causes and the rest are what was measured, in every interval, whatever came."""
    rng = np.random.default_rng(seed)
    people = rng.integers(0, 20, (3, 8)).astype(np.float64)
    calls = rng.uniform(0, 40, (2, 8))
    aht = rng.uniform(60, 900, (2, 8))
    course = Course(*calls, *aht, *people, answered_in_time=calls[1] * rng.uniform(0, 1, 8))
    found = split(course, Feeling(900, 10, rng.choice([60, np.inf])), calls_before=[5.0, 6.0])
    parts = found.accepted + sum(found.causes.values()) + found.unexplained
    assert parts == pytest.approx(found.late, abs=1e-9)
    assert np.all(found.modelled <= course.calls + 1e-9)
    assert np.all(found.modelled >= -1e-9)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("calls", -1.0),
        ("forecast", np.nan),
        ("planned_aht", 0.0),
        ("aht", 0.0),
        ("required", np.inf),
        ("worked", -1.0),
    ],
)
def test_refuses_what_cannot_be(name: str, value: float) -> None:
    """A number out of its range is refused by its name and interval."""
    course = planned()
    wrong = getattr(course, name).copy()
    wrong[7] = value
    with pytest.raises(InputError, match=f"{name} of interval 7"):
        replace(course, **{name: wrong})
    with pytest.raises(InputError, match="one value for each"):
        replace(course, **{name: wrong[:5]})
