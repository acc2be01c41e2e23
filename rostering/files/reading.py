"""Problems and rosters made of plain data, every value checked and every refusal placed."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from rostering.authorised import Authorised
from rostering.dials import DIALS, Dials, Level, levels_of
from rostering.errors import InputError
from rostering.files.bonds import bond_from
from rostering.files.long_wishes import long_wish_from
from rostering.files.node import Node, quoted
from rostering.files.personal import limit_from, working_time_from
from rostering.files.portions import portion_from
from rostering.files.rule_data import price_steps, rule_from, terms_from
from rostering.files.writing import VERSION, instant_text
from rostering.personal import UNSAID, WorkingTime
from rostering.problem import (
    MINUTES_A_DAY,
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
from rostering.rules.base import LARGEST, Dial
from rostering.words import day_words

MOST_DAYS = 400
MOST_SHIFTS = 1_000
MOST_OFFICERS = 20_000
MOST_ITEMS = 1_000_000
MOST_PEOPLE = 100_000
LONGEST_SHIFT = 2 * MINUTES_A_DAY
FURTHEST_BACK = -4_000


def problem_from_json(value: object, path: str | None = None) -> Problem:
    """Make a problem of plain data as `problem_to_json` gives it.

    Args:
        value: the data.
        path: the file to name in an error.

    Raises:
        InputError: when anything in it cannot be used.
    """
    node = Node(value, "", path)
    _version(node)
    found = node.fields(
        ["parade", "name", "first_day", "days", "zone", "shifts", "officers", "rules"],
        ["cover", "shift_cover", "bonds", "authorised", "dials"],
    )
    frame = Problem(
        name=found["name"].text(),
        first_day=found["first_day"].date(),
        days=found["days"].whole(1, MOST_DAYS),
        zone=found["zone"].zone(),
        shifts=tuple(_shift(item) for item in found["shifts"].items(MOST_SHIFTS)),
        officers=(),
        rules=tuple(rule_from(item) for item in found["rules"].items(MOST_SHIFTS)),
        cover=tuple(_cover(item) for item in _optional(found, "cover")),
        dials=_dials(found["dials"], found["rules"]) if "dials" in found else None,
    )
    _all_unlike(found["shifts"], [shift.code for shift in frame.shifts], "shift")
    _all_unlike(found["rules"], [rule.code for rule in frame.rules], "rule")
    needs = tuple(_shift_cover(item, frame) for item in _optional(found, "shift_cover"))
    officers = tuple(_officer(item, frame) for item in found["officers"].items(MOST_OFFICERS))
    _all_unlike(found["officers"], [officer.id for officer in officers], "officer")
    staffed = dataclasses.replace(frame, officers=officers, shift_cover=needs)
    bonds = tuple(bond_from(item, staffed) for item in _optional(found, "bonds"))
    allowed = tuple(_authorised(item, staffed) for item in _optional(found, "authorised"))
    return dataclasses.replace(staffed, bonds=bonds, authorised=allowed)


def _dials(node: Node, rules: Node) -> Dials:
    found = node.fields(["levels", "as_set"])
    said = found["levels"].fields([], DIALS)
    levels: dict[Dial, Level] = {
        dial: levels_of(dial)[_place(said[dial], levels_of(dial))] for dial in DIALS if dial in said
    }
    as_set = tuple(rule_from(item) for item in found["as_set"].items(MOST_SHIFTS))
    codes = [rule_from(item).code for item in rules.items(MOST_SHIFTS)]
    if [rule.code for rule in as_set] != codes:
        raise found["as_set"].refused("Give the rules of the problem, in the same order.")
    return Dials(levels, as_set)


def _place(node: Node, known: Sequence[str]) -> int:
    return known.index(node.one_of(known, "a level of this dial"))


def _authorised(node: Node, problem: Problem) -> Authorised:
    found = node.fields(["officer", "rule", "first", "last", "excess"])
    return Authorised(
        officer=found["officer"].one_of(problem.officer_index, "an officer"),
        rule=found["rule"].one_of([rule.code for rule in problem.rules], "a rule in force"),
        first=found["first"].whole(FURTHEST_BACK, MOST_DAYS),
        last=found["last"].whole(FURTHEST_BACK, MOST_DAYS),
        excess=found["excess"].whole(1, LARGEST),
    )


def _version(node: Node) -> None:
    version = node.entries().get("parade")
    if version is None:
        raise node.refused('The field "parade" is missing: this is not a file of Parade.')
    if version.whole(1, LARGEST) != VERSION:
        raise version.refused(f"This form of file is not known; the known one is {VERSION}.")


def _optional(found: dict[str, Node], key: str) -> list[Node]:
    return found[key].items(MOST_ITEMS) if key in found else []


def _all_unlike(node: Node, names: Collection[str], what: str) -> None:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            raise node.items(MOST_ITEMS)[index].refused(f"The {what} {quoted(name)} stands twice.")
        seen.add(name)


def _shift(node: Node) -> Shift:
    found = node.fields(["code", "kind", "start", "minutes"], ["skills"])
    return Shift(
        code=found["code"].text(),
        kind=found["kind"].text(),
        start=found["start"].clock(),
        minutes=found["minutes"].whole(1, LONGEST_SHIFT),
        skills=found["skills"].texts() if "skills" in found else frozenset(),
    )


def _cover(node: Node) -> Cover:
    found = node.fields(
        ["queues", "skills", "start", "interval_minutes", "required"],
        ["shortage_points", "surplus_points", "role"],
    )
    skills = found["skills"].texts()
    if not skills:
        raise found["skills"].refused("Cover needs at least one skill that counts.")
    required = [item.whole(0, MOST_PEOPLE) for item in found["required"].items(MOST_ITEMS)]
    cover = Cover(
        queues=tuple(item.text() for item in found["queues"].items(100)),
        skills=skills,
        start=found["start"].instant(),
        interval_minutes=found["interval_minutes"].whole(1, MINUTES_A_DAY),
        required=np.array(required, dtype=np.int32),
    )
    if "shortage_points" in found:
        priced = _shortage_points(found["shortage_points"], len(required))
        cover = dataclasses.replace(cover, shortage_points=priced)
    if "surplus_points" in found:
        cover = dataclasses.replace(cover, surplus_points=found["surplus_points"].whole(0, LARGEST))
    if "role" in found and found["role"].value != "":
        cover = dataclasses.replace(cover, role=found["role"].text())
    return cover


def _shortage_points(node: Node, intervals: int) -> tuple[int, ...] | npt.NDArray[np.int32]:
    """Read one list of prices, or the lists that there are and which of them each interval has."""
    if isinstance(node.value, list):
        return price_steps(node)
    found = node.fields(["prices", "by_interval"])
    rows = [price_steps(item) for item in found["prices"].items(MOST_ITEMS)]
    if not rows or len(set(map(len, rows))) > 1:
        raise found["prices"].refused("Give one list of prices or more, all of the same length.")
    which = [item.whole(0, len(rows) - 1) for item in found["by_interval"].items(MOST_ITEMS)]
    if len(which) != intervals:
        raise found["by_interval"].refused(
            f"Prices stand here for {len(which)} of {intervals} intervals."
        )
    return np.array(rows, dtype=np.int32)[which]


def _shift_cover(node: Node, problem: Problem) -> ShiftCover:
    found = node.fields(["day", "shift", "required", "shortage_points", "surplus_points"])
    return ShiftCover(
        day=_day(found["day"], problem),
        shift=found["shift"].one_of(problem.shift_index, "a shift of this problem"),
        required=found["required"].whole(0, MOST_PEOPLE),
        shortage_points=found["shortage_points"].whole(0, LARGEST),
        surplus_points=found["surplus_points"].whole(0, LARGEST),
    )


def _day(node: Node, problem: Problem) -> int:
    return node.whole(0, problem.days - 1)


# --- officers -----------------------------------------------------------------------------------


def _officer(node: Node, problem: Problem) -> Officer:
    found = node.fields(
        ["id", "name", "skills", "least_minutes", "most_minutes"],
        [
            *("team", "known_from", "history", "days", "unavailable", "preferences", "terms"),
            *("limits", "working_time", "told", "long_wishes", "wish_percent", "portions"),
        ],
    )
    history = tuple(history_tour(item, problem) for item in _optional(found, "history"))
    first_known = min([0, *(tour.day for tour in history)])
    if "known_from" in found:
        first_known = found["known_from"].whole(FURTHEST_BACK, 0)
    most = problem.days * MINUTES_A_DAY
    try:
        officer = Officer(
            id=found["id"].text(),
            name=found["name"].text(),
            skills=found["skills"].texts(),
            least_minutes=found["least_minutes"].whole(0, most),
            most_minutes=found["most_minutes"].whole(0, most),
            history=history,
            known_from=first_known,
            days=officer_days(found["days"], problem) if "days" in found else {},
            unavailable=tuple(span(item) for item in _optional(found, "unavailable")),
            preferences=tuple(preference(it, problem) for it in _optional(found, "preferences")),
            terms=terms_from(found["terms"]) if "terms" in found else {},
            team=_team(found),
            limits=tuple(limit_from(item) for item in _optional(found, "limits")),
            working_time=_working_time(found),
            told=_told_days(found["told"], problem) if "told" in found else {},
            long_wishes=tuple(
                long_wish_from(item, problem) for item in _optional(found, "long_wishes")
            ),
            wish_percent=_wish_percent(found),
            portions=tuple(portion_from(it, problem) for it in _optional(found, "portions")),
        )
    except InputError as error:
        raise error if error.where else found["history"].refused(error.message) from error
    _check_officer(officer, found, problem)
    return officer


def _team(found: dict[str, Node]) -> str | None:
    given = "team" in found and found["team"].value is not None
    return found["team"].text() if given else None


def _working_time(found: dict[str, Node]) -> WorkingTime:
    return working_time_from(found["working_time"]) if "working_time" in found else UNSAID


def _wish_percent(found: dict[str, Node]) -> int:
    return found["wish_percent"].whole(1, LARGEST) if "wish_percent" in found else 100


def _check_officer(officer: Officer, found: dict[str, Node], problem: Problem) -> None:
    """Refuse what no single field shows."""
    if officer.most_minutes < officer.least_minutes:
        raise found["most_minutes"].refused("The most minutes are fewer than the least.")
    if not officer.skills and (problem.cover or any(shift.skills for shift in problem.shifts)):
        raise found["skills"].refused("An officer needs at least one skill.")


def history_tour(node: Node, problem: Problem) -> Tour:
    """Read a shift worked before the period."""
    found = node.fields(["day", "code", "kind", "start", "end"])
    tour = Tour(
        day=found["day"].whole(FURTHEST_BACK, -1),
        code=found["code"].text(),
        kind=found["kind"].text(),
        start=found["start"].instant(),
        end=found["end"].instant(),
    )
    if not 0 < tour.minutes <= LONGEST_SHIFT + 120:
        raise found["end"].refused("The end must come after the start, within two days.")
    if tour.day != local_day(problem, tour.start):
        raise found["day"].refused(
            f"The shift starts on day {local_day(problem, tour.start)} in {problem.zone}; "
            "a shift belongs to the day it starts on."
        )
    return tour


def local_day(problem: Problem, instant: int) -> int:
    """The local day in which an instant lies, counted from the first of the period."""
    local = datetime.fromtimestamp(instant * 60, tz=UTC).astimezone(ZoneInfo(problem.zone))
    return (local.date() - problem.first_day).days


def officer_days(node: Node, problem: Problem) -> dict[int, OfficerDay]:
    """Read officer-days that are not free, by number of the day."""
    return {day: _officer_day(item, problem) for day, item in _by_day(node, problem)}


def _by_day(node: Node, problem: Problem) -> Iterator[tuple[int, Node]]:
    """Days of the period and what stands under each, by number of the day."""
    for key, item in node.entries().items():
        if not (key.isascii() and key.isdecimal() and str(int(key[:9])) == key):
            raise item.refused(f"{quoted(key)} is not the number of a day.")
        yield _day(Node(int(key), item.where, item.path), problem), item


def _told_days(node: Node, problem: Problem) -> dict[int, Told]:
    return {day: _told(item, problem) for day, item in _by_day(node, problem)}


def _told(node: Node, problem: Problem) -> Told:
    found = node.fields(["shift", "notice"], ["percent"])
    rests = found["shift"].value is None
    codes = problem.shift_index
    return Told(
        shift=None if rests else found["shift"].one_of(codes, "a shift of this problem"),
        notice=found["notice"].whole(FURTHEST_BACK, -FURTHEST_BACK),
        percent=found["percent"].whole(0, 1_000) if "percent" in found else 0,
    )


def _officer_day(node: Node, problem: Problem) -> OfficerDay:
    found = node.fields([], ["shift", "kind", "rest", "free"])
    if len(found) != 1:
        raise node.refused("A fixed day has exactly one of shift, kind, rest and free.")
    if "shift" in found:
        codes = problem.shift_index
        return OfficerDay(shift=found["shift"].one_of(codes, "a shift of this problem"))
    if "kind" in found:
        return OfficerDay(kind=found["kind"].one_of(_kinds(problem), "a kind of shift here"))
    ((what, given),) = found.items()
    if not given.flag():
        raise given.refused(f"A {what} day is written as true; leave a day that may change out.")
    return OfficerDay(free=what == "free")


def _kinds(problem: Problem) -> set[str]:
    return {shift.kind for shift in problem.shifts}


def span(node: Node) -> Span:
    """Read a stretch of time."""
    found = node.fields(["start", "end"])
    read = Span(found["start"].instant(), found["end"].instant())
    if read.end <= read.start:
        raise found["end"].refused("The end must come after the start.")
    return read


def preference(node: Node, problem: Problem) -> Preference:
    """Read a wish about one day."""
    found = node.fields(["day", "points", "wants"], ["shifts", "kinds"])
    wish = Preference(
        day=_day(found["day"], problem),
        points=found["points"].whole(1, LARGEST),
        wants=found["wants"].flag(),
    )
    if "shifts" in found:
        codes = found["shifts"].some_of(problem.shift_index, "a shift of this problem")
        wish = dataclasses.replace(wish, shifts=codes)
    if "kinds" in found:
        kinds = found["kinds"].some_of(_kinds(problem), "a kind of shift here")
        wish = dataclasses.replace(wish, kinds=kinds)
    return wish


# --- rosters ------------------------------------------------------------------------------------


def roster_from_json(value: object, problem: Problem, path: str | None = None) -> Roster:
    """Make a roster of plain data as `roster_to_json` gives it; every officer has an entry.

    Args:
        value: the data.
        problem: what the roster is of.
        path: the file to name in an error.

    Raises:
        InputError: when anything in it cannot be used or does not fit the problem.
    """
    node = Node(value, "", path)
    _version(node)
    found = node.fields(["parade", "problem", "tours"])
    if found["problem"].text() != problem.name:
        raise found["problem"].refused(
            f"The roster is of {quoted(found['problem'].text())}, the problem is "
            f"{quoted(problem.name)}."
        )
    tours: dict[str, list[Tour]] = {officer.id: [] for officer in problem.officers}
    for item in found["tours"].items(MOST_ITEMS):
        officer, tour = _tour(item, problem)
        tours[officer].append(tour)
    return Roster(
        {officer: tuple(sorted(line, key=lambda t: t.start)) for officer, line in tours.items()}
    )


def _tour(node: Node, problem: Problem) -> tuple[str, Tour]:
    found = node.fields(["officer", "shift", "start", "end"])
    officer = found["officer"].one_of(problem.officer_index, "an officer of this problem")
    code = found["shift"].one_of(problem.shift_index, "a shift of this problem")
    start, end = found["start"].instant(), found["end"].instant()
    shift = problem.shift_index[code]
    day = local_day(problem, start)
    if not 0 <= day < problem.days:
        raise found["start"].refused(
            f"The tour starts on {day_words(problem, day)}, outside the rota period."
        )
    tour = problem.tour(day, shift)
    if (tour.start, tour.end) != (start, end):
        raise node.refused(
            f"Shift {code} on {day_words(problem, day)} starts at {instant_text(tour.start)} and "
            f"ends at {instant_text(tour.end)}."
        )
    return officer, tour
