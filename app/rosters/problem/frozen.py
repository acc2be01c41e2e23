"""A problem as it is kept with its roster, so that an old roster is judged by the rules of its day.

It is the JSON of `rostering.files`, but for the histories: four months of shifts of 300 officers
took two seconds to read in the form that is made for people's files. Here they are rows of numbers
under lists of codes and kinds.
"""

from __future__ import annotations

import dataclasses
import json
import zlib
from collections.abc import Iterable

from rostering.files import problem_from_json, problem_to_json
from rostering.problem import Problem, Tour

FORM = 1
"""The form of what is kept; another one would have another number."""


def freeze(problem: Problem) -> bytes:
    """The problem as compressed JSON."""
    officers = problem.officers
    bare = tuple(dataclasses.replace(officer, history=()) for officer in officers)
    tours = [tour for officer in officers for tour in officer.history]
    codes, kinds = _unlike(tour.code for tour in tours), _unlike(tour.kind for tour in tours)
    data = {
        "form": FORM,
        "problem": problem_to_json(dataclasses.replace(problem, officers=bare)),
        "codes": list(codes),
        "kinds": list(kinds),
        "history": [
            [[t.day, codes[t.code], kinds[t.kind], t.start, t.end] for t in officer.history]
            for officer in officers
        ],
    }
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def thaw(frozen: bytes) -> Problem:
    """The problem that was frozen."""
    data = json.loads(zlib.decompress(frozen))
    problem = problem_from_json(data["problem"])
    codes, kinds = data["codes"], data["kinds"]
    officers = tuple(
        dataclasses.replace(
            officer,
            history=tuple(
                Tour(day, codes[code], kinds[kind], start, end)
                for day, code, kind, start, end in past
            ),
        )
        for officer, past in zip(problem.officers, data["history"], strict=True)
    )
    return dataclasses.replace(problem, officers=officers)


def _unlike(words: Iterable[str]) -> dict[str, int]:
    """Each word once, with its place."""
    return {word: place for place, word in enumerate(dict.fromkeys(words))}
