"""Charts as SVG."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.charts.axis import nice_step, people_range
from app.web.charts.demand import Calls, calls_svg
from app.web.charts.need_cover import need_cover_strips, runs
from tests.app.web import samples

people = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=96)


@given(people)
def test_surplus_and_shortage_are_drawn_exactly_where_they_are(
    pairs: list[tuple[int, int]],
) -> None:
    """The areas of the two fills are the person-intervals over and short, to scale."""
    need, duty = (np.array(column, dtype=np.int32) for column in zip(*pairs, strict=True))
    asked = samples.problem(())
    start = int(asked.midnights[0])
    (strip,) = need_cover_strips(asked, start, 60, need=need, duty=duty, labels=["a week"])
    heights = [mark.at for mark in strip.down]
    values = [int(mark.text) for mark in strip.down]
    unit = (heights[0] - heights[-1]) / (values[-1] - values[0]) * strip.across_px / (7 * 24)
    for path, amount in ((strip.short, need - duty), (strip.over, duty - need)):
        drawn = sum(area(part) for part in path.split("Z") if part)
        expected = float(np.maximum(amount, 0).sum()) * unit
        assert drawn == pytest.approx(expected, abs=0.06 * strip.plot * (len(pairs) + 1))


def area(path: str) -> float:
    """Area inside a closed path of straight lines."""
    points = np.array([tuple(map(float, p.split())) for p in path.removeprefix("M").split("L")])
    x, y = points.T
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=50))
def test_runs_say_the_values_again(values: list[int]) -> None:
    """What the reading script unpacks is what was packed."""
    packed = [part.split("*") for part in runs(np.array(values)).split()]
    assert [int(value) for value, times in packed for _ in range(int(times))] == values


def test_every_shortage_carries_its_size_or_stands_beside_a_larger_one() -> None:
    """On one strip, the largest shortage is always in figures, with a true minus sign."""
    need, duty = np.full(672, 5, dtype=np.int32), np.full(672, 5, dtype=np.int32)
    duty[100:110], duty[113:120], duty[400:410] = 4, 2, 3
    asked = samples.problem(())
    (strip,) = need_cover_strips(
        asked, int(asked.midnights[0]), 15, need=need, duty=duty, labels=["a week"]
    )
    assert [label.text for label in strip.labels] == ["−3", "−2"]


def test_a_need_that_begins_late_stands_under_its_own_hours() -> None:
    """A strip whose need begins at 06:00 keeps the axis of a whole week."""
    asked = samples.problem(())
    start = int(asked.midnights[0])
    values = np.full(648, 5, dtype=np.int32)
    (strip,) = need_cover_strips(
        asked, start + 360, 15, need=values, duty=values, labels=["a week"]
    )
    assert (strip.start, strip.count) == (start, 672)
    assert strip.needed == strip.on_duty == "-*24 5*648"
    begins = float(re.findall(r"M([\d.]+) ", strip.need)[0])
    assert begins == pytest.approx(strip.left + strip.across_px / 28, abs=0.1)


@given(st.floats(0, 5000), st.floats(0, 5000))
def test_an_axis_of_people_holds_its_values(one: float, other: float) -> None:
    """Least and most lie on the axis, whose ends are whole steps."""
    low, high, step = people_range(min(one, other), max(one, other))
    assert low <= min(one, other)
    assert high >= max(one, other)
    assert low >= 0
    assert (high - low) % step == 0
    assert high > low


def test_steps_are_round() -> None:
    """1, 2 or 5 times a power of ten, never below 1."""
    assert [nice_step(span, 4) for span in (0.5, 4, 7, 19, 170, 3000)] == [1, 1, 2, 5, 50, 1000]


def drawing(days: dict[int, str] | None = None) -> str:
    """A small chart of calls with a hole."""
    middle = np.array([3.0, np.nan, 5.0, 4.0])
    bands = ((middle - 2, middle + 2), (middle - 1, middle + 1))
    calls = Calls(middle, bands, days or {0: "Mon 5"}, 4, 7.0)
    return str(calls_svg(calls, title="<b>Calls</b>", desc="Said.", ident="x"))


def test_a_chart_has_no_colour_of_its_own() -> None:
    """Every colour is a token of the style sheet, so that both themes are right."""
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawing())) - {"none", "transparent"}
    assert colours
    assert all(colour.startswith("var(--") for colour in colours)


def test_a_chart_is_an_image_with_words_for_those_who_cannot_see() -> None:
    """Role, title and description are there; what comes from outside is escaped."""
    svg = drawing()
    assert svg.startswith('<svg class="plot" viewBox="0 0 1392 ')
    assert 'role="img" aria-labelledby="xt xd"' in svg
    assert "&lt;b&gt;Calls&lt;/b&gt;" in svg
    assert "<b>" not in svg


def test_labels_of_days_cannot_smuggle_markup() -> None:
    """Even a label that is markup or script comes out as text."""
    svg = drawing({0: '</text><script>alert("1")</script>'})
    assert "<script" not in svg
