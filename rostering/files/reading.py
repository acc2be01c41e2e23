"""Problems and rosters made of plain data, every value checked and every refusal placed."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from rostering.authorised import Authorised
from rostering.dials import DIALS, Dials, Level, levels_of
from rostering.files.bonds import bond_from
from rostering.files.days import day_from, local_day
from rostering.files.limits import (
    FURTHEST_BACK,
    LONGEST_SHIFT,
    MOST_DAYS,
    MOST_ITEMS,
    MOST_OFFICERS,
    MOST_PEOPLE,
    MOST_SHIFTS,
    optional,
)
from rostering.files.node import Node, quoted
from rostering.files.officers import officer_from
from rostering.files.rule_data import price_steps, rule_from
from rostering.files.writing import VERSION, instant_text
from rostering.problem import MINUTES_A_DAY, Cover, Problem, Roster, Shift, ShiftCover, Tour
from rostering.rules.base import LARGEST, Dial
from rostering.words import day_words


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
        cover=tuple(_cover(item) for item in optional(found, "cover")),
        dials=_dials(found["dials"], found["rules"]) if "dials" in found else None,
    )
    _all_unlike(found["shifts"], [shift.code for shift in frame.shifts], "shift")
    _all_unlike(found["rules"], [rule.code for rule in frame.rules], "rule")
    needs = tuple(_shift_cover(item, frame) for item in optional(found, "shift_cover"))
    officers = tuple(officer_from(item, frame) for item in found["officers"].items(MOST_OFFICERS))
    _all_unlike(found["officers"], [officer.id for officer in officers], "officer")
    staffed = dataclasses.replace(frame, officers=officers, shift_cover=needs)
    bonds = tuple(bond_from(item, staffed) for item in optional(found, "bonds"))
    allowed = tuple(_authorised(item, staffed) for item in optional(found, "authorised"))
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
        day=day_from(found["day"], problem),
        shift=found["shift"].one_of(problem.shift_index, "a shift of this problem"),
        required=found["required"].whole(0, MOST_PEOPLE),
        shortage_points=found["shortage_points"].whole(0, LARGEST),
        surplus_points=found["surplus_points"].whole(0, LARGEST),
    )


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
