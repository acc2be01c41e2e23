"""A control room as plain data, for peers that know nothing of the product, and their rosters."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rostering.cover_grid import Counting
from rostering.problem import Officer, Problem, Roster
from rostering.rules.weekends_off import WeekendsOff
from rostering.verify import verify

PEERS = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
SCRIPTS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class PeersRoster:
    """What a peer made of a room, judged by the product's checks.

    Attributes:
        first_legal_seconds: when its first roster stood; None where it found none.
        is_legal: whether its last roster keeps every rule.
        objective: points of that roster; None where it found none.
    """

    first_legal_seconds: float | None
    is_legal: bool
    objective: int | None


def plain(problem: Problem) -> dict[str, Any]:
    """A room of the generator as plain data; instants are minutes."""
    grids = Counting.of(problem).grids
    (off,) = (rule.least for rule in problem.rules if isinstance(rule, WeekendsOff))
    saturdays = [day for day in range(problem.days) if problem.weekday(day) == 5]
    return {
        "days": problem.days,
        "rest": 660,
        "rest_after_nights": 2760,
        "longest_run": 6,
        "longest_nights": 4,
        "weekends": [[d for d in (day, day + 1) if d < problem.days] for day in saturdays],
        "weekends_off": len(saturdays) * off // 4,
        "shifts": [
            {
                "kind": shift.kind,
                "starts": problem.starts[:, index].tolist(),
                "ends": problem.ends[:, index].tolist(),
            }
            for index, shift in enumerate(problem.shifts)
        ],
        "officers": [
            {
                "needs": [number for number, grid in enumerate(grids) if grid.counts[index]],
                **_own(officer),
            }
            for index, officer in enumerate(problem.officers)
        ],
        "needs": [
            {
                "start": cover.start,
                "interval": cover.interval_minutes,
                "required": cover.required.tolist(),
                "prices": np.asarray(cover.shortage_points).tolist(),
            }
            for cover in problem.cover
        ],
    }


def _own(officer: Officer) -> dict[str, Any]:
    return {
        "least": officer.least_minutes,
        "most": officer.most_minutes,
        "away": [[span.start, span.end] for span in officer.unavailable],
        "wishes": [[wish.day, wish.points] for wish in officer.preferences],
    }


def of_peer(script: str, problem: Problem, seconds: float, folder: Path) -> PeersRoster | None:
    """What a peer makes of a room in so many seconds; None where it is not installed."""
    python = Path(sys.executable) if script == "with_cp_sat.py" else PEERS
    if not python.exists():
        return None
    room, out = folder / "room.json", folder / "roster.json"
    room.write_text(json.dumps(plain(problem)), encoding="utf-8")
    command: Sequence[str] = [str(python), str(SCRIPTS / script), str(room), str(seconds), str(out)]
    said = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=3 * seconds + 300
    )
    if said.returncode == NOT_INSTALLED:
        return None
    assert said.returncode == 0, said.stderr
    told = json.loads(said.stdout.splitlines()[-1])
    choices = json.loads(out.read_text(encoding="utf-8"))
    if choices is None:
        return PeersRoster(None, is_legal=False, objective=None)
    roster = Roster.from_choices(problem, np.array(choices, dtype=np.int16))
    verdict = verify(problem, roster)
    return PeersRoster(told["first"], verdict.is_legal, verdict.objective)


NOT_INSTALLED = 77
"""A peer leaves with this where its package is missing."""
