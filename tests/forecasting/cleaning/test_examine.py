"""What is found in counts, and what is left alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from forecasting.cleaning.examine import Examined, examine, examine_together
from forecasting.cleaning.finding import REMEDIES
from forecasting.events import Event, Given
from forecasting.series import Series
from tests.forecasting.cleaning.planted import (
    FIRST,
    LONDON,
    Year,
    clean_year,
    false_alarms,
    is_found,
    plant_clock,
    plant_copied,
    plant_doubled,
    plant_outage,
    plant_shift,
    plant_spike,
    plant_summer_clock,
)


def examined(year: Year) -> Examined:
    """What is found in a year as it stands."""
    return examine(year.series, LONDON)


def told(year: Year) -> list[str]:
    """The evidence of everything that is found."""
    return [each.words for each in examined(year).findings]


@pytest.mark.parametrize(
    ("per_day", "minutes", "office"),
    [(200.0, 15, False), (900.0, 15, False), (150.0, 15, True), (300.0, 60, False)],
)
def test_outages_and_doubled_days_are_found_and_clean_days_left_alone(
    per_day: float, minutes: int, office: bool
) -> None:
    """Of outages over an hour that zeros can tell, and of doubled days, 95 % are found."""
    year = clean_year(7, per_day, minutes=minutes, office=office)
    for _ in range(8):
        plant_outage(year)
        plant_outage(year, absent=True)
        plant_doubled(year, same_rows=True)
    for _ in range(3):
        plant_copied(year)
    findings = examined(year).findings
    missed = [p for p in year.plants if p.expected >= 14 and not is_found(p, findings)]
    assert len(missed) <= 1
    assert len(false_alarms(year.plants, findings)) <= 1


def test_clean_years_are_left_alone() -> None:
    """Holidays, seasons, quiet nights and days that vary by a tenth make one alarm in two years."""
    assert sum(len(told(clean_year(seed, 250.0))) for seed in range(2)) <= 1


def test_the_evidence_names_times_and_figures() -> None:
    """An outage is told by its local times and the calls that were expected."""
    year = clean_year(3, 600.0)
    inside = year.day(64)
    year.counts[inside.start + 36 : inside.start + 50] = 0.0
    (found,) = examined(year).findings
    expected = year.rates[found.first : found.after].sum()
    assert found.words.startswith("No call from 09:00 to 12:30 on Tuesday 5 March 2024, where ")
    assert found.expected == pytest.approx(expected, rel=0.15)
    assert found.words.endswith(f"{found.expected:.0f} were expected.")
    assert found.remedies[0] == "exclude"


@pytest.mark.parametrize(("same_rows", "first"), [(True, "halve"), (False, "exclude")])
def test_a_day_is_halved_only_where_it_is_sure(same_rows: bool, first: str) -> None:
    """Rows added twice are halved; a day of twice the calls may be real, and is left out."""
    year = clean_year(13, 900.0)
    plant_doubled(year, same_rows=same_rows)
    (found,) = examined(year).findings
    assert is_found(year.plants[0], [found])
    assert found.remedies[0] == first


def test_absent_rows_are_told_with_their_length() -> None:
    """A gap of an hour or more is a finding; a shorter one only lowers the share observed."""
    year = clean_year(3, 600.0)
    begins = year.day(64).start + 40
    year.counts[begins : begins + 9] = np.nan
    year.counts[year.day(80).start + 5] = np.nan
    result = examined(year)
    assert [each.kind for each in result.findings] == ["absent"]
    assert result.findings[0].words.startswith(
        "No counts from 10:00 to 12:15 on Tuesday 5 March 2024: 2 h 15 of open hours, where "
    )
    assert result.open_intervals - result.observed == 10


def quiet_room() -> dict[str, Year]:
    """A busy queue, one of 200 calls a day and one of 50, all silent for two hours one night."""
    room = {
        name: clean_year(seed, per_day, days=180)
        for seed, (name, per_day) in enumerate(
            {"999": 800.0, "101": 200.0, "text": 50.0}.items(), 30
        )
    }
    for year in room.values():
        begins = year.day(64).start + 8
        year.counts[begins : begins + 9] = 0.0
        year.plant("outage", begins, begins + 9)
    return room


def test_an_outage_of_all_queues_is_found_in_those_that_show_none_alone() -> None:
    """Nothing can be told of the small queue by itself; with the others it is certain."""
    room = quiet_room()
    history = {name: replace(year.series, queue=name) for name, year in room.items()}
    together = examine_together(history, LONDON)
    assert not is_found(room["text"].plants[0], examined(room["text"]).findings)
    for name, year in room.items():
        assert is_found(year.plants[0], together[name].findings)
        assert not false_alarms(year.plants, together[name].findings)
    (found,) = together["text"].findings
    assert found.words.startswith("No call from 02:00 to 04:15 on Tuesday 5 March 2024, where ")
    assert "nor in any other queue of the room, where " in found.words


def test_a_queue_of_its_own_line_accuses_no_quiet_one() -> None:
    """One queue fails alone: the small one, silent then by chance, is left alone."""
    room = quiet_room()
    del room["101"]
    history = {name: replace(year.series, queue=name) for name, year in room.items()}
    together = examine_together(history, LONDON)
    assert is_found(room["999"].plants[0], together["999"].findings)
    assert together["text"].findings == ()


def test_spikes_and_shifts_are_found() -> None:
    """Each is told as what it is."""
    year = clean_year(11, 900.0)
    plant_spike(year)
    plant_shift(year)
    findings = examined(year).findings
    assert all(is_found(plant, findings) for plant in year.plants)


def test_a_spike_in_the_hours_of_an_event_is_no_dirt() -> None:
    """A rush at midnight that the calendar knows of is left to be learned; others' are told."""
    year = clean_year(11, 900.0)
    plant_spike(year)
    (found,) = examined(year).findings
    day = dt.date.fromisoformat(str(year.local.date[found.first]))
    show = Event("Show", Given(((day, day),)), queues=(year.series.queue,))
    elsewhere = replace(show, queues=("another",))
    assert examine(year.series, replace(LONDON, events=(show,))).findings == ()
    (still,) = examine(year.series, replace(LONDON, events=(elsewhere,))).findings
    assert (still.first, still.after) == (found.first, found.after)


@pytest.mark.parametrize("plant", [plant_clock, plant_summer_clock])
def test_a_clock_that_is_an_hour_late_is_found(plant: object) -> None:
    """For two weeks, or all summer as in an export that forgot the change of the clock."""
    year = clean_year(12, 900.0)
    assert callable(plant)
    plant(year)
    (found,) = examined(year).findings
    assert found.kind == "clock"
    assert found.moved == 60
    assert is_found(year.plants[0], [found])
    assert "come 1 hour late by the shape of the week" in found.words


def test_the_clocks_of_small_queues_are_left_alone() -> None:
    """Hours in which twenty calls a day have left a slot empty so far are quiet, not closed."""
    assert sum(len(told(clean_year(seed, 20.0, days=180))) for seed in range(3)) <= 1


def test_hours_that_change_are_told_once() -> None:
    """Nights without a call for weeks are one finding, not one a night."""
    year = clean_year(5, 900.0)
    late = (year.local.slot < 20) & (year.local.day >= 200) & (year.local.day < 240)
    year.counts[late] = 0.0
    (found,) = examined(year).findings
    assert found.kind == "hours"
    assert found.words.startswith("No call between about 00:00 and 05:00 on 40 days from ")


def test_a_queue_that_is_closed_on_holidays_is_left_alone() -> None:
    """Zeros of opening hours on public holidays are the queue's habit."""
    year = clean_year(6, 400.0, office=True)
    named = LONDON.holiday_names(year.local.date[0], year.local.date[-1])
    year.counts[np.isin(year.local.date, np.array(list(named)))] = 0.0
    assert told(year) == []


def test_a_call_more_than_can_be_is_one_spike() -> None:
    """A count of a million spoils nothing but itself."""
    year = clean_year(8, 300.0)
    year.counts[20_000] = 1e6
    (found,) = examined(year).findings
    assert (found.kind, found.first, found.after) == ("spike", 20_000, 20_001)


@pytest.mark.parametrize(
    "counts",
    [
        np.zeros(96 * 60),
        np.array([5.0]),
        np.full(96, 3.0),
        np.full(96 * 40, np.nan),
        np.r_[np.full(96 * 30, np.nan), np.full(96 * 30, 4.0)],
        np.tile(np.r_[np.zeros(95), 1e6], 50),
    ],
    ids=["zeros", "one interval", "one day", "nothing observed", "half observed", "one slot"],
)
def test_odd_histories_are_examined_without_error(counts: np.ndarray) -> None:
    """Whatever the history, figures are finite and every finding has something to offer."""
    result = examine(Series("999", FIRST, 15, counts), LONDON)
    assert 0 <= result.observed <= result.open_intervals
    assert np.isfinite(result.expected).all()
    assert all(REMEDIES[each.kind] and each.first < each.after for each in result.findings)
