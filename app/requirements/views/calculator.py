"""The calculator: what its form asks, and the answer in a sentence, bars and a table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import get_args

from app.errors import InvalidInput, Place
from app.requirements.views.fields import figure
from app.requirements.views.terms import DEFINITIONS, SECONDS, SHARES
from app.web.views.bars import Bar, Bars, along
from app.web.words import count, number, percent
from forecasting.errors import InputError
from forecasting.staffing.erlang import ServiceLevel
from forecasting.staffing.needs import Goals
from forecasting.staffing.shrinkage import rostered
from forecasting.staffing.steady import HOUR, Answer, SteadyCalls, answer
from forecasting.staffing.terms import QueueTerms

CALLS = "100"
"""Calls an hour to begin with."""

PER = {"60": "an hour", "30": "a half hour", "15": "a quarter hour"}
REACH = 5
MOST_PEOPLE = 20_000

HEADS = (
    ("People", ""),
    ("Answered in time, of offered", "n"),
    ("Answered in time, of answered", "n"),
    ("Would be answered in time", "n"),
    ("Answered or gone in time", "n"),
    ("Abandoned, of offered", "n"),
    ("Finds nobody idle", "n"),
    ("Mean wait of all", "n"),
    ("Occupancy", "n"),
    ("Goals", "n"),
)
"""Heads of the table."""


def defaults(terms: QueueTerms) -> dict[str, str]:
    """What the form shows at first for a queue's terms; shares in per cent."""
    said = {"calls": CALLS, "per": "60", "people": "", "definition": terms.definition}
    for name in (*SECONDS, *SHARES):
        value = getattr(terms, name)
        shown = None if value is None else value * 100 if name in SHARES else value
        said[name] = "" if shown is None else figure(round(shown, 1))
    if terms.patience_seconds is None:
        said["endless"] = "yes"
    return said


def asked_by(form: Mapping[str, str]) -> Answer:
    """The answer to what a form asks.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    faults: list[Place] = []

    def value(name: str, least: float, most: float, hint: str) -> float:
        try:
            found = float(form.get(name, "").strip().replace(",", "."))
        except ValueError:
            found = math.nan
        if not least <= found <= most:
            faults.append(Place(name, hint))
            return 1.0
        return found

    def share(name: str) -> float | None:
        if not form.get(name, "").strip():
            return None
        return value(name, 0.1, 100, "Give per cent, 0.1 to 100, or nothing.") / 100

    calls = value("calls", 0, 1e6, "Give a number of calls, 0 or more.")
    per = _choice(form, "per", tuple(PER), faults)
    aht = value("aht_seconds", 0, 86_400, "Give seconds, 0 to 86,400.")
    patience = math.inf
    if not form.get("endless"):
        hint = "Give seconds, above 0 and up to 86,400, or say that nobody hangs up."
        patience = value("patience_seconds", 1e-3, 86_400, hint)
    goal = value("share", 0.01, 99.99, "Give per cent, above 0 and up to 99.99.") / 100
    within = value("within_seconds", 0, 86_400, "Give seconds, 0 to 86,400.")
    definition = _choice(form, "definition", get_args(ServiceLevel), faults)
    abandoned, occupancy = share("most_abandonment"), share("most_occupancy")
    people = None
    if form.get("people", "").strip():
        hint = f"Give whole people, 0 to {MOST_PEOPLE:,}, or nothing."
        given = value("people", 0, MOST_PEOPLE, hint)
        people = int(given)
        if given != people:
            faults.append(Place("people", hint))
    if faults:
        raise InvalidInput(faults)
    try:
        return answer(
            SteadyCalls(calls * HOUR / (60 * int(per)), aht, patience),
            within,
            goals=Goals(goal, within, definition, abandoned, occupancy),  # type: ignore[arg-type]
            people=people,
            reach=REACH,
        )
    except InputError as error:
        raise InvalidInput([Place("calls", error.message)]) from error


def _choice(form: Mapping[str, str], name: str, known: tuple[str, ...], faults: list[Place]) -> str:
    """One of the known values of a field; a fault and the first where it is none of them."""
    given = form.get(name, "")
    if given not in known:
        faults.append(Place(name, f"Give one of {', '.join(known)}."))
        return known[0]
    return given


def answer_words(found: Answer) -> tuple[str, str]:
    """The answer as a sentence, and what is wrong with the people in question; "" when nothing."""
    need = found.need or 0
    if found.calls.calls_per_hour == 0:
        return "Without calls nobody is needed.", ""
    if not need:
        words = "Nobody is needed for this goal, as who hangs up in time counts as served."
    else:
        be = "is" if need == 1 else "are"
        people = count(need, "person", "people")
        words = f"{people} {be} needed on the phones, with {_felt(found, need)}."
    if found.middle == need:
        return words, ""
    gap = found.middle - need
    told = f"{count(found.middle, 'person', 'people')} give {_felt(found, found.middle)}"
    if found.middle == 1:
        told = told.replace("give", "gives", 1)
    if gap < 0:
        return words, f"{told}: {count(-gap, 'person', 'people')} short."
    return f"{words} {told}: {gap} more than needed.", ""


def _felt(found: Answer, people: int) -> str:
    """What callers feel with that many people, by the goal's definition."""
    if found.goals is None:
        return ""
    figures = found.calls.felt(people, found.within_seconds)
    level = float(figures.service_level(found.goals.definition))
    return f"{percent(level)} {_definition(found.goals)}"


def _definition(goals: Goals) -> str:
    """What the service goal counts, such as `answered within 10 s, of all offered`."""
    return DEFINITIONS[goals.definition].replace("in time", f"within {goals.within:g} s")


def roster_words(found: Answer, terms: QueueTerms) -> str:
    """How many are to be rostered for the people needed, by a queue's shrinkage."""
    lost = terms.in_shift_shrinkage
    need = found.need or 0
    return (
        f"To have {need}, roster {int(rostered(need, lost))}: {percent(lost, 0)} of a shift on "
        f"{terms.queue} is not spent on the phones."
    )


def bars(found: Answer) -> Bars | None:
    """Service by the goal's definition, a bar a number of people; None without a goal."""
    goals, met = found.goals, found.met
    if goals is None or met is None:
        return None
    levels = found.figures.service_level(goals.definition)
    rows = tuple(
        Bar(
            str(people),
            percent(float(level)),
            0,
            along(float(level)),
            "" if level >= goals.share else "short",
            chosen=int(people) == found.middle,
        )
        for people, level in zip(found.people, levels, strict=True)
    )
    words = _definition(goals)
    caption = f"Service by people on the phones: {words}; goal {percent(goals.share)}"
    return Bars(caption, ("People", words.capitalize(), "Service"), rows, along(goals.share))


def rows(found: Answer) -> list[tuple[str, ...]]:
    """A row a number of people, as `HEADS` says."""
    felt = found.figures
    shares = (
        felt.answered_in_time_of_offered,
        felt.answered_in_time_of_answered,
        felt.virtual_wait_in_time,
        felt.wait_in_time,
        felt.abandoned,
        felt.waiting,
    )
    met = found.met if found.met is not None else [None] * found.people.size
    return [
        (
            str(people),
            *(percent(float(share[index])) for share in shares),
            _wait(float(felt.asa[index])),
            percent(float(felt.occupancy[index])),
            "met" if met[index] else "not met",
        )
        for index, people in enumerate(found.people)
    ]


def _wait(seconds: float) -> str:
    return "endless" if math.isinf(seconds) else f"{number(seconds, 1)} s"
