"""What officers carried over years, what their share was, and what falls to them next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.allowed import Allowed
from rostering.compiled.anneal import Annealer
from rostering.cover_grid import Counting
from rostering.fairness.burdens import Worked, carried, shares
from rostering.fairness.coming import Sharing, coming, shared_out, with_portions
from rostering.fairness.portion import BURDENS, Portion
from rostering.fairness.unsocial import unsocial_minutes
from rostering.personal import Limit, Stretch
from rostering.problem import OfficerDay, Roster, Span
from rostering.rules.fair_shares import FairShares
from rostering.verify import verify
from tests.rostering.rooms import officer, room

EVENING = (20 * 60, 6 * 60)
SHARING = Sharing("night", *EVENING, 13, {})


def worked(*tours: tuple[int, datetime, int, bool]) -> Worked:
    """Tours of an officer: start, hours, and whether it is a night."""
    starts = np.array([int(start.timestamp()) // 60 for _, start, _, _ in tours], dtype=np.int64)
    hours = np.array([60 * hours for *_, hours, _ in tours], dtype=np.int64)
    whose = np.array([who for who, *_ in tours], dtype=np.int64)
    return Worked(whose, starts, starts + hours, np.array([night for *_, night in tours], bool))


def utc(day: date, hour: int) -> datetime:
    """An instant."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_burdens_are_counted_by_the_clock_on_the_wall() -> None:
    """Local hours count, Saturday and Sunday are one weekend, and Christmas is no other holiday."""
    saturday, christmas = date(2026, 6, 6), date(2026, 12, 25)
    tours = worked(
        (0, utc(saturday, 20), 8, True),
        (0, utc(saturday + timedelta(days=1), 9), 8, False),
        (0, utc(saturday + timedelta(days=7), 9), 8, False),
        (1, utc(christmas, 21), 8, True),
        (1, utc(date(2026, 12, 28), 7), 8, False),
    )
    found = carried(tours, 3, "Europe/London", [christmas, date(2026, 12, 28)], EVENING)
    by = dict(zip(BURDENS, found.tolist(), strict=True))
    assert by["nights"] == [1, 1, 0]
    assert by["weekends"] == [2, 0, 0]
    # In summer 20:00 UTC is 21:00 in London: both nights are unsocial throughout.
    assert by["unsocial_hours"] == [8 * 60, 8 * 60, 0]
    assert by["christmas"] == [0, 1, 0]
    assert by["public_holidays"] == [0, 1, 0]


def test_nothing_worked_is_nothing_carried() -> None:
    """A room without history has carried nothing and owes nothing."""
    none = carried(worked(), 2, "Europe/London", [], EVENING)
    assert not none.any()
    assert not shares(none, np.ones((len(BURDENS), 2))).any()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 1439), st.integers(0, 2880), st.sampled_from([EVENING, (0, 360), (600, 600)]))
def test_unsocial_minutes_agree_with_a_count_minute_by_minute(
    begin: int, minutes: int, window: tuple[int, int]
) -> None:
    """The formula, and that for many tours at once, are the count of minutes."""
    start, end = window
    clock = [(begin + minute) % 1440 for minute in range(minutes)]
    wraps = end < start
    slow = sum((now >= start or now < end) if wraps else start <= now < end for now in clock)
    assert unsocial_minutes(begin, minutes, start, end) == slow
    at = np.array([begin + 1440 * 20_000], dtype=np.int64)
    tour = Worked(np.zeros(1, np.int64), at, at + minutes, np.zeros(1, bool))
    found = carried(tour, 1, "UTC", [], window)
    assert found[BURDENS.index("unsocial_hours"), 0] == slow


def test_a_share_follows_hours_and_time_served() -> None:
    """Half the hours are half a share; who was not there has none, and what they did is theirs."""
    found = np.array([[10, 5, 0, 6]], dtype=np.int64)
    share = shares(found, np.array([[40.0, 20.0, 40.0, 0.0]]))
    assert share.tolist() == [[6.0, 3.0, 6.0, 0.0]]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(-30, 30), st.integers(0, 3)),
        min_size=1,
        max_size=12,
    ),
    st.integers(0, 60),
    st.sampled_from([np.inf, 1.0, 2.0]),
)
def test_portions_add_up_and_whoever_owes_has_no_less(
    people: list[tuple[int, int, int]], total: int, most: float
) -> None:
    """Portions add up to what comes where limits allow; of two alike who owes has no smaller."""
    hours = np.array([each[0] for each in people], dtype=np.float64)
    less = np.array([each[1] for each in people], dtype=np.float64)
    least = np.array([each[2] for each in people], dtype=np.float64)
    portions = shared_out(total, hours, less, least, most)
    assert (portions >= 0).all()
    assert not portions[hours == 0].any()
    assert (portions >= np.where(hours > 0, least, 0)).all()
    if not hours.any():
        return
    fair = total * hours / hours.sum()
    high = np.where(hours > 0, np.maximum(np.minimum(2 * fair + 1, most), least), 0)
    lowest = np.where(hours > 0, least, 0).sum()
    asked = max(total, lowest)
    assert portions.sum() == asked or np.floor(high).sum() <= portions.sum() < asked
    for one in range(len(people)):
        for other in range(len(people)):
            if hours[one] == hours[other] and least[one] == least[other]:
                assert less[one] <= less[other] or portions[one] <= portions[other]


def test_what_comes_follows_from_what_is_needed() -> None:
    """Two people round the clock work two nights a day; no more comes than contracts hold."""
    problem = room(officers=30, days=14, needed=2)
    holidays = {"public_holidays": frozenset({3})}
    found = coming(problem, replace(SHARING, holidays=holidays))
    assert found["nights"] == pytest.approx(28)
    assert found["unsocial_hours"] == pytest.approx(280)
    mean = (480 + 480 + 540) / 3
    assert found["weekends"] == pytest.approx(4 * 2 * 1440 / mean / 2)
    assert found["public_holidays"] == pytest.approx(2 * 1440 / mean)
    few = coming(room(officers=4, days=14, needed=2), SHARING)
    assert few["nights"] == pytest.approx(28 * 4 * 80 / (2 * 24 * 14))
    assert not any(coming(replace(problem, cover=()), SHARING).values())


def test_portions_spare_who_cannot_and_turn_to_who_owes() -> None:
    """Nobody has a portion of what they cannot carry; a holiday falls to who worked fewest."""
    no_nights = Limit(Stretch(0, 13), kinds=frozenset({"night"}))
    people = (
        officer(0, 80),
        officer(1, 80),
        officer(2, 80, limits=(no_nights,)),
        officer(3, 80, unavailable=(Span(0, 2**30),)),
        officer(4, 0, least_minutes=0, most_minutes=0),
        officer(5, 80, days={day: OfficerDay(kind="night") for day in range(6)}),
    )
    problem = replace(room(days=14, needed=1), officers=people)
    sharing = replace(SHARING, holidays={"christmas": frozenset({4})})
    over = {"o0": {"nights": 12.0, "christmas": 1.0}, "o1": {"nights": -12.0, "christmas": -1.0}}
    made = with_portions(problem, over, sharing)
    by = [{each.burden: each.most for each in who.portions} for who in made.officers]
    assert by[0]["nights"] < by[1]["nights"]
    assert by[0]["christmas"] <= by[1]["christmas"] == 1
    assert "nights" not in by[2]
    assert by[2]["weekends"] > 0
    assert by[3] == {}
    assert by[4].get("nights", 0) == 0
    assert by[5]["nights"] >= 6
    assert Portion("christmas", 1, frozenset({4})) in made.officers[1].portions


def test_the_search_lets_burdens_go_round() -> None:
    """Whoever carried the nights of the last months is given fewer of them than whoever did not."""
    problem = room(officers=8, days=14, needed=1)
    kept = tuple(rule for rule in problem.rules if rule.is_hard or rule.code == "cover")
    problem = replace(
        problem, rules=(*kept, FairShares(unsocial_hours_a_point=0, weekend_points=0))
    )
    over = {f"o{n}": {"nights": 6.0 if n < 4 else -6.0} for n in range(8)}
    problem = with_portions(problem, over, replace(SHARING, repaid_weeks=2))  # type: ignore[arg-type]
    allowed = Allowed.of(problem)
    annealer = Annealer(Counting.of(problem), allowed, allowed.empty(), seed=1)
    for temperature in (100, 50, 20, 10, 5, 2, 1):
        annealer.run(8_000, temperature, 500.0)
    choices = annealer.choices
    nights = (choices == 2).sum(axis=1)
    assert nights[:4].sum() < nights[4:].sum()
    assert verify(problem, Roster.from_choices(problem, choices)).is_legal
