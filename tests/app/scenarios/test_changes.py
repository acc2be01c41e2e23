"""Changes as plain data: kept and read back, and made to arrays where and when they hold."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime

import numpy as np
import pytest

from app.scenarios import series
from app.scenarios.values import (
    CallBackChange,
    CallsChange,
    Change,
    HandlingChange,
    PatienceChange,
    PeopleChange,
    ReserveChange,
    TargetChange,
    When,
    document,
    of_document,
)
from forecasting.errors import InputError
from forecasting.staffing.callers import CallBack
from forecasting.staffing.windows import Window
from tests.app.scenarios.rooms import basis, terms

NIGHT = When(Window(18 * 60, 26 * 60, frozenset({4})))
"""Friday 18:00 to 02:00."""

EVERY: tuple[Change, ...] = (
    CallsChange(1.1, "101", NIGHT),
    CallsChange(0.5),
    HandlingChange(60, queue="101"),
    HandlingChange(0, 1.2, None, When(Window(0, 360), date(2027, 1, 5), date(2027, 1, 6))),
    PeopleChange(-2, ("999",), NIGHT),
    PeopleChange(3),
    CallBackChange("101", CallBack(60, 0.125)),
    CallBackChange("101", None),
    ReserveChange(1),
    PatienceChange("101", 240),
    PatienceChange("999", None),
    TargetChange("999", 0.95, 5),
)


@pytest.mark.parametrize("change", EVERY)
def test_every_change_comes_back_from_json_as_it_was(change: Change) -> None:
    """What is kept of a change is JSON, and the same change is made of it."""
    assert of_document(json.loads(json.dumps(document(change)))) == change


@pytest.mark.parametrize("change", EVERY)
def test_every_change_is_said_in_words(change: Change) -> None:
    """Words begin with a capital or a figure and have no full stop: they stand in lists."""
    words = series.change_words(change)
    assert not words[0].islower()
    assert not words.endswith(".")


def test_words_say_what_and_when() -> None:
    """A few changes in the very words of the pages."""
    said = [series.change_words(each) for each in EVERY]
    assert said[0] == "Calls to 101 +10\N{NO-BREAK SPACE}%, Fridays 18:00 to 02:00"
    assert said[2] == "Calls to 101 take 1\N{NO-BREAK SPACE}min longer"
    assert said[3].endswith("20\N{NO-BREAK SPACE}% longer, 00:00 to 06:00, 5 to 6 January")
    assert said[4] == "2 people with 999 absent, Fridays 18:00 to 02:00"
    assert said[8] == "1 more in reserve for the most urgent calls"


def test_a_window_runs_over_midnight_into_the_next_day() -> None:
    """Friday 18:00 to 02:00 holds for 32 quarter hours, the last of them on Saturday."""
    room = basis()
    held = NIGHT.holds(*room.local)
    assert held.sum() == 32
    first = 4 * 96 + 72
    assert held[first : first + 32].all()


def test_dates_hold_the_day_on_which_a_window_begins() -> None:
    """A night window on one date holds until the morning after, and on no other night."""
    one = When(Window(22 * 60, 30 * 60), date(2027, 1, 5), date(2027, 1, 5))
    held = one.holds(*basis().local)
    assert held.sum() == 32
    assert held[96 + 88]
    assert not held[88]


@pytest.mark.parametrize(("month", "day", "hours"), [(3, 28, 5), (10, 31, 7)])
def test_a_window_follows_the_clock_on_the_wall(month: int, day: int, hours: int) -> None:
    """Midnight to 06:00 lasts five hours when the clocks go on, and seven when they go back."""
    midnight = {3: datetime(2027, 3, 28, tzinfo=UTC), 10: datetime(2027, 10, 30, 23, tzinfo=UTC)}
    room = basis(days=1, start=midnight[month])
    held = When(Window(0, 360), date(2027, month, day), date(2027, month, day)).holds(*room.local)
    assert held[: 4 * hours].all()
    assert held.sum() == 4 * hours


def test_patience_of_backlog_is_refused() -> None:
    """Nobody waits on the line for it, so that nothing could come of the change."""
    work = terms("101", 600, medium="backlog", deadline_seconds=3600.0)
    room = dataclasses.replace(basis(), terms=(work, terms("999")))
    with pytest.raises(InputError, match="nobody waits on the line for 101, which is backlog"):
        series.changed(room, [PatienceChange("101", 60)])


def test_calls_and_handling_change_where_they_are_said_to() -> None:
    """A factor on one queue and window leaves the other queue and the other hours as they are."""
    room = series.changed(basis(), [CallsChange(1.5, "101", NIGHT), HandlingChange(60, 1, "999")])
    held = NIGHT.holds(*room.local)
    assert set(room.calls["101"][held]) == {6.0}
    assert set(room.calls["101"][~held]) == {4.0}
    assert set(room.calls["999"]) == {4.0}
    assert set(room.aht["999"]) == {360.0}
    assert set(room.aht["101"]) == {600.0}


def test_no_call_is_made_shorter_than_a_second() -> None:
    """Ten minutes off a call of five leaves one of a second."""
    room = series.changed(basis(), [HandlingChange(-600, queue="999")])
    assert set(room.aht["999"]) == {1.0}


def test_absent_people_are_taken_from_the_largest_crew_and_never_below_none() -> None:
    """Two sick come off the six, then both crews shrink in turn; more than there are is nobody."""
    two = series.changed(basis(), [PeopleChange(-2, ("999",), NIGHT)])
    held = NIGHT.holds(*two.local)
    assert [set(crew.on_duty[held]) for crew in two.crews] == [{4}, {3}]
    assert [set(crew.on_duty[~held]) for crew in two.crews] == [{6}, {3}]
    seven = series.changed(basis(), [PeopleChange(-5)])
    assert [set(crew.on_duty) for crew in seven.crews] == [{2}, {2}]
    gone = series.changed(basis(), [PeopleChange(-50)])
    assert [set(crew.on_duty) for crew in gone.crews] == [{0}, {0}]


def test_only_holders_of_the_skill_are_absent() -> None:
    """Whoever cannot serve the queue stays."""
    room = series.changed(basis(), [PeopleChange(-2, ("101",))])
    assert [set(crew.on_duty) for crew in room.crews] == [{4}, {3}]


def test_added_people_join_those_with_the_same_skills_or_stand_alone() -> None:
    """People with both skills join the crew of both; 101 alone is a new crew, breaks included."""
    room = series.changed(basis(), [PeopleChange(1), PeopleChange(2, ("101",))])
    assert [crew.serves for crew in room.crews] == [("101", "999"), ("999",), ("101",)]
    assert [int(crew.on_duty[0]) for crew in room.crews] == [7, 3, 2]
    assert room.crews[2].away == pytest.approx(0.1)


def test_terms_and_reserve_change_for_their_queue_alone() -> None:
    """Call-backs, patience, target and reserve change; the other queue keeps its terms."""
    changes = [EVERY[6], EVERY[9], EVERY[11], EVERY[8]]
    room = series.changed(basis(), changes)
    old, new = basis().terms, room.terms
    assert new[0].call_back == CallBack(60, 0.125)
    assert new[0].patience_seconds == 240
    assert (new[1].share, new[1].within_seconds) == (0.95, 5)
    assert new[1].patience_seconds == old[1].patience_seconds
    assert room.reserve == 2
    assert series.changed(room, [ReserveChange(-9)]).reserve == 0


def test_changes_are_made_one_after_the_other() -> None:
    """A tenth more, and then twice that."""
    room = series.changed(basis(), [CallsChange(1.1), CallsChange(2)])
    assert np.allclose(room.calls["999"], 8.8)
