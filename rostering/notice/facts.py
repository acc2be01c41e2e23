"""What a change of a published duty is judged by: what was told when and why, and of whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Reason = Literal["own_request", "agreement", "exigency"]
"""Why a published duty changes: the officer asked; it is agreed, with the branch board or, for
police staff, with the person; or pressing demand that was not reasonably avoidable (Police
Regulations 2003 Annex E and PNB circular 86/9; the Police Staff Council handbook knows the last
two)."""

REASONS: tuple[Reason, ...] = get_args(Reason)

DayType = Literal["rest", "free", "leave"]
"""What a day without a duty is: a rest day, a free day of a part-timer, or absence."""

Rank = Literal["federated", "inspecting", "senior", "staff"]
"""Constables and sergeants; inspectors and chief inspectors; those above; police staff."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A duty, from one aware instant until another."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Elapsed minutes."""
        return int((self.end - self.start).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Telling:
    """What an officer was told of a day.

    Attributes:
        at: when, an aware instant.
        duty: the duty from then on; None for a day without one.
        reason: why it changed; None where it was first published, or where it is not known yet.
    """

    at: datetime
    duty: Hours | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that was told of one officer-day.

    Attributes:
        tellings: what was told, first to last; the first is how the day was first published.
        without: what the day is where it has no duty.
        holiday: name of the public holiday it is; "" for none.
        run_on: whether the duty goes on from one of the day before.
        absence_days: days of the absence that the day lies in; 0 for none.
        recalled_before: days of that absence on which the officer was recalled before this one.
        week_minutes: minutes of duty in the week of the day, this one included; None where it is
            not known.
    """

    tellings: tuple[Telling, ...]
    without: DayType = "rest"
    holiday: str = ""
    run_on: bool = False
    absence_days: int = 0
    recalled_before: int = 0
    week_minutes: int | None = None

    @property
    def now(self) -> Telling:
        """What was told last."""
        return self.tellings[-1]

    @property
    def first(self) -> Telling:
        """How the day was first published."""
        return self.tellings[0]

    @property
    def before(self) -> Telling | None:
        """What had been told before that; None where the day is first published."""
        return self.tellings[-2] if len(self.tellings) > 1 else None

    @property
    def about(self) -> datetime:
        """The instant that notice leads up to: the start of the duty, or of the one it replaces.

        Raises:
            ValueError: when no duty was ever told of the day.
        """
        for telling in reversed(self.tellings):
            if telling.duty is not None:
                return telling.duty.start
        raise ValueError("a story of a change tells of a duty")

    @property
    def called(self) -> Telling:
        """The telling by which the present duty was first called for, without a break since."""
        found = self.now
        for telling in reversed(self.tellings):
            if telling.duty is None:
                break
            found = telling
        return found


@dataclass(frozen=True, slots=True)
class Person:
    """Of whom a change is, as far as its price depends on it."""

    rank: Rank
    part_time: bool = False


def rank_of(employment: Literal["officer", "staff"], grade: str) -> Rank:
    """The rank that a grade in the force's own words stands for.

    Whoever is an officer and neither an inspector nor above is taken for a constable or sergeant.
    """
    if employment == "staff":
        return "staff"
    words = re.sub(r"[^a-z]+", " ", grade.lower()).split()
    if {"superintendent", "supt"} & {*words} or "chief constable" in " ".join(words):
        return "senior"
    if {"inspector", "insp", "ci", "cinsp", "di", "dci"} & {*words}:
        return "inspecting"
    return "federated"
