"""Wishes about several days as plain data."""

from __future__ import annotations

from rostering.errors import InputError
from rostering.files.node import Node
from rostering.problem import MINUTES_A_DAY, Problem
from rostering.rules.base import LARGEST
from rostering.wishes import DaysWish, LongWish, RunWish

LONGEST_RUN = 366


def long_wish_to_json(wish: LongWish) -> dict[str, object]:
    """A wish as plain data; what it does not say is left out."""
    if isinstance(wish, RunWish):
        limit = "shortest" if wish.longest is None else "longest"
        return {"points": wish.points, "of": wish.of, limit: getattr(wish, limit)}
    said: dict[str, object] = {"points": wish.points, "days": sorted(wish.days)}
    if wish.kinds:
        said |= {"wants": wish.wants, "kinds": sorted(wish.kinds)}
    for name in ("earliest", "latest"):
        if getattr(wish, name) is not None:
            said[name] = getattr(wish, name)
    return said


def long_wish_from(node: Node, problem: Problem) -> LongWish:
    """Read a wish about several days.

    Raises:
        InputError: when it cannot be used, asks nothing or asks two things.
    """
    run, days = ["of", "longest", "shortest"], ["days", "wants", "kinds", "earliest", "latest"]
    found = node.fields(["points"], [*run, *days])
    points = found["points"].whole(1, LARGEST)
    try:
        if "of" in found:
            return _run(found, points)
        return _days(node, found, points, problem)
    except InputError as error:
        raise error if error.where else node.refused(error.message) from error


def _run(found: dict[str, Node], points: int) -> RunWish:
    is_work = found["of"].one_of(("work", "rest"), "work or rest") == "work"
    return RunWish(
        points,
        "work" if is_work else "rest",
        _whole(found, "longest", LONGEST_RUN, 1),
        _whole(found, "shortest", LONGEST_RUN, 1),
    )


def _days(node: Node, found: dict[str, Node], points: int, problem: Problem) -> DaysWish:
    if "days" not in found:
        raise node.refused("The wish names no days and no days in a row.")
    known = {shift.kind for shift in problem.shifts}
    return DaysWish(
        frozenset(day.whole(0, problem.days - 1) for day in found["days"].items(problem.days)),
        points,
        found["wants"].flag() if "wants" in found else False,
        found["kinds"].some_of(known, "a kind of shift here") if "kinds" in found else frozenset(),
        _whole(found, "earliest", 2 * MINUTES_A_DAY),
        _whole(found, "latest", 2 * MINUTES_A_DAY),
    )


def _whole(found: dict[str, Node], name: str, most: int, least: int = 0) -> int | None:
    return found[name].whole(least, most) if name in found else None
