"""Rows become a problem faithfully: skills, pro rata hours, days away, history, wishes, needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.people import service as people
from app.preferences import service as preferences
from app.requirements import service as requirements
from app.rosters.problem import (
    Crew,
    Materials,
    assumptions,
    choices_of,
    freeze,
    late_calls,
    minute,
    problem_of,
    shifts_of,
    thaw,
    with_absence,
    with_pins,
)
from app.rosters.values import Pin, Template, TemplateDetails, Wanted
from app.rulebooks.series import books_of
from forecasting.staffing.room import Row
from forecasting.staffing.terms import terms_from
from forecasting.staffing.worth import Calls, expected_late
from rostering.cover_grid import Counting
from rostering.files import problem_to_json
from rostering.personal import Elsewhere, Limit, Stretch, WorkingTime
from rostering.problem import REST, Choices, Officer, OfficerDay, Problem
from rostering.standing import Standing
from tests.app.rosters.rooms import TEMPLATES

MONDAY = date(2026, 3, 23)
"""The period holds the Sunday on which London's clocks go forward."""

DAYS = 14
ROOM = people.Room(UUID(int=1), UUID(int=2), "North", "Europe/London", 420)
CALLS, RADIO = UUID(int=10), UUID(int=11)
SKILLS = {CALLS: "calls", RADIO: "radio"}
LONG_AGO = date(2020, 1, 6)

EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

near = st.integers(-20, DAYS + 10).map(lambda ahead: MONDAY + timedelta(days=ahead))


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date | None]:
    """Days from one on, until another or for good."""
    first = draw(st.one_of(st.just(LONG_AGO), near))
    length = draw(st.one_of(st.none(), st.integers(1, 40)))
    return first, None if length is None else first + timedelta(days=length)


@st.composite
def contracts(draw: st.DrawFn) -> tuple[people.Contract, ...]:
    """Contracts that follow one another, perhaps with a gap, perhaps none."""
    edges = sorted(draw(st.sets(near, max_size=4)))
    pairs = list(zip([LONG_AGO, *edges], [*edges, None], strict=True))
    return tuple(
        people.Contract(first, until, draw(st.integers(0, 60)) * 60)
        for first, until in pairs
        if draw(st.integers(0, 4))
    )


@st.composite
def people_rows(draw: st.DrawFn) -> tuple[people.Officer, tuple[object, ...], tuple[object, ...]]:
    """An officer with the skills held and the contracts agreed."""
    started, left = draw(spans())
    details = people.OfficerDetails("1", "Sam Field", "SO1", "staff", started, left)
    officer = people.Officer(uuid4(), ROOM.id, 1, details)
    held = tuple(
        people.HeldSkill(skill, *draw(spans()))
        for skill in draw(st.lists(st.sampled_from([CALLS, RADIO]), min_size=1, max_size=3))
    )
    return officer, held, draw(contracts())


def materials(*rows: tuple[people.Officer, tuple[object, ...], tuple[object, ...]],
              **more: object) -> Materials:  # fmt: skip
    """What a roster of the period is made from."""
    size = DAYS * 96 - 4
    start = datetime.combine(MONDAY, datetime.min.time(), ZoneInfo("Europe/London"))
    need = requirements.Need(
        start.astimezone(UTC) - timedelta(hours=6),
        15,
        ROOM.zone,
        (Row("queues", ("999",), frozenset({"calls"}), np.arange(size + 48) % 5),),
        {"999": "calls"},
    )
    said: dict[str, object] = {
        "room": ROOM,
        "wanted": Wanted(MONDAY, DAYS, "March"),
        "templates": tuple(
            Template(UUID(int=20 + at), ROOM.id, 1, each) for at, each in enumerate(TEMPLATES)
        ),
        "crew": Crew(
            tuple(row[0] for row in rows),
            {},
            SKILLS,
            {row[0].id: row[1] for row in rows},  # type: ignore[misc]
        ),
        "contracts": {row[0].id: row[2] for row in rows},
        "worked": (),
        "published": (),
        "wishes": {},
        "need": need,
        "books": books_of((), {}, MONDAY),
    }
    return Materials(**(said | more))  # type: ignore[arg-type]


def plain(**details: object) -> tuple[people.Officer, tuple[object, ...], tuple[object, ...]]:
    """An officer who holds one skill and works 40 hours a week."""
    said = {"number": "1", "name": "Sam", "grade": "SO1", "employment": "staff"}
    officer = people.Officer(
        uuid4(),
        ROOM.id,
        1,
        people.OfficerDetails(**(said | {"started": LONG_AGO} | details)),  # type: ignore[arg-type]
    )
    return (
        officer,
        (people.HeldSkill(CALLS, LONG_AGO),),
        (people.Contract(LONG_AGO, None, 2400),),
    )


def standing(problem: Problem, choices: Choices | None = None) -> Standing:
    """A roster judged; without choices, one of rest days."""
    counting = Counting.of(problem)
    return Standing.of(counting, counting.empty() if choices is None else choices)


@EXAMPLES
@given(people_rows())
def test_hours_are_pro_rata_over_days_in_service_and_contract(
    row: tuple[people.Officer, tuple[people.HeldSkill, ...], tuple[people.Contract, ...]],
) -> None:
    """A day counts a seventh of its own contract's week; other days can neither count nor work."""
    officer, held, agreed = row
    problem = problem_of(materials(row))
    period = [MONDAY + timedelta(days=ahead) for ahead in range(DAYS)]
    until = officer.details.left or date.max
    service = [day for day in period if officer.details.started <= day < until]

    def weekly(day: date) -> int | None:
        return next((c.weekly_minutes for c in agreed
                     if c.from_day <= day < (c.until_day or date.max)), None)  # fmt: skip

    def holds(skill: UUID, day: date) -> bool:
        return any(h.skill_id == skill and h.from_day <= day < (h.until_day or date.max)
                   for h in held)  # fmt: skip

    expected = {SKILLS[s] for s in SKILLS if service and all(holds(s, day) for day in service)}
    if not expected:
        assert problem.officers == ()
        return
    (found,) = problem.officers
    assert found.skills == expected
    working = {day for day in service if weekly(day) is not None}
    due = round(sum(weekly(day) or 0 for day in working) / 7)
    assert found.least_minutes == max(due - 270, 0)
    assert found.most_minutes == (min(due + 270, DAYS * 1440) if due else 0)
    for day, when in enumerate(period):
        choices = np.full((1, DAYS), REST, dtype=np.int16)
        choices[0, day] = 0
        away = [b for b in standing(problem, choices).hard if b.rule == "unavailability"]
        assert bool(away) == (when not in working)


def test_days_of_absence_are_kept_free_and_count_towards_the_contract() -> None:
    """No shift may stand on a day away, and what the days count is taken from the hours due."""
    row = plain()
    before = problem_of(materials(row))
    away = {MONDAY: 480, MONDAY + timedelta(days=1): 480, MONDAY + timedelta(days=2): 0}
    given = materials(row, away={row[0].id: away})
    problem = problem_of(given)
    (officer,), (there,) = problem.officers, before.officers
    assert officer.least_minutes == there.least_minutes - 960
    assert officer.most_minutes == there.most_minutes - 960
    choices = np.full((1, DAYS), REST, dtype=np.int16)
    for day in range(DAYS):
        choices[0] = REST
        choices[0, day] = 0
        broken = [b for b in standing(problem, choices).hard if b.rule == "unavailability"]
        assert bool(broken) == (day < 3)
    assert "1 officer is on leave or absent on some days, which are kept free." in assumptions(
        given, problem
    )


@EXAMPLES
@given(st.lists(people_rows(), min_size=1, max_size=4), st.data())
def test_a_problem_comes_back_from_where_it_is_kept(
    rows: list[tuple[people.Officer, tuple[object, ...], tuple[object, ...]]],
    data: st.DataObject,
) -> None:
    """Frozen and thawed it is the same, and so is a roster of it as rows."""
    shifts = tuple(
        past(row[0].id, -data.draw(st.integers(1, 90)), data.draw(st.integers(0, 23)))
        for row in rows
    )
    problem = problem_of(materials(*rows, worked=shifts))
    again = thaw(freeze(problem))
    assert problem_to_json(again) == problem_to_json(problem)
    size = (len(problem.officers), DAYS)
    drawn = data.draw(st.lists(st.integers(REST, 2), min_size=size[0] * DAYS,
                               max_size=size[0] * DAYS))  # fmt: skip
    choices = np.array(drawn, dtype=np.int16).reshape(size)
    cells = [(it.officer_id, it.day, it.duty.code) for it in shifts_of(problem, choices)]
    assert (choices_of(again, cells) == choices).all()


def past(officer: UUID, day: int, hour: int, hours: int = 8, code: str = "W") -> people.PastShift:
    """A shift that starts so many days from the period's first, at a local hour."""
    wall = datetime.combine(MONDAY, datetime.min.time()) + timedelta(days=day, hours=hour)
    start = wall.replace(tzinfo=ZoneInfo(ROOM.zone)).astimezone(UTC)
    return people.PastShift(officer, start, start + timedelta(hours=hours), "early", code)


def test_worked_shifts_stand_where_they_are_known() -> None:
    """From the room's first to its last worked day worked shifts, before and after published."""
    one, other = plain(), plain(number="2", name="Alex")
    ids = one[0].id, other[0].id
    worked = (past(ids[0], -9, 7), past(ids[1], -5, 7), past(ids[1], -5, 17, 2, "late"))
    published = tuple(past(ids[0], day, 14, code="P") for day in (-12, -9, -7, -5, -4, -1, 0))
    problem = problem_of(materials(one, other, worked=worked, published=published))
    lines = {UUID(o.id): [(t.day, t.code) for t in o.history] for o in problem.officers}
    assert lines[ids[0]] == [(-12, "P"), (-9, "W"), (-4, "P"), (-1, "P")]
    assert lines[ids[1]] == [(-5, "W")]
    split = problem.officers[problem.officer_index[str(ids[1])]].history[0]
    assert split.minutes == 12 * 60
    assert {o.known_from for o in problem.officers} == {-12}
    starter = plain(number="3", started=MONDAY - timedelta(days=3))
    problem = problem_of(materials(one, starter, worked=worked))
    assert [o.known_from for o in problem.officers] == [-9, -3]


def test_needs_are_those_of_the_period() -> None:
    """Intervals from the first local midnight to the last, over the clock change; priced."""
    row = plain()
    night = past(row[0].id, -1, 22)
    problem = problem_of(materials(row, published=(night,)))
    (cover,) = problem.cover
    assert (cover.start, len(cover.required)) == (problem.midnight(0), DAYS * 96 - 4)
    assert cover.required[:3].tolist() == [24 % 5, 25 % 5, 26 % 5]
    assert (cover.skills, cover.shortage_points) == (frozenset({"calls"}), (20, 30, 40))
    assert cover.end == problem.midnight(DAYS)
    alone = problem_of(materials(row)).cover[0]
    assert alone.start == problem.midnight(0) + 7 * 60
    assert minute(night.end) == problem.midnight(0) + 6 * 60


def test_wishes_speak_of_shifts_that_there_are() -> None:
    """Kinds and codes are kept; a wish about nothing that exists is left aside."""
    row = plain()

    def wish(ahead: int, **said: object) -> preferences.Wish:
        details = preferences.WishDetails(
            MONDAY + timedelta(days=ahead),
            **({"wants": True, "points": 4} | said),  # type: ignore[arg-type]
        )
        return preferences.Wish(uuid4(), uuid4(), row[0].id, 1, details)

    given_wishes = (
        wish(1, wants=False), wish(2, kinds=("night",)), wish(3, shifts=("E", "gone")),
        wish(4, shifts=("gone",)), wish(5, kinds=("day",)),
    )  # fmt: skip
    problem = problem_of(materials(row, wishes={row[0].id: given_wishes}))
    (officer,) = problem.officers
    assert [(p.day, p.wants, p.points) for p in officer.preferences] == [
        (1, False, 4), (2, True, 4), (3, True, 4),
    ]  # fmt: skip
    assert officer.preferences[1].kinds == {"night"}
    assert officer.preferences[2].shifts == {"E"}


def test_rest_days_alone_break_the_contract_and_nothing_else() -> None:
    """The rulebook judges the problem: nobody worked, so only hours are missing."""
    problem = problem_of(materials(plain(), plain(number="2")))
    hard = standing(problem).hard
    assert [breach.rule for breach in hard] == ["contracted_hours"] * 2


def test_pins_are_officer_days_that_stay() -> None:
    """A pinned shift and a pinned rest day are fixed; other days stay free."""
    row = plain()
    problem = problem_of(materials(row))
    pinned = with_pins(problem, [Pin(row[0].id, MONDAY, "E"),
                                 Pin(row[0].id, MONDAY + timedelta(days=2), None)])  # fmt: skip
    assert pinned.officers[0].days == {0: OfficerDay(shift="E"), 2: OfficerDay()}
    assert with_pins(problem, []) is problem
    assert [b.rule for b in standing(pinned).hard if b.rule == "officer_days"] == ["officer_days"]


def test_whoever_works_fixed_hours_is_told() -> None:
    """Whose every day is a fixed shift or rest day is named; a fixed kind leaves a choice."""
    row = plain()
    said = materials(row)
    problem = problem_of(said)
    for last, told in ((OfficerDay(), True), (OfficerDay(kind="early"), False)):
        days = {day: OfficerDay(shift="E") for day in range(problem.days - 1)}
        officer = replace(problem.officers[0], days={**days, problem.days - 1: last})
        notes = assumptions(said, replace(problem, officers=(officer,)))
        assert any("1 officer works fixed hours" in note for note in notes) == told


def test_shift_templates_are_taken_as_they_are() -> None:
    """Code, kind, start, length and skills; without any, some are assumed."""
    odd = TemplateDetails("X", "Odd", "night", 1155, 735, ("radio",))
    template = Template(uuid4(), ROOM.id, 1, odd)
    problem = problem_of(materials(plain(), templates=(template,)))
    (shift,) = problem.shifts
    assert (shift.code, shift.kind, shift.start, shift.minutes, shift.skills) == (
        "X", "night", 1155, 735, {"radio"},
    )  # fmt: skip
    assert len(problem_of(replace(materials(plain()), templates=())).shifts) == 15


def test_posts_and_minimums_are_needs_of_their_own_skills() -> None:
    """Each row asks for whoever holds its skills; a set is added only for people who link it."""
    size = DAYS * 96 + 48
    rows = (
        Row("queues", ("999",), frozenset({"calls"}), np.full(size, 4)),
        Row("posts", ("radio posts",), frozenset({"radio"}), np.full(size, 2)),
        Row("minimum", ("radio minimum",), frozenset({"radio"}), np.full(size, 3)),
    )
    one, two = (LONG_AGO, None), ((LONG_AGO, None, 2400),)
    contract = tuple(people.Contract(*each) for each in two)
    calls, radio = people.HeldSkill(CALLS, *one), people.HeldSkill(RADIO, *one)

    def asked(*held: tuple[people.HeldSkill, ...]) -> dict[tuple[str, ...], tuple[set[str], int]]:
        officers = [(plain()[0], skills, contract) for skills in held]
        said = materials(*officers)
        problem = problem_of(replace(said, need=replace(said.need, rows=rows)))
        return {
            cover.queues: (set(cover.skills), int(cover.required[-1])) for cover in problem.cover
        }

    apart = {
        ("999",): ({"calls"}, 4),
        ("radio posts",): ({"radio"}, 2),
        ("radio minimum",): ({"radio"}, 3),
    }
    assert asked((calls,), (radio,)) == apart
    together = asked((calls,), (calls, radio))
    assert together == apart | {("999", "radio posts"): ({"calls", "radio"}, 6)}


def calls_by(queues: dict[str, float], intervals: int) -> Calls:
    """Queues of these offered loads, all answered by the same people, nobody away."""
    terms = tuple(terms_from(queue, {"skill": "calls", "shrinkage": []})[0] for queue in queues)
    load = {queue: np.full(intervals, erlangs) for queue, erlangs in queues.items()}
    return Calls(15, terms, load)


def test_missing_people_cost_what_callers_feel() -> None:
    """Where a need says what calls it is for, their lateness is the price; else it is assumed."""
    said = materials(plain())
    calls = calls_by({"999": 1.0}, len(said.need.rows[0].people))
    problem = problem_of(replace(said, need=replace(said.need, calls=calls)))
    (cover,) = problem.cover
    prices = cover.shortage_points
    assert not isinstance(prices, tuple)
    assert len(prices) == len(cover.required)
    dear = {int(people): tuple(prices[cover.required == people][0]) for people in (2, 4)}
    assert dear[4][0] < dear[2][0]
    assert all((np.diff(prices, axis=1) >= 0).ravel())
    (sentence,) = (s for s in assumptions(said, problem) if s.startswith("A missing person"))
    assert "is assumed" in sentence
    told = list(assumptions(replace(said, need=replace(said.need, calls=calls)), problem))
    assert (
        "A missing person costs the calls expected late or lost without them; each weighs 100 for "
        "999, where a wish weighs up to 10." in told
    )


def test_a_post_is_not_paid_for_twice() -> None:
    """Of two rows of the same people the one that asks for posts too has the price of the calls."""
    said = materials(plain())
    size = len(said.need.rows[0].people)
    rows = (
        Row("queues", ("999",), frozenset({"calls"}), np.full(size, 4)),
        Row("queues", ("999", "calls posts"), frozenset({"calls"}), np.full(size, 6)),
        Row("minimum", ("calls minimum",), frozenset({"calls"}), np.full(size, 1)),
    )
    calls = calls_by({"999": 2.0}, size)
    problem = problem_of(replace(said, need=replace(said.need, rows=rows, calls=calls)))
    queue, with_posts, minimum = (cover.shortage_points for cover in problem.cover)
    assert (queue, minimum) == ((0,), (20, 30, 40))
    assert not isinstance(with_posts, tuple)
    assert with_posts.min() >= 1


def test_late_calls_are_those_of_the_people_left_at_the_phones() -> None:
    """A roster's late calls are told for its own people, those at posts left aside."""
    said = materials(plain())
    size = len(said.need.rows[0].people)
    rows = (
        Row("queues", ("999",), frozenset({"calls"}), np.full(size, 4)),
        Row("queues", ("999", "calls posts"), frozenset({"calls"}), np.full(size, 6)),
    )
    calls = calls_by({"999": 2.0}, size)
    need = replace(said.need, rows=rows, calls=calls)
    problem = problem_of(replace(said, need=need))
    there = np.full(len(problem.cover[0].required), 5)
    told = late_calls(problem, need, [there, there])
    alone = expected_late(calls_by({"999": 2.0}, len(there)), {("999",): there - 2})
    assert told is not None
    assert told.late == {"999": pytest.approx(alone["999"].sum())}
    assert told.offered == {"999": pytest.approx(2.0 / 300 * 900 * len(there))}
    assert late_calls(problem, said.need, [there, there]) is None


def test_own_terms_become_limits_free_days_and_working_time() -> None:
    """What somebody cannot do holds on its days; a skill they cannot use is gone for the period."""
    row = plain()
    officer = row[0]
    soon, later = MONDAY + timedelta(days=2), MONDAY + timedelta(days=4)
    own = (
        people.Term("time", LONG_AGO, soon, "Mon Tue", "23:00-06:00"),
        people.Term("kind", soon, None, "", "night"),
        people.Term("shift_hours", later, None, "", "7.5"),
        people.Term("week_hours", LONG_AGO, MONDAY - timedelta(days=400), "", "20"),
        people.Term("free", LONG_AGO, None, "Wed"),
        people.Term("opt_out", LONG_AGO, later, "", "7"),
        people.Term("other_job", MONDAY, None, "", "8"),
    )
    gone = frozenset({MONDAY - timedelta(days=3), MONDAY - timedelta(days=2), later})
    said = materials(row, left_out={officer.id: gone})

    def found(*terms: people.Term) -> Officer | None:
        crew = replace(said.crew, terms={officer.id: terms})
        return next(iter(problem_of(replace(said, crew=crew)).officers), None)

    limited = found(*own)
    assert limited is not None
    assert limited.limits == (
        Limit(Stretch(-366, 1), frozenset({0, 1}), closed=(1380, 360)),
        Limit(Stretch(2, DAYS - 1), kinds=frozenset({"night"})),
        Limit(Stretch(4, DAYS - 1), most_minutes=450),
    )
    assert limited.days == {day: OfficerDay(free=True) for day in range(2, DAYS, 7)}
    assert limited.working_time == WorkingTime(
        opted_out=(Stretch(-366, 3),),
        left_out=(Stretch(-3, -2), Stretch(4, 4)),
        elsewhere=(Elsewhere(Stretch(0, DAYS - 1), 480),),
    )
    assert found(people.Term("skill", soon, later, "", "calls")) is None, "the only skill is gone"
    assert found(people.Term("skill", LONG_AGO, MONDAY, "", "calls")) is not None


def test_absence_known_later_is_laid_over_a_frozen_problem() -> None:
    """A new day is off from the force's morning on, so that a night before it may end.

    One day of three that were frozen comes back and the others stay; none is counted twice.
    """
    row = plain()
    week = {MONDAY + timedelta(days=day): 480 for day in range(3)}
    whose, frozen = row[0].id, problem_of(materials(row, away={row[0].id: week}))
    assert with_absence(frozen, {}, {}, 420) is frozen
    assert with_absence(frozen, {whose: week}, {}, 420) == frozen
    friday = MONDAY + timedelta(days=4)
    back = {MONDAY + timedelta(days=1): 480}
    stays = {day: each for day, each in week.items() if day not in back}
    (officer,) = with_absence(frozen, {whose: {**stays, friday: 300}}, {whose: back}, 420).officers
    assert [(span.start, span.end) for span in officer.unavailable] == [
        (frozen.midnight(0), frozen.midnight(1)),
        (frozen.midnight(2), frozen.midnight(3)),
        (frozen.instant(4, 420), frozen.midnight(5)),
    ]
    (before,) = frozen.officers
    assert officer.least_minutes == before.least_minutes - 300
    assert officer.most_minutes == before.most_minutes + 480
