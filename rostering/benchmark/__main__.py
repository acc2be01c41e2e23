"""Solve one published instance: `python -m rostering.benchmark INSTANCE --seconds 600 --out FILE`.

Exit status: 0 a lawful roster is written, 1 none was found and nothing is written, 2 bad input,
which one sentence names.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from rostering.benchmark import rooms
from rostering.benchmark.reading import read_instance
from rostering.benchmark.translation import problem_of
from rostering.errors import InputError
from rostering.problem import Problem, Roster
from rostering.solve import Progress, Solution, solve

HEADER = "employee,day,shift"
CONTROL_ROOM = "control-room"
"""Asks for a made-up control room in place of an instance: `control-room --officers 1000`."""

LONGEST_SECONDS = 86_400
MOST_SEEDS = 1_000_000


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the command line."""

    def error(self, message: str) -> NoReturn:
        """Leave with 2."""
        self.exit(2, f"{message[:1].upper()}{message[1:]}.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give back its exit status."""
    asked = sys.argv[1:] if arguments is None else arguments
    if asked and asked[0] == CONTROL_ROOM:
        return rooms.main(asked[1:])
    given = _parser().parse_args(asked)
    try:
        _check_output(given.out)
        problem = problem_of(read_instance(given.instance), given.instance.stem)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    solution = solve(
        problem,
        seconds=given.seconds,
        seed=given.seed,
        deterministic=given.deterministic,
        on_progress=_tell,
    )
    if solution.verdict.is_legal:
        _write(given.out, [HEADER, *_rows(problem, solution.roster)])
    sys.stdout.write(json.dumps(_figures(solution)) + "\n")
    return 0 if solution.verdict.is_legal else 1


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m rostering.benchmark", description=__doc__)
    parser.add_argument("instance", type=Path, metavar="INSTANCE")
    parser.add_argument("--seconds", type=_seconds, default=600.0)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--seed", type=_seed, default=0)
    parser.add_argument("--deterministic", action="store_true", help="count work, not seconds")
    return parser


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= LONGEST_SECONDS:
        raise argparse.ArgumentTypeError(f"{text!r} is not 1 to {LONGEST_SECONDS} seconds")
    return seconds


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:12]) < MOST_SEEDS):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number below {MOST_SEEDS:,}")
    return int(text)


def _check_output(path: Path) -> None:
    """Refuse before the search what could not be written after it."""
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise InputError("A file cannot be written there.", str(path))


def _rows(problem: Problem, roster: Roster) -> Iterator[str]:
    for officer in problem.officers:
        for tour in roster.of(officer):
            yield f"{officer.id},{tour.day},{tour.code}"


def _write(path: Path, lines: list[str]) -> None:
    """Write the whole file or none of it."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
    beside.replace(path)


def _tell(progress: Progress) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(
            f"\r{progress.phase}, {progress.seconds:.0f} s: points {progress.objective}, "
            f"bound {progress.bound}\033[K"
        )


def _figures(solution: Solution) -> dict[str, object]:
    """What the last line tells; points are null where no lawful roster was found.

    Points are never negative, so that nought is a bound where nothing better was proved.
    """
    legal = solution.verdict.is_legal
    return {
        "objective": solution.verdict.objective if legal else None,
        "bound": solution.bound or 0,
        "seconds": round(solution.seconds, 2),
        "first_legal_seconds": solution.first_legal_seconds,
        "legal": legal,
        "stopped": solution.stopped,
        "points": dict(solution.verdict.points),
        "largest_process_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    sys.exit(main())
