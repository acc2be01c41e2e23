"""Why people are missing, in sentences for whoever answers for a roster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from rostering.effect_words import number_words
from rostering.problem import Problem
from rostering.resources import Resource
from rostering.shortages.room import Cause, RoomShortage
from rostering.shortages.stretch import Kept, Shortage
from rostering.words import clock_words, day_words, listed_words, time_words

NAMED = 3
"""People named in a sentence; of more the number is told."""

KEPT: Mapping[Resource, tuple[str, str]] = {
    "skill": ("lacks a skill of the shift", "lack a skill of the shift"),
    "shifts": ("would work too long a shift", "would work too long a shift"),
    "leave": ("is on leave or away", "are on leave or away"),
    "fixed": ("is fixed to something else", "are fixed to something else"),
    "limits": ("is kept by own limits", "are kept by own limits"),
    "company": ("is kept by who must work with whom", "are kept by who must work with whom"),
    "elsewhere": ("works another shift that day", "work another shift that day"),
    "rest": ("would have too little rest", "would have too little rest"),
    "weekends": ("has no weekend left to work", "have no weekend left to work"),
    "nights": ("has no night left to work", "have no night left to work"),
    "week": ("is at the most hours of a week", "are at the most hours of a week"),
    "hours": ("has no contracted hours left", "have no contracted hours left"),
}
"""What is said of one person and of several."""

BINDS: Mapping[Resource, str] = {
    "skill": "skills that too few people hold",
    "people": "a need of more people at once than there are",
    "shifts": "when shift templates begin and end",
    "leave": "leave and other times away",
    "fixed": "pins and fixed days",
    "limits": "what people cannot do by their own terms",
    "company": "who must work with whom",
    "elsewhere": "everybody who could come works another shift that day",
    "rest": "rest between shifts and days in a row",
    "weekends": "the weekends that people are off",
    "nights": "the limits on nights",
    "week": "the most hours of a week",
    "hours": "contracted hours, which are all used",
}
"""What binds, as it stands after a colon or after `because of`."""

REMEDIES: Mapping[Resource, str] = {
    "skill": "Train somebody for it, or ask another room for somebody who holds it.",
    "people": "Ask for fewer people at once, or take on more.",
    "shifts": "Add a shift template that is on duty then.",
    "leave": "Ask whether somebody who is away would come, or grant less leave on such a day.",
    "fixed": "Take a pin or a fixed day back and make the roster again.",
    "limits": "Ask whether a limit still holds.",
    "company": "Find another tutor or companion, or let a bond end.",
    "elsewhere": "Whoever is moved here is missing there: it takes one more person on this day.",
    "rest": "Move a shift of the days around it, or make the roster again with a longer search.",
    "weekends": "Ask for one more weekend of somebody, or authorise it.",
    "nights": "Spread nights over more people.",
    "week": "Move hours to another week, or take on more people.",
    "hours": "Offer the shift as extra work: nothing but the contract stands in the way.",
}


# --- one stretch --------------------------------------------------------------------------------


def shortage_words(problem: Problem, found: Shortage) -> str:
    """Why people are missing in a stretch, such as `Of 40 people with 999, 22 are on duty …`."""
    return " ".join(_stretch(problem, found))


def _stretch(problem: Problem, found: Shortage) -> Iterator[str]:
    asked = found.cover.role or listed_words(sorted(found.cover.skills)).replace(" and ", " or ")
    if found.binds == "skill":
        yield f"Nobody in this roster holds {asked}."
    else:
        yield _where(problem, found, asked)
    if found.binds == "shifts":
        yield f"No shift template is on duty at {time_words(problem, found.worst)}."
    elif found.binds == "people":
        yield (
            f"{number_words(found.needed).capitalize()} are needed at once, more than there are "
            f"with {asked}."
        )
    elif found.binds is None:
        yield (
            f"{_names(problem, found.kept[0])} could come with every rule kept, off duty or from a "
            "shift with people to spare; the search found it dearer elsewhere, or had too little "
            "time."
        )
    elif found.binds != "skill":
        yield f"What binds: {BINDS[found.binds]}."


def _where(problem: Problem, found: Shortage, asked: str) -> str:
    """Where everybody is at the worst moment of the stretch."""
    day = int(np.searchsorted(problem.midnights, found.worst, side="right")) - 1
    at = f"{day_words(problem, day)} at {time_words(problem, found.worst)}"
    there = _verb(found.on_duty, "is on duty", "are on duty")
    parts = [there if found.on_duty else "nobody is on duty"]
    parts += [
        _verb(len(each.officers), *KEPT[each.resource])
        for each in found.kept
        if each.resource is not None
    ]
    whom = "person" if found.holders == 1 else "people"
    return f"Of {found.holders} {whom} with {asked}, on {at}: {listed_words(parts)}."


def _verb(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _names(problem: Problem, kept: Kept) -> str:
    names = [problem.officers[officer].name for officer in kept.officers]
    if len(names) > NAMED:
        return listed_words([*names[: NAMED - 1], f"{len(names) - NAMED + 1} more"])
    return listed_words(names)


def remedy_words(problem: Problem, found: Shortage) -> str:
    """What would make a stretch less short, as a sentence; names those whom it is about."""
    if found.binds is None:
        return "Give one of them the shift by hand, or make the roster again with a longer search."
    words = REMEDIES[found.binds]
    of_it = [each for each in found.kept if each.resource == found.binds]
    if of_it and found.binds in {"hours", "leave", "fixed", "limits", "weekends", "nights"}:
        return f"{words} It is about {_names(problem, of_it[0])}."
    return words


# --- the room -----------------------------------------------------------------------------------


def room_words(problem: Problem, missing: int, found: RoomShortage | None) -> tuple[str, ...]:
    """Why people are missing in a room as a whole, a sentence each.

    Args:
        problem: what the roster was made from.
        missing: person-minutes missing in the roster.
        found: what was found out; None where nothing could be.
    """
    if missing <= 0:
        return ()
    return tuple(_room(problem, missing, found))


def _room(problem: Problem, missing: int, found: RoomShortage | None) -> Iterator[str]:
    head = f"{_hours(missing)} are missing in all."
    if found is None:
        yield f"{head} What binds could not be worked out."
        return
    if not found.forced:
        yield f"{head} No limit by itself makes them: a longer search may find more."
        return
    yield f"{head} At least {_hours(found.forced)} are missing in any lawful roster:"
    for cause in found.causes:
        yield f"{_hours(cause.minutes)} because of {_cause(problem, cause, found)}."
    known = sum(cause.minutes for cause in found.causes)
    if found.causes and (left := found.forced - known) > 0.05 * found.forced:
        yield f"{_hours(left)} because of several of these together, or of other limits."
    if not found.causes:
        yield "No limit makes them alone: several would have to give way together."
    if (beyond := missing - found.forced) > 0.05 * missing:
        yield (
            f"{_hours(beyond)} may be found by a longer search, or are the price of wishes and of "
            "rest over several days."
        )
    for more in found.more_hours[:1]:
        weekly = number_words(more.weekly_minutes // 60).capitalize()
        yield (
            f"{weekly} more hours a week of people with {more.skill} would remove "
            f"{_hours(more.minutes)}."
        )
    if not found.is_whole:
        yield "There was no time to look at every limit."


def _cause(problem: Problem, cause: Cause, found: RoomShortage) -> str:
    if cause.resources == ("skill",):
        if found.unheld:
            return f"a skill that nobody holds: {listed_words(found.unheld)}"
        return "skills that too few people hold"
    if cause.resources == ("shifts",) and (when := unreached(problem)):
        return f"times that no shift template reaches: {when}"
    named = [BINDS[resource] for resource in cause.resources]
    return listed_words(named) + (" together" if len(named) > 1 else "")


def unreached(problem: Problem) -> str:
    """Times of day that no shift template is on duty at, such as `03:00 to 05:00`; or ""."""
    on_duty = np.zeros(1440, dtype=bool)
    for shift in problem.shifts:
        on_duty[np.arange(shift.start, shift.start + shift.minutes) % 1440] = True
    if on_duty.all():
        return ""
    edges = np.flatnonzero(np.diff(np.concatenate([[True], on_duty, [True]]).astype(np.int8)))
    spans = [
        f"{clock_words(int(first))} to {clock_words(int(last) % 1440)}"
        for first, last in edges.reshape(-1, 2)
    ]
    return listed_words(spans)


def _hours(minutes: int) -> str:
    hours = round(minutes / 60)
    return f"{hours:,} person-hours" if hours != 1 else "1 person-hour"
