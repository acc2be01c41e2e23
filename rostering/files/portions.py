"""What of a burden falls to an officer, as plain data."""

from __future__ import annotations

from rostering.errors import InputError
from rostering.fairness.portion import BURDENS, Portion
from rostering.files.node import Node
from rostering.problem import Problem
from rostering.rules.base import LARGEST


def portion_to_json(portion: Portion) -> dict[str, object]:
    """A portion as plain data; days only where it is about certain days."""
    said: dict[str, object] = {"burden": portion.burden, "most": portion.most}
    return said | ({"days": sorted(portion.days)} if portion.days else {})


def portion_from(node: Node, problem: Problem) -> Portion:
    """Read how much of a burden falls to an officer.

    Raises:
        InputError: when it cannot be used, or names days for a burden that has none.
    """
    found = node.fields(["burden", "most"], ["days"])
    named = found["burden"].one_of(BURDENS, "a burden")
    days = found["days"].items(problem.days) if "days" in found else []
    try:
        return Portion(
            next(burden for burden in BURDENS if burden == named),
            found["most"].whole(0, LARGEST),
            frozenset(day.whole(0, problem.days - 1) for day in days),
        )
    except InputError as error:
        raise error if error.where else node.refused(error.message) from error
