"""A control room as one plain CP-SAT model with default parameters: what one would write first.

Called with a room as JSON (see `plain_room`), seconds, and a file for the roster; knows nothing of
the product. Prints JSON with when the first roster stood.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import chain
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model

WORKERS = 2

Line = dict[tuple[int, int], Any]
"""Variables of one officer by day and shift."""


class Watcher(cp_model.CpSolverSolutionCallback):
    """Notes when the first roster stood."""

    def __init__(self) -> None:
        super().__init__()
        self.first: float | None = None

    def on_solution_callback(self) -> None:
        """Note the time of the first roster."""
        if self.first is None:
            self.first = time.monotonic()


class Model:
    """The room's model.

    Args:
        room: the room as plain data.
    """

    def __init__(self, room: dict[str, Any]) -> None:
        self.room = room
        self.model = cp_model.CpModel()
        self.costs: list[Any] = []
        self.works = [self._line(officer) for officer in room["officers"]]
        self._cover()
        self.model.minimize(sum(self.costs))

    def _line(self, officer: dict[str, Any]) -> Line:
        """One officer's variables by day and shift, and every rule about them."""
        room, model = self.room, self.model
        days, shifts = room["days"], room["shifts"]
        works = {
            (day, number): model.new_bool_var("")
            for day in range(days)
            for number, shift in enumerate(shifts)
            if not any(
                shift["starts"][day] < end and shift["ends"][day] > start
                for start, end in officer["away"]
            )
        }
        by_day = [[v for (date, _), v in works.items() if date == day] for day in range(days)]
        nights = [
            [v for (date, s), v in works.items() if date == day and shifts[s]["kind"] == "night"]
            for day in range(days)
        ]
        for today in by_day:
            model.add_at_most_one(today)
        for (day, number), variable in works.items():
            self._rest(works, variable, day, number)
        for longest, each in ((room["longest_run"], by_day), (room["longest_nights"], nights)):
            for first in range(days - longest):
                model.add(sum(chain(*each[first : first + longest + 1])) <= longest)
        worked = [model.new_bool_var("") for _ in room["weekends"]]
        for weekend, pair in zip(worked, room["weekends"], strict=True):
            for day in pair:
                model.add(sum(by_day[day]) <= weekend)
        model.add(sum(worked) <= len(worked) - room["weekends_off"])
        minutes = sum(
            (shifts[s]["ends"][day] - shifts[s]["starts"][day]) * v for (day, s), v in works.items()
        )
        model.add_linear_constraint(minutes, officer["least"], officer["most"])
        self.costs += [points * sum(by_day[day]) for day, points in officer["wishes"]]
        return works

    def _rest(
        self, works: dict[tuple[int, int], Any], variable: Any, day: int, number: int
    ) -> None:
        """Nothing that starts too soon after a shift, longer after a night."""
        room, shifts = self.room, self.room["shifts"]
        end, kind = shifts[number]["ends"][day], shifts[number]["kind"]
        for later in range(day + 1, min(day + 4, room["days"])):
            too_soon = []
            for other, shift in enumerate(shifts):
                changes = kind == "night" and shift["kind"] != "night"
                rest = room["rest_after_nights"] if changes else room["rest"]
                if (later, other) in works and shift["starts"][later] < end + rest:
                    too_soon.append(works[later, other])
            if too_soon:
                self.model.add(sum(too_soon) + variable <= 1)

    def _cover(self) -> None:
        """Each need, interval by interval, from how many of a group work each shift."""
        room, model = self.room, self.model
        groups: dict[tuple[int, ...], list[Line]] = {}
        for officer, works in zip(room["officers"], self.works, strict=True):
            groups.setdefault(tuple(officer["needs"]), []).append(works)
        numbers: dict[tuple[tuple[int, ...], int, int], Any] = {}
        for group, lines in groups.items():
            for day in range(room["days"]):
                for shift in range(len(room["shifts"])):
                    number = numbers[group, day, shift] = model.new_int_var(0, len(lines), "")
                    model.add(number == sum(w[day, shift] for w in lines if (day, shift) in w))
        for index, need in enumerate(room["needs"]):
            there: list[list[Any]] = [[] for _ in need["required"]]
            for (group, day, number), variable in numbers.items():
                if index in group:
                    shift = room["shifts"][number]
                    first = -((need["start"] - shift["starts"][day]) // need["interval"])
                    last = (shift["ends"][day] - need["start"]) // need["interval"]
                    for interval in range(max(first, 0), min(last, len(there))):
                        there[interval].append(variable)
            for required, present in zip(need["required"], there, strict=True):
                self._price(required, present, need["prices"])

    def _price(self, required: int, present: list[Any], prices: list[int]) -> None:
        missing = []
        for step, price in enumerate(prices):
            most = required if step == len(prices) - 1 else 1
            piece = self.model.new_int_var(0, max(most, 0), "")
            self.costs.append(price * piece)
            missing.append(piece)
        self.model.add(sum(present) + sum(missing) >= required)


def main() -> None:
    """Solve the room named on the command line."""
    source, seconds, out = Path(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    room = json.loads(source.read_text(encoding="utf-8"))
    begun = time.monotonic()
    model = Model(room)
    built = time.monotonic() - begun
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = max(seconds - built, 1.0)
    watcher = Watcher()
    status = solver.solve(model.model, watcher)
    choices = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        choices = [[-1] * room["days"] for _ in room["officers"]]
        for row, works in zip(choices, model.works, strict=True):
            for (day, shift), variable in works.items():
                if solver.boolean_value(variable):
                    row[day] = shift
    out.write_text(json.dumps(choices), encoding="utf-8")
    first = None if watcher.first is None else watcher.first - begun
    print(json.dumps({"first": first, "bound": solver.best_objective_bound, "built": built}))


if __name__ == "__main__":
    main()
