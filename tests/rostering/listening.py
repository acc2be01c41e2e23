"""One searching child in this process, by counted work, and what it tells."""

from __future__ import annotations

from typing import Any

from rostering.problem import Choices, Problem
from rostering.search.child import _Search
from rostering.search.messages import Bounded, Found
from rostering.search.task import Task


class Listener:
    """Stands where a pipe does, and keeps what is sent."""

    def __init__(self) -> None:
        self.told: list[tuple[float, bytes]] = []
        self.last: Choices | None = None

    def send(self, message: object) -> None:
        """Keep a message as numbers."""
        assert isinstance(message, Found | Bounded), "counted work asks nobody"
        if isinstance(message, Found):
            self.last = message.choices
            self.told.append((float(len(message.unlawful)), message.choices.tobytes()))
        else:
            self.told.append((message.bound, b""))


def last_roster(problem: Problem, number: int, work: float) -> Choices | None:
    """The last roster that one child tells from so much work; None where it tells of none."""
    return _searched(problem, number, work).last


def told(problem: Problem, number: int, work: float) -> list[tuple[float, bytes]]:
    """What one child tells of a problem from so much work."""
    return _searched(problem, number, work).told


def _searched(problem: Problem, number: int, work: float) -> Listener:
    listener: Any = Listener()
    _Search(Task(problem, number, 0.0, 5, None, work), listener).run()
    heard: Listener = listener
    return heard
