"""The invented people and what they worked: plausible, lawful, the same every time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.demo.pattern import TEMPLATES, MadeShift, worked
from app.demo.people import PLACES, MadePerson, make_people, names
from rostering.problem import Officer, Problem, Roster, Shift, Tour
from rostering.rulebooks import load_rulebook
from rostering.verify import verify

TODAY, ZONE = date(2026, 11, 27), "Europe/London"
FIRST, DAYS = date(2026, 6, 29), 150


@pytest.fixture(scope="module")
def people() -> tuple[MadePerson, ...]:
    """The staff of the demonstration."""
    return tuple(make_people(5, PLACES, TODAY))


@pytest.fixture(scope="module")
def shifts(people: tuple[MadePerson, ...]) -> tuple[MadeShift, ...]:
    """What they worked over 21 weeks, the end of summer time among them."""
    return tuple(worked(people, FIRST, DAYS, ZONE))


def test_there_are_120_people_in_five_teams(people: tuple[MadePerson, ...]) -> None:
    """Each with a number and a name of their own; some are called Khan; all three skills held."""
    assert len(people) == len({each.number for each in people}) == 120
    assert len({each.name for each in people}) == len(set(names())) == 120
    assert {each.team for each in people} == set(range(5))
    assert sum(each.name.endswith(" Khan") for each in people) >= 2
    assert {skill for each in people for skill in each.place.skills} == {"999", "101", "dispatch"}
    assert {each.place.employment for each in people} == {"officer", "staff"}
    assert all(each.started < FIRST for each in people)
    assert list(people) == list(make_people(5, PLACES, TODAY))


def test_somebody_is_on_duty_at_every_hour(shifts: tuple[MadeShift, ...]) -> None:
    """At every hour of the weeks between, more than ten people are on duty."""
    hours = range(int(shifts[0].start.timestamp()) // 3600 + 24, 24 * (DAYS - 3))
    for hour in hours:
        instant = datetime.fromtimestamp(hour * 3600, UTC)
        assert sum(each.start <= instant < each.end for each in shifts) > 10


def test_the_past_does_not_change_with_today(
    people: tuple[MadePerson, ...], shifts: tuple[MadeShift, ...]
) -> None:
    """A day told alone holds the shifts that it holds when told among others."""
    alone = set(worked(people, date(2026, 9, 1), 1, ZONE))
    within = {
        each
        for each in shifts
        if datetime(2026, 9, 1, tzinfo=UTC) < each.start < datetime(2026, 9, 1, 22, 30, tzinfo=UTC)
    }
    assert alone == within


def test_what_was_worked_keeps_every_hard_rule(
    people: tuple[MadePerson, ...], shifts: tuple[MadeShift, ...]
) -> None:
    """Judged by the officers' rulebook over the whole span, there is no breach.

    Contracted hours are left out: leave and sickness count towards them in life.
    """
    templates = tuple(Shift(t.code, t.kind, t.start, t.minutes) for t in TEMPLATES)
    rules = tuple(rule for rule in load_rulebook() if rule.code != "contracted_hours")
    officers = tuple(
        Officer(each.number, each.name, frozenset(each.place.skills), 0, 10**6) for each in people
    )
    problem = Problem("the past", FIRST, DAYS, ZONE, templates, officers, rules)
    tours: dict[str, list[Tour]] = {}
    for shift in shifts:
        start, end = (int(i.timestamp()) // 60 for i in (shift.start, shift.end))
        day = max(d for d in range(DAYS) if problem.midnights[d] <= start)
        tour = Tour(day, shift.template.code, shift.template.kind, start, end)
        tours.setdefault(people[shift.person].number, []).append(tour)
    roster = Roster({number: tuple(each) for number, each in tours.items()})
    verdict = verify(problem, roster)
    assert [breach.words for breach in verdict.hard] == []
    worked_minutes = sum(tour.minutes for each in tours.values() for tour in each)
    assert 28 < worked_minutes / 60 / len(people) / (DAYS / 7) < 38


def test_days_of_a_clock_change_are_right(shifts: tuple[MadeShift, ...]) -> None:
    """The night over the end of summer time lasts an hour longer, other tours nine hours."""
    night = [s for s in shifts if s.start == datetime(2026, 10, 24, 21, tzinfo=UTC)]
    assert night
    assert {(s.end - s.start).total_seconds() / 3600 for s in night} == {10}
    others = {(s.end - s.start).total_seconds() / 3600 for s in shifts if s not in night}
    assert others == {9}
