"""Officers made of plain data: contract, worked shifts, fixed days, what they asked for."""

from __future__ import annotations

import dataclasses

from rostering.errors import InputError
from rostering.files.days import by_day, day_from, local_day
from rostering.files.limits import FURTHEST_BACK, LONGEST_SHIFT, optional
from rostering.files.long_wishes import long_wish_from
from rostering.files.node import Node
from rostering.files.personal import limit_from, working_time_from
from rostering.files.portions import portion_from
from rostering.files.rule_data import terms_from
from rostering.personal import UNSAID, WorkingTime
from rostering.problem import (
    MINUTES_A_DAY,
    Officer,
    OfficerDay,
    Preference,
    Problem,
    Span,
    Told,
    Tour,
)
from rostering.rules.base import LARGEST


def officer_from(node: Node, problem: Problem) -> Officer:
    """Read an officer of a problem whose days and shifts are known.

    Raises:
        InputError: when anything in it cannot be used.
    """
    found = node.fields(
        ["id", "name", "skills", "least_minutes", "most_minutes"],
        [
            *("team", "known_from", "history", "days", "unavailable", "preferences", "terms"),
            *("limits", "working_time", "told", "long_wishes", "wish_percent", "portions"),
        ],
    )
    history = tuple(_history_tour(item, problem) for item in optional(found, "history"))
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
            days=_officer_days(found["days"], problem) if "days" in found else {},
            unavailable=tuple(_span(item) for item in optional(found, "unavailable")),
            preferences=tuple(_preference(it, problem) for it in optional(found, "preferences")),
            terms=terms_from(found["terms"]) if "terms" in found else {},
            team=_team(found),
            limits=tuple(limit_from(item) for item in optional(found, "limits")),
            working_time=_working_time(found),
            told=_told_days(found["told"], problem) if "told" in found else {},
            long_wishes=tuple(
                long_wish_from(item, problem) for item in optional(found, "long_wishes")
            ),
            wish_percent=_wish_percent(found),
            portions=tuple(portion_from(it, problem) for it in optional(found, "portions")),
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


def _history_tour(node: Node, problem: Problem) -> Tour:
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


def _officer_days(node: Node, problem: Problem) -> dict[int, OfficerDay]:
    """Read officer-days that are not free, by number of the day."""
    return {day: _officer_day(item, problem) for day, item in by_day(node, problem)}


def _told_days(node: Node, problem: Problem) -> dict[int, Told]:
    return {day: _told(item, problem) for day, item in by_day(node, problem)}


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


def _span(node: Node) -> Span:
    """Read a stretch of time."""
    found = node.fields(["start", "end"])
    read = Span(found["start"].instant(), found["end"].instant())
    if read.end <= read.start:
        raise found["end"].refused("The end must come after the start.")
    return read


def _preference(node: Node, problem: Problem) -> Preference:
    """Read a wish about one day."""
    found = node.fields(["day", "points", "wants"], ["shifts", "kinds"])
    wish = Preference(
        day=day_from(found["day"], problem),
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
