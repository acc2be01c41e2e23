"""What is wrong with what was asked, said before any work is done for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from app.errors import InvalidInput, Place
from app.scenarios.values import (
    CallBackChange,
    CallsChange,
    Change,
    HandlingChange,
    PatienceChange,
    PeopleChange,
    ReserveChange,
    Seek,
    TargetChange,
    Wanted,
    When,
)
from app.web.words import listed

MOST_DAYS = 28
"""Days simulated at once: four weeks take some seconds."""

LEAST_RUNS, MOST_RUNS = 20, 400
"""Below 20 runs their spread is hardly known; 400 halve the width that 100 leave."""

MOST_CHANGES = 20
"""Changes of a scenario: more than anybody can tell apart."""

LONGEST_NAME = 200

DAY_SECONDS = 86_400
"""No call takes, and nobody waits, longer."""

MOST_PEOPLE = 500
"""People absent or added at once."""

MOST_FACTOR = 10.0
"""Times as many calls, or times as long."""

HIGHEST_GOAL = 0.999
"""Nearer to 1 no number of people would do."""


def name_faults(field: str, name: str) -> list[Place]:
    """What is wrong with a name, which must say something on one line."""
    bad = any(unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} for each in name)
    if name.strip() and len(name) <= LONGEST_NAME and not bad:
        return []
    return [Place(field, f"Give 1 to {LONGEST_NAME} characters on one line.")]


def refuse_unusable(wanted: Wanted) -> None:
    """Refuse what cannot be simulated whatever the room.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    faults = name_faults("name", wanted.name) if wanted.name is not None else []
    if not 1 <= wanted.days <= MOST_DAYS:
        faults.append(Place("days", f"Give 1 to {MOST_DAYS} days."))
    if not 1971 <= wanted.first_day.year <= 2198:
        faults.append(Place("first_day", "The year must lie between 1971 and 2198."))
    if not LEAST_RUNS <= wanted.runs <= MOST_RUNS:
        faults.append(Place("runs", f"Give {LEAST_RUNS} to {MOST_RUNS} runs."))
    if not 0 <= wanted.seed < 2**31:
        faults.append(Place("seed", "Give a whole number from 0 to 2147483647."))
    if len(wanted.changes) > MOST_CHANGES:
        faults.append(Place("changes", f"Give at most {MOST_CHANGES} changes."))
    if faults:
        raise InvalidInput(faults)


def refuse_unknown(
    changes: Sequence[Change], seek: Seek | None, queues: Collection[str], skills: Collection[str]
) -> None:
    """Refuse changes and goals that cannot be made in a room.

    Args:
        changes: what is to be otherwise.
        seek: the goal to be reached.
        queues: names of the room's queues.
        skills: codes of the skills that they ask for.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    faults = []
    for place, change in enumerate(changes):
        for field, words in _faults(change, queues, skills):
            faults.append(Place(f"changes[{place}].{field}", words))
    if seek is not None:
        if seek.queue not in queues:
            faults.append(Place("seek.queue", _known("queue", queues)))
        if not 0 < seek.share <= HIGHEST_GOAL:
            faults.append(Place("seek.share", SHARE))
    if faults:
        raise InvalidInput(faults)


Faults = Iterator[tuple[str, str]]

SHARE = f"Give a share above 0 and up to {HIGHEST_GOAL:g}, such as 0.9 for 90 %."


def _faults(change: Change, queues: Collection[str], skills: Collection[str]) -> Faults:
    """Fields of a change that cannot be used, each with what to give."""
    queue = getattr(change, "queue", None)
    if queue is not None and queue not in queues:
        yield "queue", _known("queue", queues)
    yield from NUMBERS[type(change)](change)
    if isinstance(change, PeopleChange) and (unknown := set(change.skills) - set(skills)):
        yield "skills", f"No queue asks for {listed(sorted(unknown))}. {_known('skill', skills)}"
    when: When | None = getattr(change, "when", None)
    if when and when.first_day and when.last_day and when.last_day < when.first_day:
        yield "when.last_day", "The last day must not lie before the first."


def _known(what: str, names: Collection[str]) -> str:
    return f"Give a {what} of the room: {listed(sorted(names), 'or')}."


def _within(value: float, least: float, most: float) -> bool:
    return isfinite(value) and least <= value <= most


def _calls(change: CallsChange) -> Faults:
    if not _within(change.factor, 0, MOST_FACTOR):
        yield "factor", f"Give a factor from 0 to {MOST_FACTOR:g}, such as 1.1 for a tenth more."


def _handling(change: HandlingChange) -> Faults:
    if not _within(change.factor, 0.01, MOST_FACTOR):
        yield "factor", f"Give a factor from 0.01 to {MOST_FACTOR:g}."
    if not _within(change.seconds, -DAY_SECONDS, DAY_SECONDS):
        yield "seconds", f"Give seconds, at most {DAY_SECONDS:,}."


def _people(change: PeopleChange) -> Faults:
    if not 1 <= abs(change.people) <= MOST_PEOPLE:
        yield "people", f"Give 1 to {MOST_PEOPLE} people, or −1 to −{MOST_PEOPLE} if absent."


def _reserve(change: ReserveChange) -> Faults:
    if not 1 <= abs(change.people) <= MOST_PEOPLE:
        yield "people", f"Give 1 to {MOST_PEOPLE} people more, or −1 to −{MOST_PEOPLE} fewer."


def _patience(change: PatienceChange) -> Faults:
    if change.seconds is not None and not _within(change.seconds, 1, DAY_SECONDS):
        yield "seconds", f"Give 1 to {DAY_SECONDS:,} seconds, or nothing where nobody hangs up."


def _target(change: TargetChange) -> Faults:
    if not 0 < change.share <= HIGHEST_GOAL:
        yield "share", SHARE
    if not _within(change.within_seconds, 0, DAY_SECONDS):
        yield "within_seconds", f"Give seconds, 0 to {DAY_SECONDS:,}."


def _call_backs(change: CallBackChange) -> Faults:
    if change.terms is not None and change.terms.above_seconds > DAY_SECONDS:
        yield "above_seconds", f"Give seconds, 0 to {DAY_SECONDS:,}."


NUMBERS: Mapping[type[Change], Callable[[Any], Faults]] = {
    CallsChange: _calls,
    HandlingChange: _handling,
    PeopleChange: _people,
    CallBackChange: _call_backs,
    ReserveChange: _reserve,
    PatienceChange: _patience,
    TargetChange: _target,
}
"""What of the numbers of each kind of change cannot be used."""
