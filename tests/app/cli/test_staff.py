"""The staff file and the made-up officers: read strictly, and turned into officers of a problem."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.cli.made_up import made_up_staff
from app.cli.officers import officers_of, shifts_of
from app.cli.staff import Staff, read_staff, staff_number
from rostering.assumed import assumed_shifts, kind_of
from rostering.errors import InputError
from rostering.personal import Elsewhere, Limit, Stretch, WorkingTime
from rostering.problem import OfficerDay, Preference, Problem, Span, Tour
from rostering.rulebooks import load_rulebook


def entry(**changes: object) -> dict[str, object]:
    """A plain officer with changes."""
    return {"id": "1", "name": "Ann Field", "skills": ["999"], "hours_per_week": 37} | changes


def read(folder: Path, data: object) -> Staff:
    """Write and read a staff file."""
    path = folder / "staff.json"
    path.write_text(json.dumps(data))
    return read_staff(str(path))


def read_whole(folder: Path, officer: object) -> None:
    """Read a staff file of one officer and bring it into a problem."""
    staff = read(folder, [officer])
    officers_of(staff, frame(staff), str(folder / "staff.json"))


def frame(staff: Staff) -> Problem:
    """Two weeks in London over the clock change of March 2025."""
    rules = load_rulebook()
    return Problem("March", date(2025, 3, 24), 14, "Europe/London", shifts_of(staff), (), rules)


def test_an_officer_comes_over_whole(tmp_path: Path) -> None:
    """Everything a staff file says of an officer stands in the problem, days as numbers."""
    staff = read(
        tmp_path,
        [
            entry(
                team="A",
                unavailable=[
                    {"start": "2025-03-30", "end": "2025-03-30"},
                    {"start": "2025-04-01T08:00:00+01:00", "end": "2025-04-01T10:00:00Z"},
                ],
                preferences=[
                    {"date": "2025-03-29", "points": 3},
                    {"date": "2025-03-24", "wants": True, "kinds": ["early"]},
                    {"date": "2025-05-24"},
                ],
                days={"2025-03-25": {"rest": True}, "2025-03-26": {"shift": "E0700-8h"}},
                history=[{"start": "2025-03-23T22:00:00Z", "end": "2025-03-24T06:00:00Z"}],
                terms={"consecutive_days": {"most": 4}},
            )
        ],
    )
    problem = frame(staff)
    officer = officers_of(staff, problem, "staff.json")[0]
    midnight = problem.instant(6, 0)
    assert officer.unavailable[0] == Span(midnight, midnight + 23 * 60)
    assert officer.unavailable[1].end - officer.unavailable[1].start == 180
    assert officer.preferences == (
        Preference(5, 3, wants=False),
        Preference(0, 5, wants=True, kinds=frozenset({"early"})),
    )
    assert officer.days == {1: OfficerDay(), 2: OfficerDay(shift="E0700-8h")}
    start = problem.instant(-1, 22 * 60)
    assert officer.history == (Tour(-1, "worked", "night", start, start + 480),)
    assert (officer.known_from, officer.team) == (-1, "A")
    assert officer.terms == {"consecutive_days": {"most": 4}}
    due = 37 * 60 * 13 / 7
    assert (officer.least_minutes, officer.most_minutes) == (round(due) - 300, round(due) + 300)


def test_own_terms_of_a_staff_file_limit_an_officer(tmp_path: Path) -> None:
    """What somebody cannot do holds on its days, a skill not counted on is gone, days are free."""
    own = [
        {"term": "time", "from": "2025-03-26", "until": "2025-04-01", "value": "23:00-06:00"},
        {"term": "free", "from": "2020-01-01", "weekdays": "fri"},
        {"term": "skill", "from": "2025-04-06", "value": "999"},
        {"term": "opt_out", "from": "2020-01-01", "until": "2025-03-24", "value": "7"},
        {"term": "other_job", "from": "2025-03-24", "value": "8"},
    ]
    days = {"2025-03-27": {"free": True}}
    officer = entry(skills=["999", "101"], own_terms=own, days=days)
    staff = read(tmp_path, [officer])
    (found,) = officers_of(staff, frame(staff), "staff.json")
    assert found.skills == {"101"}
    assert found.limits == (Limit(Stretch(2, 7), closed=(1380, 360)),)
    assert found.days == dict.fromkeys((3, 4, 11), OfficerDay(free=True))
    assert found.working_time == WorkingTime(
        opted_out=(Stretch(-366, -1),), elsewhere=(Elsewhere(Stretch(0, 13), 480),)
    )


def test_shifts_may_be_given(tmp_path: Path) -> None:
    """Shift templates of the staff file take the place of the assumed ones; kind goes by start."""
    shift = {"code": "X", "start": "21:30", "minutes": 600}
    staff = read(tmp_path, {"officers": [entry()], "shifts": [shift]})
    assert [(s.code, s.kind, s.start, s.minutes) for s in shifts_of(staff)] == [
        ("X", "night", 1290, 600)
    ]


OWN = {"term": "time", "from": "2025-03-24", "value": "23:00-06:00"}
REFUSED = [
    (entry(own_terms=[OWN | {"term": "mood"}]), "own_terms[0]: There is no term"),
    (entry(own_terms=[OWN | {"value": "late"}]), "own_terms[0]: Give a time of day such as"),
    (entry(own_terms=[OWN | {"until": "2025-03-24"}]), "own_terms[0]: The day until which"),
    (entry(own_terms=[OWN | {"why": "x"}]), 'own_terms[0]: The field "why" is unknown.'),
    (entry(skills=[]), "officers[0].skills: An officer needs at least one skill."),
    ({"id": "1", "hours_per_week": 37}, "officers[0].skills: An officer needs at least one skill."),
    (entry(skills=["a+b"]), 'officers[0].skills[0]: A skill may not hold "+"'),
    (entry(skills="999"), "officers[0].skills: A list is needed here."),
    (entry(hours_per_week=0), "officers[0].hours_per_week: The number must be more than 0."),
    (entry(hours_per_week=169), "officers[0].hours_per_week: The number must be at most 168."),
    (entry(hours_per_week="37"), "officers[0].hours_per_week: A number is needed here."),
    (entry(hours_per_week=True), "officers[0].hours_per_week: A number is needed here."),
    (entry(shoe_size=9), 'officers[0]: The field "shoe_size" is unknown.'),
    (entry(id=7), "officers[0].id: A text is needed here."),
    (entry(id=""), "officers[0].id: The text is empty."),
    (entry(id="x" * 201), "officers[0].id: The text is longer than 200 characters."),
    (entry(preferences=[{"date": "2025-03-24", "points": 2.5}]), "A whole number is needed here."),
    (entry(preferences=[{"date": "2025-03-24", "wants": 1}]), "True or false is needed here."),
    (entry(days={"2025-13-09": {"rest": True}}), "days: Not every key is a date such as"),
    (entry(days={"2025-12-09": {"rest": False}}), "days.2025-12-09.rest: Only true may stand"),
    (entry(history=[{"start": "2025-03-23T22:00", "end": "x"}]), "[0].start: A time with an"),
    (entry(name="\n"), "officers[0].name: The text is empty"),
    (entry(unavailable=[{"start": "2025-03-30", "end": "soon"}]), "unavailable[0].end: "),
    (entry(unavailable=[{"start": "2025-03-30", "end": "9999-12-31"}]), "unavailable[0].end: "),
    (
        entry(history=[{"start": "0001-01-01T00:00:00Z", "end": "2025-03-23T00:00:00Z"}]),
        "[0].start",
    ),
    (entry(unavailable=[{"start": "2025-03-30T08:00", "end": "2025-03-31"}]), "[0].start: "),
    (entry(unavailable=[{"start": "2025-03-30", "end": "2025-03-29"}]), "must come after"),
    (
        entry(preferences=[{"date": "2025-02-30"}]),
        "officers[0].preferences[0].date: A date such as 2025-06-02 is needed here.",
    ),
    (entry(preferences=[{"date": "2025-03-24", "points": 0}]), "preferences[0].points: "),
    (entry(preferences=[{"date": "2025-03-24", "kinds": ["dawn"]}]), 'There is no kind "dawn"'),
    (entry(days={"2025-03-24": {}}), "A fixed day has exactly one of shift, kind, rest and free."),
    (entry(days={"2025-03-24": {"shift": "Q"}}), 'There is no shift "Q"'),
    (entry(history=[{"start": "2025-03-24T08:00:00Z", "end": "2025-03-24T16:00:00Z"}]), "pin it"),
    (entry(terms={"tea_break": {"most": 1}}), "officers[0].terms.tea_break: There is no rule"),
    (entry(terms={"daily_rest": {"minutes": -1}}), "officers[0].terms.daily_rest.minutes: "),
]


@pytest.mark.parametrize(("data", "words"), REFUSED)
def test_a_wrong_officer_is_refused_by_field(
    data: dict[str, object], words: str, tmp_path: Path
) -> None:
    """One wrong field gives one sentence with file and field."""
    with pytest.raises(InputError) as caught:
        read_whole(tmp_path, data)
    said = str(caught.value)
    assert said.startswith(str(tmp_path / "staff.json"))
    assert words in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "The list of officers is empty."),
        ({"people": []}, 'The field "officers" is missing.'),
        ([entry(), entry()], 'officers[1]: "1" stands twice.'),
        ({"officers": [entry()], "shifts": [{"code": "X"}]}, 'shifts[0]: The field "start"'),
        ({"officers": [entry()], "shifts": []}, "shifts: The list is empty."),
        (
            {"officers": [entry()], "shifts": [{"code": "E", "start": "7:00", "minutes": 480}]},
            'shifts[0].start: A time of day such as "07:00" is needed here.',
        ),
        (60, "A list of officers is needed here."),
        ([1], "officers[0]: An object is needed here."),
    ],
)
def test_a_wrong_staff_file_is_refused(data: object, words: str, tmp_path: Path) -> None:
    """A file that is no staff file says what is missing."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, data)
    assert words in str(caught.value)


@pytest.mark.parametrize("text", ["0", "-3", "2.5", "1e3", "999999", "9" * 400, "nan"])
def test_a_number_out_of_range_is_refused(text: str) -> None:
    """What looks like a number of officers must be a whole one in range."""
    with pytest.raises(InputError, match=r"--staff: .* is not a number of officers"):
        staff_number(text)


def test_a_number_is_told_from_a_file() -> None:
    """A whole number asks for made-up officers, anything else names a file."""
    assert staff_number("60") == 60
    assert staff_number("staff.json") is None


@pytest.mark.parametrize("number", [1, 2, 3, 20, 60, 61])
def test_made_up_officers_are_the_same_each_time_and_serve_every_queue(number: int) -> None:
    """So many officers, ids and names unlike, every skill held, about a fifth part time."""
    workload = {"ems": 300.0, "fire": 60.0, "police": 90.0}
    staff = made_up_staff(number, workload, date(2025, 3, 24), 14)
    assert staff == made_up_staff(number, workload, date(2025, 3, 24), 14)
    officers = officers_of(staff, frame(staff), "made up")
    assert len({officer.id for officer in officers}) == number
    assert len({officer.name for officer in officers}) == number
    assert {skill for officer in officers for skill in officer.skills} == set(workload)
    assert all(officer.id.startswith("made-up-") for officer in officers)
    if number >= 20:
        part_time = sum(entry.hours_per_week < 30 for entry in staff.officers)
        assert part_time == pytest.approx(number / 5, abs=1)
        holders = Counter(skill for officer in officers for skill in officer.skills)
        work = sum(workload.values())
        assert holders["ems"] > holders["police"] >= holders["fire"]
        assert all(holders[skill] / number > hours / work for skill, hours in workload.items())


def test_the_assumed_shifts_cover_the_clock() -> None:
    """At every quarter hour of the day some assumed shift is on duty, and codes are unlike."""
    shifts = assumed_shifts()
    assert len({shift.code for shift in shifts}) == len(shifts)
    on_duty = {minute % 1440 for s in shifts for minute in range(s.start, s.start + s.minutes, 15)}
    assert on_duty == set(range(0, 1440, 15))


@pytest.mark.parametrize(
    ("clock", "kind"),
    [(299, "night"), (300, "early"), (599, "early"), (600, "day"), (839, "day"), (840, "late")],
)
def test_the_kind_goes_by_the_start(clock: int, kind: str) -> None:
    """Kinds change at 05:00, 10:00, 14:00 and 20:00."""
    assert kind_of(clock) == kind
    assert [kind_of(1199), kind_of(1200)] == ["late", "night"]
