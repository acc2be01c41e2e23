"""Rules about shifts and guidance where a limit alone does not show what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from rostering.personal import Stretch, WorkingTime
from rostering.problem import Officer, Problem, Roster, Shift, Span, Tour
from rostering.rulebooks import load_rulebook
from rostering.rules.base import Rule
from rostering.rules.night_share import NightShare
from rostering.rules.rest_days import RestDays
from rostering.rules.shift_length import ShiftLength
from rostering.rules.weekends_off import WeekendsOff
from rostering.verify import verify

EARLY = Shift("E", "early", 6 * 60, 480)
LATE = Shift("L", "late", 14 * 60, 480)
NIGHT = Shift("N", "night", 19 * 60, 720)
OCTOBER = date(2026, 10, 5)
"""A Monday; summer time ends in the night to Sunday 25 October, day 20."""

PERSON = Officer("p", "Alex Ward", frozenset({"a"}), 9_600, 9_600)


def broken(
    rule: Rule, line: str, person: Officer = PERSON, past: str = "", shift: Shift = NIGHT
) -> list[str]:
    """What a rule says of a line such as `EE-N`, of the days before it too where they are known."""
    shifts = (EARLY, LATE, shift)
    codes = {each.code: each for each in shifts}
    problem = Problem("October", OCTOBER, len(line), "Europe/London", shifts, (), (rule,))

    def tours(days: str, first: int) -> tuple[Tour, ...]:
        found = []
        for day, code in enumerate(days, first):
            if code != "-":
                start = problem.instant(day, codes[code].start)
                end = problem.instant(day, codes[code].start + codes[code].minutes)
                found.append(Tour(day, code, codes[code].kind, start, end))
        return tuple(found)

    person = replace(person, history=tours(past, -len(past)), known_from=-len(past))
    roster = Roster({"p": tours(line, 0)})
    verdict = verify(replace(problem, officers=(person,)), roster)
    return [breach.words for breach in (*verdict.hard, *verdict.priced)]


@pytest.mark.parametrize("first", range(8))
def test_four_on_four_off_has_its_rest_days(first: int) -> None:
    """4 on 4 off rests every other day, so four weeks of it hold two rest days a week."""
    assert broken(RestDays(), ("EENN----" * 5)[first : first + 28]) == []


@pytest.mark.parametrize("first", range(9))
def test_six_on_three_off_has_its_rest_days_with_the_days_before(first: int) -> None:
    """6 on 3 off may be short in a fortnight by itself, never with the fortnight before it."""
    pattern = "EEEEEE---" * 5
    past, line = pattern[first : first + 14], pattern[first + 14 : first + 28]
    assert broken(RestDays(), line, past=past) == []


def test_a_fortnight_without_enough_rest_says_so() -> None:
    """Eleven shifts in a fortnight of which nothing more is known leave one rest day too few."""
    assert broken(RestDays(), "EEEEEE---EEEEE") == [
        "Alex Ward has 3 rest days in this period; the least is 4, 2 a week."
    ]
    assert broken(RestDays(), "EEEEEE--EEEEEE", past="EEEEE--EEEE---") == [
        "Alex Ward has 7 rest days in the 28 days from Monday 21 September; the least is 8, 2 a "
        "week."
    ]


def test_days_of_leave_are_no_rest_days() -> None:
    """Of four weeks with one of leave three count: six rest days, whatever the week of leave."""
    problem = Problem("", OCTOBER, 28, "Europe/London", (), (), ())
    away = replace(PERSON, unavailable=(Span(problem.midnight(0), problem.midnight(7)),))
    assert broken(RestDays(), "-------" + "EEEEE--" * 3, away) == []
    assert broken(RestDays(), "-------" + "EEEEEE-" + "EEEEE--" * 2, away) == [
        "Alex Ward has 5 rest days in this period; the least is 6, 2 a week."
    ]


def test_leave_before_a_fortnight_lends_it_no_rest_days() -> None:
    """A fortnight after a fortnight of leave keeps its own four rest days; after rest it may not.

    Annex E: rest days are two a week on average; days of leave are none of them.
    """
    busy = "EEEEEE-EEEEE--"
    assert broken(RestDays(), busy, past="-" * 14) == []
    gone = replace(PERSON, working_time=WorkingTime(left_out=(Stretch(-14, -1),)))
    assert broken(RestDays(), busy, gone, past="-" * 14) == [
        "Alex Ward has 3 rest days in this period; the least is 4, 2 a week."
    ]
    recalled = "EEEEE--" + "-" * 7
    assert broken(RestDays(), busy, gone, past=recalled) == [
        "Alex Ward has 3 rest days in this period; the least is 4, 2 a week."
    ]


def test_half_a_weekend_is_no_weekend_off() -> None:
    """Four weeks from a Sunday hold three whole weekends: one of these is off, or points are lost.

    Only the Sunday of the first weekend lies in the period and only the Saturday of the last: that
    nobody works on it says nothing of the other half (HSE: regular free weekends).
    """
    sunday = replace(PERSON, known_from=0)
    shifts = (EARLY,)
    bare = Problem("", date(2026, 10, 4), 28, "Europe/London", shifts, (sunday,), (WeekendsOff(),))

    def lost(*worked: int) -> int:
        tours = tuple(bare.tour(day, 0) for day in worked)
        return verify(bare, Roster({"p": tours})).objective

    assert lost(6, 14, 20) == 20  # every whole weekend; the half ones at both ends are off
    assert lost(0, 6, 14, 27) == 0  # the third whole weekend is off


def test_a_night_of_twelve_hours_may_hold_the_end_of_summer_time() -> None:
    """On the night of Saturday 24 October 12 h on the clock are 13 h, which the rule allows."""
    assert broken(ShiftLength(), "-" * 19 + "N" + "-" * 8) == []
    assert broken(ShiftLength(clocks_back_minutes=0), "-" * 19 + "N" + "-" * 8) == [
        "Alex Ward works 13 h on Saturday 24 October 19:00 to 07:00; the most is 12 h."
    ]
    longer = replace(NIGHT, minutes=735)
    assert broken(ShiftLength(), "-" * 18 + "NN" + "-" * 8, shift=longer) == [
        "Alex Ward works 12 h 15 min on Friday 23 October 19:00 to 07:15; the most is 12 h.",
        "Alex Ward works 13 h 15 min on Saturday 24 October 19:00 to 07:15; the most is 13 h.",
    ]


def test_a_week_of_nights_is_not_permanent_nights() -> None:
    """Nights are judged over four weeks: a week of them is a rotation, four weeks are not."""
    assert broken(NightShare(), "NNNN---") == []
    assert broken(NightShare(), "NNNN---" * 4) == [
        "Alex Ward works 192 h of nights in this period; guidance is 80 h, 50 % of the contract."
    ]


YOUNG: Mapping[str, Mapping[str, int | str]] = {
    "daily_rest": {"minutes": 720},
    "shift_length": {"minutes": 480, "clocks_back_minutes": 0},
    "hours_in_seven_days": {"minutes": 2400},
}
"""Working Time Regulations 1998 regs 5A and 10(2): 8 h a day, 40 h a week, 12 h of rest."""


def test_a_young_worker_has_shorter_days_and_weeks() -> None:
    """With a young worker's terms what an adult may work is refused, by three rules of the book."""
    rules = [rule for rule in load_rulebook() if rule.code in YOUNG]
    six_days, long_night = "EEEEEE-" + "-" * 21, "N" + "-" * 27
    young = replace(PERSON, terms=YOUNG)
    for line in (six_days, long_night):
        assert not [words for rule in rules for words in broken(rule, line)]
    assert next(words for rule in rules for words in broken(rule, six_days, young)) == (
        "Alex Ward has 48 h in the 7 days from Monday 5 October; the most is 40 h."
    )
    assert [words for rule in rules for words in broken(rule, long_night, young)] == [
        "Alex Ward works 12 h on Monday 5 October 19:00 to 07:00; the most is 8 h."
    ]


def test_guidance_is_told_in_words() -> None:
    """What guidance says of a line is told with the day and the number."""
    line = "LL-EEEE-----" + "NNNN" + "-" * 12
    said = {
        rule.code: broken(rule, line)
        for rule in load_rulebook()
        if rule.code in {"rotation", "early_starts", "demanding_runs", "demanding_length"}
    }
    assert said["rotation"] == [
        "Alex Ward works a late on Tuesday 6 October and an earlier shift on Thursday 8 October, "
        "32 h after it; guidance is 48 h."
    ]
    assert said["early_starts"][0] == (
        "Alex Ward works an early start, Thursday 8 October 06:00 to 14:00; guidance is no start "
        "within 7 h of midnight."
    )
    assert said["demanding_runs"] == [
        "Alex Ward works 4 long, night or early shifts in a row from Thursday 8 October; guidance "
        "is 3.",
        "Alex Ward works 4 long, night or early shifts in a row from Saturday 17 October; guidance "
        "is 3.",
    ]
    assert said["demanding_length"][0] == (
        "Alex Ward works 12 h on the night of Saturday 17 October 19:00 to 07:00; guidance is 8 h."
    )
