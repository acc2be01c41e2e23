"""The answer sentence and the strip of figures that stand at the head of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.web.plan import PlanReport, SolveFacts
from app.web.views.shortfall import RoomCover, Stretch
from app.web.views.wishes import wishes_met
from app.web.words import (
    count,
    duration,
    hours,
    listed,
    number,
    percent,
    person_hours,
    stretch_words,
)

if TYPE_CHECKING:
    from forecasting.staffing.rows import LateCalls


@dataclass(frozen=True, slots=True)
class Answer:
    """One sentence to read aloud, in two parts.

    Attributes:
        good: what holds.
        trouble: what does not; empty where all is well.
    """

    good: str
    trouble: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the strip.

    Attributes:
        label: what it is.
        value: the figure itself.
        tag: a short judgement beside it, or "".
        tone: tone of the tag: `short`, `ok`, `over` or "".
        note: its base, in small words below.
    """

    label: str
    value: str
    tag: str = ""
    tone: str = ""
    note: str = ""


def answer(plan: PlanReport, room: RoomCover | None) -> Answer:
    """Say whether the roster is lawful and whether it has the people it needs."""
    broken = len(plan.verdict.hard)
    rules = (
        f"The roster breaks the rules in {count(broken, 'place')}."
        if broken
        else "The roster keeps every rule."
    )
    short = _shortage(plan, room)
    if broken:
        return Answer("", f"{rules} {short or _covered(room)}".strip())
    return Answer(rules if short else f"{rules} {_covered(room)}".strip(), short)


def _covered(room: RoomCover | None) -> str:
    return "" if room is None else "Every interval has the people it needs."


def _shortage(plan: PlanReport, room: RoomCover | None) -> str:
    if room is None or not room.stretches:
        return ""
    worst = room.stretches[0]
    where = stretch_words(worst.start, worst.end, plan.problem.zone)
    return (
        f"It is short for {person_hours(room.short_hours)} in {count(plan.problem.days, 'day')}, "
        f"worst on {where}, by {people_short(worst)}."
    )


def people_short(stretch: Stretch) -> str:
    """How many people a stretch misses, and where, such as `up to 3 people on 999`.

    Of a role it is `1 person with supervisor`.
    """
    most = count(stretch.worst, "person", "people")
    amount = most if stretch.least == stretch.worst else f"up to {most}"
    if stretch.role:
        return f"{amount} with {stretch.role}"
    return f"{amount} on {stretch.queues}" if stretch.queues else amount


def figures(plan: PlanReport, room: RoomCover | None) -> tuple[Figure, ...]:
    """The strip of figures, each with its base."""
    found: list[Figure] = []
    if plan.queues:
        found.append(_calls(plan))
    if room is not None:
        found += _people_hours(plan, room)
    met, made = wishes_met(plan.problem, plan.roster)
    if made:
        found.append(Figure("Wishes met", f"{met} of {made}", note=f"{percent(met / made, 0)}"))
    if plan.solve is not None:
        found.append(_distance(plan.solve))
    if plan.late is not None and any(plan.late.offered.values()):
        total, share, by_queue = _late(plan.late)
        note = f"expected, {share} of those offered: {by_queue}"
        found.append(Figure("Calls late or lost", total, note=note))
    return tuple(found)


def late_words(late: LateCalls) -> str:
    """Calls expected late or lost, in a sentence; "" where no call is expected."""
    if not any(late.offered.values()):
        return ""
    total, share, by_queue = _late(late)
    return f"{total} calls are expected late or lost, {share} of those offered: {by_queue}."


def _late(late: LateCalls) -> tuple[str, str, str]:
    """All calls late or lost, their share of those offered, and the calls by queue."""
    total = sum(late.late.values())
    by_queue = listed(f"{number(calls)} of {queue}" for queue, calls in late.late.items())
    return number(total), percent(total / sum(late.offered.values())), by_queue


def _calls(plan: PlanReport) -> Figure:
    total = sum(float(q.mean.sum()) for q in plan.queues)
    a_day = number(total / plan.problem.days)
    queues = count(len(plan.queues), "queue")
    return Figure("Calls expected", number(total), note=f"{a_day} a day, {queues}")


def _people_hours(plan: PlanReport, room: RoomCover) -> list[Figure]:
    share = room.short_hours / room.needed_hours if room.needed_hours else 0.0
    ratio = room.rostered_hours / room.needed_hours - 1 if room.needed_hours else 0.0
    sign = "more than" if ratio >= 0 else "less than"
    short = room.short_hours > 0
    people = count(len(plan.problem.officers), "person", "people")
    return [
        Figure("Hours needed", number(room.needed_hours), note="person-hours answering"),
        Figure(
            "Hours rostered",
            number(room.rostered_hours),
            note=f"{people}, {percent(abs(ratio), 0)} {sign} needed",
        ),
        Figure(
            "Hours short",
            hours(room.short_hours),
            tag=f"{percent(share)} of need" if short else "covered",
            tone="short" if short else "ok",
            note=f"in {count(len(room.stretches), 'stretch', 'stretches')}" if short else "",
        ),
    ]


FAR = 0.3
"""A share above which the bound, not the roster, is what is weak."""


def _distance(solve: SolveFacts) -> Figure:
    took = f"searched {duration(solve.seconds)}"
    if solve.first_legal_seconds is not None:
        took += f", first lawful after {duration(solve.first_legal_seconds)}"
    gap = gap_share(solve)
    if gap is None:
        return Figure("From the best possible", "not known", note=took)
    value = "nothing" if gap == 0 else f"within {percent(gap)}"
    if gap > FAR:
        value, took = "not known closely", f"{took}; proved only within {percent(gap)}"
    return Figure("From the best possible", value, note=took)


def gap_share(solve: SolveFacts) -> float | None:
    """Share by which the roster's points may still fall; None where the bound says nothing."""
    if solve.objective <= solve.bound:
        return 0.0
    if solve.bound <= 0:
        return None
    return (solve.objective - solve.bound) / solve.objective
