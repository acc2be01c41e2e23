"""Problems and rosters as JSON files: strict to read, exact both ways.

Instants are written in UTC (RFC 3339, `Z`), days as numbers counted from the first day of the
rota period. A file that cannot be used raises `InputError`, which names the file and the place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from rostering.errors import InputError
from rostering.files.node import read_json
from rostering.files.reading import problem_from_json, roster_from_json
from rostering.files.writing import instant_text, problem_to_json, roster_to_json
from rostering.problem import Problem, Roster

__all__ = [
    "instant_text",
    "problem_from_json",
    "problem_to_json",
    "read_problem",
    "read_roster",
    "roster_from_json",
    "roster_to_json",
    "write_problem",
    "write_roster",
]


def read_problem(path: str | Path) -> Problem:
    """Read a problem.

    Raises:
        InputError: when anything in the file cannot be used.
    """
    node = read_json(path)
    return problem_from_json(node.value, node.path)


def write_problem(problem: Problem, path: str | Path) -> None:
    """Write a problem; the file is replaced as a whole or not at all."""
    _write(problem_to_json(problem), path)


def read_roster(path: str | Path, problem: Problem) -> Roster:
    """Read a roster of this problem.

    Raises:
        InputError: when anything in the file cannot be used or does not fit the problem.
    """
    node = read_json(path)
    return roster_from_json(node.value, problem, node.path)


def write_roster(roster: Roster, problem: Problem, path: str | Path) -> None:
    """Write a roster of this problem; the file is replaced as a whole or not at all."""
    _write(roster_to_json(roster, problem), path)


def _write(data: Mapping[str, object], path: str | Path) -> None:
    target = Path(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(_lines(data))
        draft.replace(target)
    except OSError as error:
        raise InputError(f"The file cannot be written: {error.strerror}.", str(path)) from None
    finally:
        draft.unlink(missing_ok=True)


def _lines(data: Mapping[str, object]) -> Iterator[str]:
    """The object as JSON with one field, or one item of a list, on each line."""
    for index, (key, value) in enumerate(data.items()):
        yield ("{\n" if index == 0 else ",\n") + json.dumps(key) + ": "
        if isinstance(value, list) and value:
            rows = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value)
            yield f"[\n  {rows}\n]"
        else:
            yield json.dumps(value, ensure_ascii=False)
    yield "\n}\n"
