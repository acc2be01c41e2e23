"""Working time over reference weeks, by the worked examples of its sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rostering.night_work import is_night_worker, night_minutes
from rostering.personal import Elsewhere, Stretch, WorkingTime
from rostering.problem import Officer, Problem, Roster, Tour
from rostering.rules.average_hours import AverageHours
from rostering.rules.base import Count
from rostering.rules.night_hours import NightHours
from rostering.working_time import Against, HoursStanding, hours_standing
from tests.rostering.boundary import NIGHT, PLAIN, WORK

NIGHT_TIME = (23 * 60, 6 * 60)
FRAME = Problem("four weeks", date(2026, 6, 1), 28, "Europe/London", (WORK, NIGHT), (), ())


def tours(days: list[int], start: int, minutes: int) -> tuple[Tour, ...]:
    """Tours of so many minutes from a local time on these days."""
    begins = [FRAME.instant(day, start) for day in days]
    return tuple(Tour(d, "W", "k", at, at + minutes) for d, at in zip(days, begins, strict=True))


def excess(rule: AverageHours | NightHours, officer: Officer, line: tuple[Tour, ...]) -> int:
    """Quarter hours that a rule finds too many in an officer's tours of the period."""
    problem = replace(FRAME, officers=(officer,))
    roster = Roster({officer.id: line})
    return sum(breach.excess for breach in rule.check(problem, roster))


def worker(hours_a_week: int, start: int = 8 * 60, **said: object) -> Officer:
    """Somebody who had so many hours in each of the 17 weeks before the period, in five tours."""
    days = [day for day in range(-119, 0) if day % 7 < 5]
    history = tours(days, start, hours_a_week * 12)
    return replace(PLAIN, history=history, known_from=-119, **said)


def weeks(number: int, hours: int, start: int = 8 * 60) -> tuple[Tour, ...]:
    """The first so many weeks of the period with so many hours each, in five tours."""
    return tours([day for day in range(7 * number) if day % 7 < 5], start, hours * 12)


def test_forty_eight_hours_a_week_are_an_average() -> None:
    """Weeks of 60 hours are lawful beside weeks of 40 as long as 17 have no more than 816.

    Working Time Regulations 1998 reg 4: 48 hours a week averaged over 17 weeks; 4 weeks of 60 and
    13 of 40 are 760, and 4 of 60 beside 13 of 45 are 825, nine hours too many on the last day.
    """
    assert excess(AverageHours(), worker(40), weeks(4, 60)) == 0
    last = [b.words for b in AverageHours().check_line(
        FRAME, worker(45), worker(45).history + weeks(4, 60)
    )][-1]  # fmt: skip
    assert last == (
        "Officer has 825 h in the 17 weeks to Sunday 28 June; the most is 816 h, 48 h a week on "
        "average."
    )


def test_a_night_worker_has_816_hours_in_17_weeks_even_when_opted_out() -> None:
    """Reg 6(5): hours ÷ (119 days − 17 weekly rests) ≤ 8 allows 816; no agreement lifts it."""
    agreed = WorkingTime(opted_out=(Stretch(-200, 200),))
    owl = worker(48, start=22 * 60, working_time=agreed)
    assert excess(NightHours(), owl, weeks(4, 48, start=22 * 60)) == 0
    assert excess(NightHours(), owl, weeks(4, 49, start=22 * 60)) > 0
    assert excess(AverageHours(), owl, weeks(4, 60, start=22 * 60)) == 0
    lark = replace(owl, history=worker(48).history)
    assert excess(NightHours(), lark, weeks(4, 60)) == 0


def test_three_hours_of_the_night_in_one_week_of_three_make_a_night_worker() -> None:
    """Reg 2: three hours between 23:00 and 06:00 as a normal course; ex parte Burns: a third."""
    late = Tour(3, "W", "late", FRAME.instant(3, 18 * 60), FRAME.instant(4, 2 * 60))
    assert night_minutes(FRAME, late, NIGHT_TIME) == 180
    nights = [-7 * week - 3 for week in range(17)]
    for kept, start, is_one in ((6, 18 * 60, True), (5, 18 * 60, False), (17, 17 * 60 + 45, False)):
        officer = replace(PLAIN, history=tours(nights[:kept][::-1], start, 480), known_from=-119)
        past, known = officer.history, officer.known_from
        assert is_night_worker(FRAME, past, known, NIGHT_TIME, 180, 3, 17) == is_one
    assert not is_night_worker(FRAME, (), 0, NIGHT_TIME, 180, 3, 17), "nothing is known"


def test_the_night_is_an_hour_longer_when_the_clock_goes_back() -> None:
    """Hours are elapsed time: 22:00 to 06:00 has eight of the night in autumn, six in spring."""
    for first, hours in ((date(2026, 10, 24), 8), (date(2026, 3, 28), 6), (date(2026, 6, 1), 7)):
        frame = replace(FRAME, first_day=first)
        tour = Tour(0, "N", "night", frame.instant(0, 22 * 60), frame.instant(1, 6 * 60))
        assert night_minutes(frame, tour, NIGHT_TIME) == 60 * hours


@pytest.mark.parametrize(
    ("said", "most"),
    [
        (WorkingTime(), 816),
        # Two weeks of leave take two weeks of 48 hours with them (reg 4(7)); it is told once.
        (WorkingTime(left_out=(Stretch(-20, -7),)), 720),
        (WorkingTime(left_out=(Stretch(-20, -7), Stretch(-20, -7))), 720),
        # Eight hours a week of another job count as work here (reg 2, "the worker").
        (WorkingTime(elsewhere=(Elsewhere(Stretch(-400, 400), 480),)), 680),
        (WorkingTime(elsewhere=(Elsewhere(Stretch(0, 400), 480),)), 784),
    ],
)
def test_leave_and_other_jobs_leave_less(said: WorkingTime, most: int) -> None:
    """Days left out take their share of the limit away, and other jobs take their hours."""
    officer = worker(40, working_time=said)
    over = list(AverageHours(most_weekly_minutes=2880).check_line(
        FRAME, officer, officer.history + tours(list(range(28)), 0, 1440)
    ))  # fmt: skip
    assert f"the most is {most} h, 48 h a week on average" in over[-1].words


def test_who_is_opted_out_is_not_judged_until_17_weeks_after() -> None:
    """An agreement to work more lifts the average from every span with one of its days."""
    long = tours(list(range(28)), 0, 1440)
    for last, is_judged in ((-91, False), (-92, True)):
        agreed = WorkingTime(opted_out=(Stretch(-300, last),))
        assert (excess(AverageHours(), worker(48, working_time=agreed), long) > 0) == is_judged


def test_spans_that_cannot_bind_are_left_to_the_check() -> None:
    """The solver is told only of spans that some line could break, which keeps it quick."""
    said = [list(AverageHours().says(FRAME, worker(hours))) for hours in (10, 40, 48)]
    assert [len(primitives) for primitives in said] == [0, 0, 21]
    assert all(isinstance(each, Count) for primitives in said for each in primitives)
    assert list(NightHours().says(FRAME, worker(48))) == [], "who works by day is no night worker"


def stands(worked: tuple[Tour, ...], known: int = -119, **said: object) -> HoursStanding:
    """How somebody stands on the first day of the frame after these tours."""
    terms = WorkingTime(**said)  # type: ignore[arg-type]
    return hours_standing(FRAME, worked, known, terms, AverageHours(), NightHours())


def test_what_is_left_is_what_the_reference_weeks_leave() -> None:
    """Forty hours a week leave 816 − 16 × 40 = 176 hours for the seventeenth week (reg 4)."""
    found = stands(worker(40).history)
    assert (found.known_days, found.worked) == (119, 17 * 40 * 60)
    assert found.week == Against(average=40 * 60, most=48 * 60, left=176 * 60)
    assert (found.night, found.is_over, found.left) == (None, False, 176 * 60)
    tired = stands(worker(50).history)
    assert tired.week == Against(average=50 * 60, most=48 * 60, left=16 * 60)
    assert tired.is_over


def test_an_opt_out_lifts_the_week_but_not_the_night() -> None:
    """Who agreed to more is not over by the week; as a night worker, still by the night (reg 6)."""
    agreed = (Stretch(-9, 9),)
    assert not stands(worker(50).history, opted_out=agreed).is_over
    owl = stands(worker(50, start=22 * 60).history, opted_out=agreed)
    assert owl.is_over
    assert owl.night == Against(average=500, most=480, left=16 * 60)
    assert owl.left == 16 * 60


def test_other_jobs_leave_and_short_service_count_in_a_standing() -> None:
    """Other jobs add their hours, leave is left out, and a new starter's weeks are their own."""
    history = worker(40).history
    busy = stands(history, elsewhere=(Elsewhere(Stretch(-400, 400), 600),))
    assert busy.week == Against(average=50 * 60, most=48 * 60, left=(816 - 170 - 640) * 60)
    gone = tuple(tour for tour in history if not -14 <= tour.day < 0)
    away = stands(gone, left_out=(Stretch(-14, -1),))
    assert away.week == Against(average=40 * 60, most=48 * 60, left=(720 - 14 * 40) * 60)
    new = stands(tuple(tour for tour in history if tour.day >= -14), known=-14)
    assert new.week == Against(average=40 * 60, most=48 * 60, left=(3 * 48 - 80) * 60)
    assert stands((), known=0).week is None
