"""Days of the rota period, by their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rostering.files.node import Node, quoted
from rostering.problem import Problem


def local_day(problem: Problem, instant: int) -> int:
    """The local day in which an instant lies, counted from the first of the period."""
    local = datetime.fromtimestamp(instant * 60, tz=UTC).astimezone(ZoneInfo(problem.zone))
    return (local.date() - problem.first_day).days


def day_from(node: Node, problem: Problem) -> int:
    """The number of a day of the period."""
    return node.whole(0, problem.days - 1)


def by_day(node: Node, problem: Problem) -> Iterator[tuple[int, Node]]:
    """Days of the period and what stands under each, by number of the day."""
    for key, item in node.entries().items():
        if not (key.isascii() and key.isdecimal() and str(int(key[:9])) == key):
            raise item.refused(f"{quoted(key)} is not the number of a day.")
        yield day_from(Node(int(key), item.where, item.path), problem), item
