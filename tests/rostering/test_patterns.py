"""Patterns: their notation, facts, cover, breaches, and the days that they give to a calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.errors import InputError
from rostering.patterns import (
    LETTERS,
    Pattern,
    breaches_of,
    facts_of,
    fewest_teams,
    judging,
    people_for_each,
    place_on,
    read_line,
    read_times,
    shipped_patterns,
    suggested_offsets,
    teams_on_duty,
    write_line,
    write_times,
)
from rostering.patterns.judging import rolled_out
from rostering.problem import OfficerDay, Shift
from rostering.rulebooks import load_rulebook
from rostering.rules.base import Rule
from rostering.rules.consecutive_nights import ConsecutiveNights
from rostering.rules.daily_rest import DailyRest
from rostering.rules.rest_after_nights import RestAfterNights
from rostering.rules.rest_day_interval import RestDayInterval
from rostering.rules.weekends_off import WeekendsOff

ZONE = "Europe/London"
NEAR = date(2026, 11, 27)
EIGHTS = "E 07:00-15:00, L 15:00-23:00, N 23:00-07:00"
RULES: tuple[Rule, ...] = (
    DailyRest(minutes=660),
    RestDayInterval(most=7),
    ConsecutiveNights(most=4),
    RestAfterNights(minutes=2760),
    WeekendsOff(least=1),
)


def made(line: str, times: str = EIGHTS) -> Pattern:
    """A pattern by its notation."""
    shifts = read_times(times)
    return Pattern("A pattern", read_line(line, (shift.code for shift in shifts)), shifts)


def shipped(code: str) -> Pattern:
    """A pattern that comes with the library."""
    return next(each.pattern for each in shipped_patterns() if each.code == code)


def words(pattern: Pattern) -> list[tuple[str, str]]:
    """Codes of rules and what they find, for these rules."""
    return [(each.rule, each.words) for each in breaches_of(pattern, RULES, ZONE, NEAR)]


# --- notation -----------------------------------------------------------------------------------

DAYS = st.one_of(
    st.none(),
    st.just(OfficerDay()),
    st.sampled_from([OfficerDay(kind=kind) for kind in LETTERS.values()]),
    st.sampled_from([OfficerDay(shift=code) for code in ("E8", "V-long", "x.1")]),
)


@settings(max_examples=50)
@given(st.lists(DAYS, min_size=1, max_size=40))
def test_a_line_reads_back_as_it_was_written(days: list[OfficerDay | None]) -> None:
    """Whatever the days are, the notation says them and is said back in the same letters."""
    line = write_line(days)
    assert list(read_line(line, ("E8", "V-long", "x.1"))) == days
    assert write_line(read_line(line, ("E8", "V-long", "x.1"))) == line


@settings(max_examples=50)
@given(
    st.lists(
        st.builds(
            Shift,
            code=st.from_regex(r"[F-KO-Q][0-9]{1,3}", fullmatch=True),
            kind=st.sampled_from(sorted(LETTERS.values())),
            start=st.integers(0, 1439),
            minutes=st.integers(60, 1440),
        ),
        max_size=6,
    )
)
def test_times_read_back_as_they_were_written(shifts: list[Shift]) -> None:
    """Whatever the tours are, the notation of times says them."""
    assert list(read_times(write_times(shifts))) == shifts


def test_small_letters_and_single_days_are_read() -> None:
    """People write small letters and leave out a 1; it is written in one way."""
    assert write_line(read_line("  e e 1l\n2n 4r *")) == "2E L 2N 4R *"


@pytest.mark.parametrize(
    ("line", "where", "said"),
    [
        ("2E 2Q 4R", "part 2", '"2Q" names no day'),
        ("2E R4", "part 2", '"R4" names no day'),
        ("2E -L", "part 2", '"-L" is not a number and a shift'),
        ("0E 2R", "part 1", '"0E" asks for 0 days'),
        ("999E", "part 1", '"999E" asks for 999 days'),
        ("", None, "The line is empty"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_at_its_place(
    line: str, where: str | None, said: str
) -> None:
    """The sentence names the part at fault and says what may stand there."""
    with pytest.raises(InputError, match=said.replace('"', ".")) as refused:
        read_line(line, ["E8"])
    assert refused.value.where == where


@pytest.mark.parametrize(
    ("times", "where", "said"),
    [
        ("E 07:00-15:00, L 3pm", "time 2", "is not a shift with its time"),
        ("E 07:00-25:00", "time 1", "25:00 is not a time of day"),
        ("V8 08:00-16:00", "time 1", "the kind of V8 is not told"),
        ("V8 dawn 08:00-16:00", "time 1", "is no kind"),
    ],
)
def test_a_time_that_cannot_be_read_is_refused_at_its_place(
    times: str, where: str, said: str
) -> None:
    """The sentence names the entry at fault and says what is wrong with it."""
    with pytest.raises(InputError, match=said) as refused:
        read_times(times)
    assert refused.value.where == where


@pytest.mark.parametrize(
    ("line", "times", "said"),
    [
        ("2E 2N", "E 07:00-15:00", "The time of N is not told"),
        ("183R", EIGHTS, "asks for 183 days"),
        ("100R 100R", EIGHTS, "this one has 200"),
        ("E", "E 07:00-15:00, E 08:00-16:00", "told twice"),
        ("E", "E 07:00-07:30", "must last from 1 to 24 hours"),
        ("E", "E 07:00-15:00, R early 07:00-15:00", "stands for something else"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused(line: str, times: str, said: str) -> None:
    """A pattern says every tour that it speaks of, once and within bounds."""
    with pytest.raises(InputError, match=said):
        made(line, times)


# --- facts: worked examples ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "weekly", "weekends", "nights", "run", "people", "teams"),
    [
        # 6 tours of 9 h in 10 days; 7 rounds meet 10 weekends, 3 of them within the four days off
        ("two_two_two_four", Fraction(378, 10), (3, 10), 73, 6, 5, 5),
        # 4 tours of 12 h in 8 days
        ("four_on_four_off", Fraction(42), (3, 8), Fraction(365, 4), 4, 4, 4),
        # 6 tours of 8 h in 9 days; one always on duty takes 4.5 teams, so five of them
        ("six_on_three_off", Fraction(112, 3), (2, 9), Fraction(730, 9), 6, Fraction(9, 2), 5),
        # 18 tours of 10 h in 30 days
        ("six_on_four_off", Fraction(42), (9, 30), 73, 6, 5, 5),
        # 14 tours of 12 h in 28 days, every other weekend off
        ("panama", Fraction(42), (2, 4), Fraction(365, 4), 3, 4, 4),
    ],
)
def test_the_facts_of_the_shipped_patterns_are_right(
    code: str,
    weekly: Fraction,
    weekends: tuple[int, int],
    nights: Fraction,
    run: int,
    people: Fraction,
    teams: int,
) -> None:
    """Hours a week, weekends, nights, runs and teams are what they come to by hand."""
    pattern = shipped(code)
    facts = facts_of(pattern)
    assert facts.weekly_minutes == weekly * 60
    assert (facts.weekends_off, facts.weekends) == weekends
    assert facts.nights_a_year == nights
    assert facts.longest_run == run
    assert people_for_each(pattern) == people
    assert fewest_teams(pattern) == teams


def test_shipped_patterns_are_dated_and_sourced() -> None:
    """Each has a day, a source, and as many teams as keep one on duty at every time."""
    for each in shipped_patterns():
        assert each.dated <= date(2026, 11, 27)
        assert len(each.source) > 20
        offsets = suggested_offsets(each.pattern, each.teams)
        assert teams_on_duty(each.pattern, offsets).min() == 1, each.code


def test_a_run_of_work_over_the_end_is_one_run() -> None:
    """The last days and the first of the next round stand beside each other."""
    assert facts_of(made("2E 3R 4L")).longest_run == 6
    assert facts_of(made("5E")).longest_run == 5


def test_free_days_are_told_and_count_as_no_work() -> None:
    """What a roster may fill is neither duty nor a rest day."""
    facts = facts_of(made("4E 2* R"))
    assert (facts.free_days, facts.rest_days_a_week, facts.weekly_minutes) == (2, 1, 32 * 60)


# --- cover and offsets --------------------------------------------------------------------------


def test_teams_on_duty_are_counted_over_midnight() -> None:
    """A night is on duty on its own evening and on the next morning, the last one on the first."""
    cover = teams_on_duty(made("R N", "N 22:00-06:00"), [0])
    assert cover[1, 88:].tolist() == [1] * 8
    assert cover[0, :24].tolist() == [1] * 24
    assert cover.sum() == 32


def test_a_team_stands_on_the_day_of_its_offset() -> None:
    """An offset is the day of the pattern on which the team stands on the first day."""
    cover = teams_on_duty(made("E 2L 2R"), [1])
    assert cover[:, 40].tolist() == [0, 0, 0, 0, 1]
    assert cover[:, 64].tolist() == [1, 1, 0, 0, 0]


def test_offsets_follow_a_need() -> None:
    """Where people are needed on weekdays by day alone, nobody stands idle at the weekend."""
    need = np.zeros((7, 96))
    need[:5, 28:60] = 1
    pattern = made("5E 2R 5E 2R 14R")
    evenly = teams_on_duty(pattern, suggested_offsets(pattern, 2))
    needed = teams_on_duty(pattern, suggested_offsets(pattern, 2, need))
    assert needed[[0, 7, 14, 21], 40].tolist() == evenly[[0, 7, 14, 21], 40].tolist() == [1] * 4
    short = made("2E 3R")
    assert len(suggested_offsets(short, 5, need)) == 5


# --- breaches -----------------------------------------------------------------------------------


def test_a_good_pattern_breaks_nothing() -> None:
    """Two earlies, two lates, two nights and four days off keep these rules all year."""
    assert words(shipped("two_two_two_four")) == []


def test_a_bad_pattern_is_told_every_breach_once() -> None:
    """A run of nights into an early breaks four rules: each is one sentence, in every round."""
    found = words(made("8N E 2L R E"))
    assert [rule for rule, _ in found] == [
        "daily_rest",
        "rest_day_interval",
        "consecutive_nights",
        "rest_after_nights",
        "rest_after_nights",
        "weekends_off",
    ]
    assert found[0][1] == (
        "In every round: an officer would have 0 min of rest between day 8 (N) and day 9 (E); "
        "the rule is 11 h."
    )
    assert found[1][1] == (
        "In every round: an officer has 12 days between rest days from day 13 (E); the most is 7."
    )
    assert found[2][1] == (
        "In every round: an officer works 8 nights in a row from day 1 (N); the most is 4."
    )


def test_what_a_clock_change_alone_breaks_is_told_as_that() -> None:
    """Eleven hours between a late and an early are ten where the clocks go forward at night."""
    found = [told for rule, told in words(made("2L 2E 4R", "E 07:00-15:00, L 12:00-20:00"))]
    assert found[0] == (
        "Only where the clocks go forward: an officer would have 10 h of rest between day 2 (L) "
        "and day 3 (E); the rule is 11 h."
    )


def test_a_pattern_of_whole_weeks_keeps_to_its_weekdays() -> None:
    """Monday to Friday breaks no rule about weekends; the same days from Wednesday on do."""
    day = "D 08:00-16:00"
    assert words(made("5D 2R", day)) == []
    assert [rule for rule, _ in words(made("D D D R R D D", day))] == ["weekends_off"]


def test_what_looks_back_is_told_of_every_round() -> None:
    """The first days looked at are judged with the weeks before them, like all others.

    Every breach of this pattern comes with each round, so none is said to come with some alone.
    """
    found = breaches_of(shipped("two_two_two_four"), load_rulebook(), ZONE, NEAR)
    assert {each.words.split(":")[0] for each in found} <= {"In every round", "Over 29 weeks"}


def test_a_zone_without_clock_changes_is_looked_at_for_a_year() -> None:
    """Every day of the pattern falls on every weekday there too."""
    problem = rolled_out(made("2E R"), (), "UTC", NEAR)
    assert (problem.first_day, problem.days) == (NEAR, 366)


# --- the calendar -------------------------------------------------------------------------------


@settings(max_examples=50)
@given(
    length=st.integers(1, 40),
    first=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    offset=st.integers(0, 60),
    ahead=st.integers(-400, 400),
)
def test_days_repeat_and_offsets_shift_them(
    length: int, first: date, offset: int, ahead: int
) -> None:
    """A day stands where the same day of another round stands, and an offset moves the line."""
    pattern = made(f"{length}R")
    day = first + timedelta(days=ahead)
    place = place_on(pattern, first, offset, day)
    assert place == place_on(pattern, first, offset, day + timedelta(days=length))
    assert place == place_on(pattern, first, 0, day + timedelta(days=offset))
    assert place_on(pattern, first, offset, first) == offset % length


@settings(max_examples=20)
@given(line=st.lists(st.sampled_from("ELNR*"), min_size=2, max_size=12))
def test_what_is_rolled_out_keeps_the_clock_on_the_wall(line: list[str]) -> None:
    """Over both clock changes each tour begins on its day of the pattern, at its local time."""
    pattern = made(" ".join(line))
    problem = rolled_out(pattern, (), ZONE, NEAR)
    for officer, tours in judging._roster(problem, pattern).tours.items():
        worked = {tour.day: tour for tour in tours}
        for day in range(problem.days):
            shift = pattern.tours[(day + int(officer)) % len(pattern)]
            assert (day in worked) == (shift is not None)
            if shift:
                start = datetime.fromtimestamp(worked[day].start * 60, ZoneInfo(ZONE))
                assert start.date() == problem.date_of(day)
                assert start.hour * 60 == shift.start
