"""Problems and rosters as files: exact both ways, and strict."""

from __future__ import annotations

import copy
import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.authorised import Authorised
from rostering.errors import InputError
from rostering.files import (
    problem_from_json,
    problem_to_json,
    read_problem,
    read_roster,
    roster_from_json,
    roster_to_json,
    write_problem,
    write_roster,
)
from rostering.personal import Elsewhere, Limit, Stretch, WorkingTime
from rostering.problem import (
    Bond,
    BondKind,
    Choices,
    Cover,
    Officer,
    OfficerDay,
    Preference,
    Problem,
    Roster,
    Shift,
    ShiftCover,
    Span,
    Told,
    Tour,
)
from rostering.rules.registry import RULES
from rostering.wishes import DaysWish, LongWish, RunWish
from tests.rostering.fairness.shares import portions

ZONES = ["UTC", "Europe/London", "America/Chicago", "Australia/Lord_Howe"]

names = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).filter(
    lambda text: text.strip() != ""
)
instants = st.integers(28_000_000, 30_000_000)
prices = st.lists(st.integers(0, 500), min_size=1, max_size=4).map(lambda it: tuple(sorted(it)))


@st.composite
def shifts(draw: st.DrawFn) -> tuple[Shift, ...]:
    """Up to four shifts with unlike codes."""
    codes = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    return tuple(
        Shift(
            code,
            draw(st.sampled_from(["early", "night", "own kind"])),
            draw(st.integers(0, 1439)),
            draw(st.integers(1, 900)),
            draw(st.frozensets(names, max_size=2)),
        )
        for code in codes
    )


@st.composite
def officers(draw: st.DrawFn, frame: Problem, identifier: str) -> Officer:
    """An officer with everything a file can hold."""
    least = draw(st.integers(0, 1000))
    days = st.integers(0, frame.days - 1)
    codes = st.sampled_from([shift.code for shift in frame.shifts])
    kinds = st.sampled_from([shift.kind for shift in frame.shifts])
    fixed = st.one_of(
        st.builds(OfficerDay, shift=codes),
        st.builds(OfficerDay, kind=kinds),
        st.builds(OfficerDay, free=st.booleans()),
    )
    wishes = st.builds(
        Preference,
        day=days,
        points=st.integers(1, 9),
        wants=st.booleans(),
        shifts=st.frozensets(codes),
        kinds=st.frozensets(kinds),
    )
    told = st.builds(Told, st.none() | codes, st.integers(-9, 99), st.integers(0, 400))
    spans = st.builds(
        lambda start, length: Span(start, start + length), instants, st.integers(1, 9)
    )
    past = sorted(draw(st.sets(st.integers(-20, -1), max_size=4)))
    starts = [frame.instant(day, draw(st.integers(300, 1300))) for day in past]
    return Officer(
        id=identifier,
        name=draw(names),
        skills=draw(st.frozensets(names, min_size=1, max_size=3)),
        least_minutes=least,
        most_minutes=least + draw(st.integers(0, 400)),
        history=tuple(
            Tour(day, draw(names), draw(names), start, start + draw(st.integers(1, 900)))
            for day, start in zip(past, starts, strict=True)
        ),
        known_from=draw(st.integers(-40, min([0, *past]))),
        days=draw(st.dictionaries(days, fixed, max_size=3)),
        unavailable=tuple(draw(st.lists(spans, max_size=2))),
        preferences=tuple(draw(st.lists(wishes, max_size=3))),
        terms=draw(
            st.sampled_from(
                [
                    {},
                    {"consecutive_days": {"most": 4}},
                    {"weekly_rest": {"mode": "24in7"}, "daily_rest": None},
                ]
            )
        ),
        team=draw(st.none() | names),
        limits=tuple(draw(st.lists(limits, max_size=2))),
        working_time=draw(working_times),
        told=draw(st.dictionaries(days, told, max_size=3)),
        long_wishes=tuple(draw(st.lists(long_wishes(frame), max_size=2))),
        wish_percent=draw(st.integers(1, 300)),
        portions=tuple(draw(st.lists(portions(frame.days), max_size=2))),
    )


def long_wishes(frame: Problem) -> st.SearchStrategy[LongWish]:
    """Wishes of every sort about several days."""
    kinds = st.frozensets(st.sampled_from([shift.kind for shift in frame.shifts]), min_size=1)
    days = st.frozensets(st.integers(0, frame.days - 1), min_size=1)
    points, clock = st.integers(1, 9), st.none() | st.integers(0, 2880)
    return st.one_of(
        st.builds(DaysWish, days, points, wants=st.booleans(), kinds=kinds),
        st.builds(DaysWish, days, points, earliest=clock, latest=clock),
        st.builds(RunWish, points, longest=st.integers(1, 9)),
        st.builds(RunWish, points, of=st.sampled_from(["work", "rest"]), shortest=st.just(2)),
    )


stretches = st.builds(
    lambda first, days: Stretch(first, first + days), st.integers(-500, 400), st.integers(0, 99)
)
limits = st.builds(
    Limit,
    stretches,
    weekdays=st.frozensets(st.integers(0, 6)),
    kinds=st.frozensets(names, max_size=2),
    closed=st.none() | st.tuples(st.integers(0, 1439), st.integers(0, 1439)),
    most_minutes=st.none() | st.integers(0, 2880),
    most_week_minutes=st.none() | st.integers(0, 10_080),
    least_rest=st.integers(0, 1440),
)
working_times = st.builds(
    WorkingTime,
    st.lists(stretches, max_size=2).map(tuple),
    st.lists(stretches, max_size=2).map(tuple),
    st.lists(st.builds(Elsewhere, stretches, st.integers(0, 10_080)), max_size=1).map(tuple),
)


@st.composite
def covers(draw: st.DrawFn) -> Cover:
    """A need with prices for all intervals or a row for each."""
    people = draw(st.lists(st.integers(0, 99), max_size=6))
    steps = draw(st.integers(1, 3))
    row = st.lists(st.integers(0, 500), min_size=steps, max_size=steps).map(sorted)
    rows = draw(st.lists(row, min_size=len(people), max_size=len(people)))
    by_interval = np.array(rows, dtype=np.int32).reshape(len(people), steps)
    return Cover(
        queues=tuple(draw(st.lists(names, max_size=3))),
        skills=draw(st.frozensets(names, min_size=1, max_size=3)),
        start=draw(instants),
        interval_minutes=draw(st.sampled_from([15, 30, 60])),
        required=np.array(people, dtype=np.int32),
        shortage_points=draw(prices) if draw(st.booleans()) or not people else by_interval,
        surplus_points=draw(st.integers(0, 9)),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A small problem with every kind of content."""
    points = st.integers(0, 100)
    weights = st.one_of(st.none(), points, prices)
    rules = draw(st.lists(st.sampled_from(sorted(RULES)), unique=True, max_size=6))
    frame = Problem(
        name=draw(names),
        first_day=draw(st.dates(date(1990, 1, 1), date(2100, 1, 1))),
        days=draw(st.integers(1, 30)),
        zone=draw(st.sampled_from(ZONES)),
        shifts=draw(shifts()),
        officers=(),
        rules=tuple(
            RULES[code](weight=draw(points if code in ("cover", "shift_cover") else weights))
            for code in rules
        ),
        cover=tuple(draw(st.lists(covers(), max_size=2))),
    )
    ids = draw(st.lists(names, max_size=3, unique=True))
    need = st.builds(
        ShiftCover,
        day=st.integers(0, frame.days - 1),
        shift=st.sampled_from([shift.code for shift in frame.shifts]),
        required=st.integers(0, 9),
        shortage_points=st.integers(0, 99),
        surplus_points=st.integers(0, 99),
    )
    return dataclasses.replace(
        frame,
        officers=tuple(draw(officers(frame, identifier)) for identifier in ids),
        shift_cover=tuple(draw(st.lists(need, max_size=2))),
        bonds=tuple(draw(st.lists(bonds(ids), max_size=2))) if len(ids) > 1 else (),
        authorised=tuple(draw(st.lists(allowed(ids, rules), max_size=2))) if ids and rules else (),
    )


def allowed(ids: list[str], rules: list[str]) -> st.SearchStrategy[Authorised]:
    """A breach that may stand."""
    days = st.integers(-9, 9)
    who, excess = st.sampled_from(ids), st.integers(1, 99)
    return st.builds(Authorised, who, st.sampled_from(rules), days, days, excess)


@st.composite
def bonds(draw: st.DrawFn, ids: list[str]) -> Bond:
    """A bond between officers of these ids."""
    named = draw(st.permutations(ids))[: draw(st.integers(2, len(ids)))]
    day = st.none() | st.integers(-40, 40)
    return Bond(
        draw(st.sampled_from(get_args(BondKind))),
        named[0],
        tuple(named[1:]),
        draw(st.integers(0, 1440)),
        draw(day),
        draw(day),
        draw(names),
        draw(st.integers(1, 1440)),
    )


def same(left: Problem, right: Problem) -> bool:
    """Equality of every field, arrays by their values and kinds."""

    def plain(cover: Cover) -> tuple[object, ...]:
        numbers = (cover.required.tolist(), cover.required.dtype, cover.required.shape)
        return (*numbers, *(getattr(cover, f.name) for f in dataclasses.fields(cover)[:4]))

    def prices_of(cover: Cover) -> tuple[object, ...]:
        priced = cover.shortage_points
        alike = priced if isinstance(priced, tuple) else (priced.dtype, priced.tolist())
        return alike, cover.surplus_points

    bare = [dataclasses.replace(problem, cover=()) for problem in (left, right)]
    covers = [[(plain(c), prices_of(c)) for c in problem.cover] for problem in (left, right)]
    return bare[0] == bare[1] and covers[0] == covers[1]


@settings(max_examples=60, deadline=None)
@given(problems())
def test_a_problem_comes_back_as_it_was(problem: Problem) -> None:
    """What is written and read again, through text, is the same problem."""
    text = json.dumps(problem_to_json(problem))
    assert same(problem_from_json(json.loads(text)), problem)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_roster_comes_back_as_it_was(data: st.DataObject) -> None:
    """What is written and read again, through text, is the same roster, clock changes included."""
    problem = data.draw(problems())
    choice = st.integers(-1, len(problem.shifts) - 1)
    row = st.lists(choice, min_size=problem.days, max_size=problem.days)
    rows = [data.draw(row) for _ in problem.officers]
    choices: Choices = np.array(rows, dtype=np.int16).reshape(len(rows), problem.days)
    roster = Roster.from_choices(problem, choices)
    text = json.dumps(roster_to_json(roster, problem))
    assert roster_from_json(json.loads(text), problem) == roster


def example() -> Problem:
    """Two officers, two shifts, three days in London over the clock change of March 2025."""
    first_day = date(2025, 3, 29)
    early, night = Shift("E", "early", 420, 480), Shift("N", "night", 1320, 600)
    frame = Problem("March", first_day, 3, "Europe/London", (early, night), (), ())
    need = Cover(("999",), frozenset({"999"}), frame.instant(0, 0), 15, np.ones(4, dtype=np.int32))
    before = Tour(-1, "E", "early", frame.instant(-1, 420), frame.instant(-1, 900))
    ann = Officer(
        "1",
        "Ann Field",
        frozenset({"999"}),
        480,
        960,
        history=(before,),
        known_from=-1,
        days={1: OfficerDay(shift="E"), 2: OfficerDay()},
        unavailable=(Span(need.start, need.end),),
        preferences=(Preference(0, 5, wants=False),),
        terms={"consecutive_days": {"most": 4}},
        limits=(Limit(Stretch(0, 9), kinds=frozenset({"night"}), closed=(1380, 360)),),
        working_time=WorkingTime(elsewhere=(Elsewhere(Stretch(0, 9), 300),)),
    )
    ben = Officer("2", "Ben Moor", frozenset({"999"}), 0, 960)
    rules = tuple(RULES[code]() for code in ("daily_rest", "weekly_rest", "cover"))
    return dataclasses.replace(
        frame,
        officers=(ann, ben),
        rules=rules,
        cover=(need,),
        shift_cover=(ShiftCover(0, "E", 1, 100, 1),),
        bonds=(Bond("with", "1", ("2",), 30, role="tutor"),),
        authorised=(Authorised("1", "daily_rest", 2, 3, 4),),
    )


def test_files_come_back_as_they_were(tmp_path: Path) -> None:
    """Problem and roster survive the disk, and no draft is left beside them."""
    problem = example()
    roster = Roster.from_choices(problem, np.array([[1, 0, -1], [-1, 1, 1]], dtype=np.int16))
    write_problem(problem, tmp_path / "p.json")
    write_roster(roster, problem, tmp_path / "r.json")
    again = read_problem(tmp_path / "p.json")
    assert same(again, problem)
    assert read_roster(tmp_path / "r.json", again) == roster
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p.json", "r.json"]


def test_two_tours_on_one_day_are_kept() -> None:
    """A roster that is wrong in itself is read as it is, so that the checker can say so."""
    problem = example()
    data = roster_to_json(Roster({"1": (problem.tour(0, 0), problem.tour(0, 1))}), problem)
    assert len(roster_from_json(data, problem).tours["1"]) == 2


def put(data: Any, place: str, value: object) -> None:
    """Set the value at a place such as `officers.0.skills`."""
    *road, last = [int(step) if step.isdigit() else step for step in place.split(".")]
    for step in road:
        data = data[step]
    data[last] = value


REFUSED_PROBLEMS = [
    ("parade", 2, "parade: This form"),
    ("days", True, "days: True stands where a whole number"),
    ("days", 3.0, "days: A number with a fraction stands"),
    ("days", 0, "days: The number must lie"),
    ("days", 10**30, "days: The number must lie"),
    ("first_day", "2025-02-30", 'first_day: "2025-02-30" is not in the calendar'),
    ("first_day", "0001-01-01", "first_day: The year must lie"),
    ("first_day", "20250329", "first_day: "),
    ("zone", "Mars/Olympus", 'zone: The time zone "Mars/Olympus" is unknown'),
    ("zone", "../etc/passwd", "zone: The time zone"),
    ("colour", 1, 'The field "colour" is unknown'),
    ("name", "\ud800", "name: The text holds a control character"),
    ("name", "  ", "name: The text is empty"),
    ("name", "x" * 201, "name: The text is longer"),
    ("shifts.0.start", "25:15", 'shifts[0].start: "25:15" is not a time of day'),
    ("shifts.0.minutes", -5, "shifts[0].minutes: "),
    ("shifts.1.code", "E", 'shifts[1]: The shift "E" stands twice'),
    ("officers.1.id", "1", 'officers[1]: The officer "1" stands twice'),
    ("officers.1.skills", [], "officers[1].skills: An officer needs at least one skill"),
    ("officers.1.skills", ["a", "a"], "officers[1].skills: The list names something twice"),
    ("officers.1.skills", "999", "officers[1].skills: A text stands where a list"),
    ("officers.1.most_minutes", -1, "officers[1].most_minutes: "),
    ("officers.0.most_minutes", 479, "officers[0].most_minutes: The most minutes are fewer"),
    ("officers.1.team", 0, "officers[1].team: A number stands where a text"),
    ("officers.1.known_from", 1, "officers[1].known_from: "),
    ("officers.0.known_from", 0, "officers[0].history: The history must lie between the first"),
    ("officers.0.history.0.day", -2, "officers[0].history[0].day: The shift starts on day -1"),
    ("officers.0.history.0.end", "2025-03-28T07:00:00Z", "officers[0].history[0].end: "),
    ("officers.0.days", {"7": {"rest": True}}, 'officers[0].days["7"]: The number must lie'),
    ("officers.0.days", {"01": {"rest": True}}, 'officers[0].days["01"]: "01" is not'),
    ("officers.0.days", {"1": {}}, 'officers[0].days["1"]: A fixed day has exactly one'),
    ("officers.0.days", {"1": {"rest": False}}, 'officers[0].days["1"].rest: '),
    ("officers.0.days", {"1": {"shift": "X"}}, '"X" is not a shift of this problem'),
    ("officers.0.days", {"1": {"kind": "late"}}, '"late" is not a kind of shift here'),
    ("officers.0.unavailable.0.end", "2025-03-01T00:00:00Z", "unavailable[0].end: "),
    ("officers.0.unavailable.0.end", "2025-03-29T07:00:00+01:00", "is not a UTC time"),
    ("officers.0.unavailable.0.end", "2025-03-29T07:00:30Z", "is not a UTC time"),
    ("officers.0.preferences.0.points", 0, "officers[0].preferences[0].points: "),
    ("officers.0.preferences.0.wants", 1, "officers[0].preferences[0].wants: A number stands"),
    ("officers.0.preferences.0.shifts", ["X"], "preferences[0].shifts[0]: "),
    ("officers.0.terms", {"cover": {}}, "officers[0].terms.cover: There is no rule"),
    ("officers.0.terms", {"weekly_rest": {"mode": "36in9"}}, "terms.weekly_rest.mode: "),
    ("officers.0.terms", {"consecutive_days": {"least": 1}}, 'The field "least" is unknown'),
    ("officers.0.terms", {"consecutive_days": {"weight": 1}}, 'The field "weight" is unknown'),
    ("officers.0.limits.0", {"first": 0, "last": 3}, "limits[0]: The limit does not say"),
    ("officers.0.limits.0.last", -1, "limits[0].last: The last day comes before the first."),
    ("officers.0.limits.0.closed", ["23:00"], "limits[0].closed: Give two times of day"),
    ("officers.0.limits.0.weekdays", [7], "limits[0].weekdays[0]: The number must lie"),
    ("officers.0.limits.0.why", "x", 'limits[0]: The field "why" is unknown'),
    ("officers.0.working_time.elsewhere.0.weekly_minutes", -5, "elsewhere[0].weekly_minutes: "),
    ("officers.0.told", {"7": {"shift": None, "notice": 3}}, 'told["7"]: The number must lie'),
    ("officers.0.told", {"1": {"shift": "X", "notice": 3}}, 'told["1"].shift: "X" is not'),
    ("officers.0.told", {"1": {"shift": None}}, 'told["1"]: The field "notice" is missing'),
    ("officers.0.days", {"1": {"free": False}}, 'officers[0].days["1"].free: A free day is'),
    ("rules.0.code", "tea_break", 'rules[0].code: "tea_break" is not a rule'),
    ("rules.0.tea", 1, 'rules[0]: The field "tea" is unknown'),
    ("rules.0.minutes", True, "rules[0].minutes: True stands"),
    ("rules.1.mode", "36in9", "rules[1].mode: "),
    ("rules.2.weight", [5, 4], "rules[2].weight: The prices may not fall"),
    ("rules.2.weight", -1, "rules[2].weight: "),
    ("rules.2", {"code": "cover", "weight": "hard"}, "rules[2].weight: "),
    ("rules.2", {"code": "cover", "weight": None}, "rules[2].weight: "),
    ("rules.2", {"code": "cover", "weight": [1, 2]}, "rules[2].weight: Cover is priced"),
    ("rules.2.code", "daily_rest", "rules[2]"),
    ("rules.2", {"code": "apart", "weight": [2, 1]}, "rules[2].weight: The prices may not fall"),
    ("authorised.0.officer", "9", 'authorised[0].officer: "9" is not an officer; known are'),
    ("authorised.0.rule", "sleep", 'authorised[0].rule: "sleep" is not a rule in force'),
    ("authorised.0.excess", 0, "authorised[0].excess: "),
    ("bonds.0.kind", "near", 'bonds[0].kind: "near" is not a kind of bond'),
    ("bonds.0.officer", "9", 'bonds[0].officer: "9" is not an officer of this problem'),
    ("bonds.0.others", ["9"], 'bonds[0].others[0]: "9" is not an officer of this problem'),
    ("bonds.0.others", [], "bonds[0]: A bond needs one other officer or more"),
    ("bonds.0.others", ["2", "1"], "bonds[0]: A bond names an officer twice"),
    ("bonds.0.minutes", -1, "bonds[0].minutes: "),
    ("bonds.0.first", 0.5, "bonds[0].first: "),
    ("bonds.0.role", "", "bonds[0].role: The text is empty"),
    ("cover.0.required", [1, -1], "cover[0].required[1]: "),
    ("cover.0.required", [1, 0.5], "cover[0].required[1]: "),
    ("cover.0.skills", [], "cover[0].skills: "),
    ("cover.0.shortage_points", [], "cover[0].shortage_points: "),
    ("cover.0.shortage_points", {"prices": [[1]]}, "cover[0].shortage_points: "),
    (
        "cover.0.shortage_points",
        {"prices": [], "by_interval": []},
        "cover[0].shortage_points.prices: Give one list of prices or more",
    ),
    (
        "cover.0.shortage_points",
        {"prices": [[1], [1, 2]], "by_interval": [0, 0, 0, 1]},
        "cover[0].shortage_points.prices: Give one list of prices or more",
    ),
    (
        "cover.0.shortage_points",
        {"prices": [[2, 1]], "by_interval": [0, 0, 0, 0]},
        "cover[0].shortage_points.prices[0]: The prices may not fall",
    ),
    (
        "cover.0.shortage_points",
        {"prices": [[1, 2]], "by_interval": [0, 0, 0, 1]},
        "cover[0].shortage_points.by_interval[3]: ",
    ),
    (
        "cover.0.shortage_points",
        {"prices": [[1, 2]], "by_interval": [0, 0]},
        "cover[0].shortage_points.by_interval: Prices stand here for 2 of 4 intervals.",
    ),
    ("cover.0.start", "2025-13-01T00:00:00Z", "cover[0].start: "),
    ("shift_cover.0.shift", "X", "shift_cover[0].shift: "),
    ("shift_cover.0.day", 3, "shift_cover[0].day: "),
]


@pytest.mark.parametrize(("place", "value", "words"), REFUSED_PROBLEMS)
def test_a_wrong_problem_is_refused_by_place(place: str, value: object, words: str) -> None:
    """One wrong value is refused with file, place and reason."""
    data = copy.deepcopy(problem_to_json(example()))
    put(data, place, value)
    with pytest.raises(InputError) as caught:
        problem_from_json(data, "problem.json")
    assert str(caught.value).startswith("problem.json")
    assert words in str(caught.value)


@pytest.mark.parametrize("place", ["name", "officers.0.id", "rules.0.code", "cover.0.start"])
def test_a_missing_field_is_named(place: str) -> None:
    """A required field that is not there is named, with the object it is missing from."""
    data: Any = copy.deepcopy(problem_to_json(example()))
    *road, last = place.split(".")
    inside = data
    for step in road:
        inside = inside[int(step)] if step.isdigit() else inside[step]
    del inside[last]
    with pytest.raises(InputError, match=f'The field "{last}" is missing'):
        problem_from_json(data)


REFUSED_ROSTERS = [
    ("problem", "April", 'problem: The roster is of "April", the problem is "March"'),
    ("tours.0.officer", "9", 'tours[0].officer: "9" is not an officer'),
    ("tours.0.shift", "X", 'tours[0].shift: "X" is not a shift'),
    (
        "tours.0.start",
        "2025-03-29T08:00:00Z",
        "tours[0]: Shift E on Saturday 29 March starts at 2025-03-29T07:00:00Z and ends at "
        "2025-03-29T15:00:00Z.",
    ),
    ("tours.0.end", "2025-03-29T15:15:00Z", "tours[0]: Shift E on Saturday 29 March starts at"),
    ("tours.0.start", "2025-04-29T07:00:00Z", "tours[0].start: The tour starts on Tuesday 29"),
    ("tours.0", 7, "tours[0]: A number stands where an object"),
    ("tours", {}, "tours: An object stands where a list"),
]


@pytest.mark.parametrize(("place", "value", "words"), REFUSED_ROSTERS)
def test_a_wrong_roster_is_refused_by_place(place: str, value: object, words: str) -> None:
    """A roster that does not fit its problem is refused with the place and what it should be."""
    problem = example()
    data = copy.deepcopy(roster_to_json(Roster({"1": (problem.tour(0, 0),)}), problem))
    put(data, place, value)
    with pytest.raises(InputError) as caught:
        roster_from_json(data, problem, "roster.json")
    assert str(caught.value).startswith("roster.json, ")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "The file is not JSON"),
        (b'{"parade": 1,\n "name": }', "line 2: The file is not JSON"),
        (b'{"parade', "unterminated string starting at column 2."),
        (b'{"parade": NaN}', "NaN is not a number in JSON"),
        (b'{"parade": -Infinity}', "-Infinity is not a number"),
        (b'{"parade": 1e999}', "parade: A number with a fraction"),
        (b'{"parade": ' + b"9" * 5000 + b"}", "a number that is too long"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"parade": 1, "parade": 1}', 'The field "parade" stands twice'),
        (b'{"parade": 1, "name": "\n\xff"}', "line 2: The file is not UTF-8"),
        (b"[]", "A list stands where an object is needed"),
        (b"{}", 'The field "parade" is missing'),
        (b"null", "Nothing (null) stands"),
    ],
)
def test_what_is_not_strict_json_is_refused(tmp_path: Path, raw: bytes, words: str) -> None:
    """Bytes that are no strict JSON of ours give one sentence that names the file."""
    path = tmp_path / "problem.json"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_problem(path)
    assert str(caught.value).startswith(str(path))
    assert words in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Reading nothing, a folder, or writing into no folder names the file and the reason."""
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_problem(tmp_path / "none.json")
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        read_problem(tmp_path)
    with pytest.raises(InputError, match="cannot be written: No such file"):
        write_problem(example(), tmp_path / "none" / "p.json")
