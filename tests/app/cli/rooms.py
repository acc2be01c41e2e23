"""A small made-up room for tests: counts, staff and queues as files."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

FIRST = datetime(2025, 4, 7, tzinfo=UTC)

FROM = "2025-06-02"


def history(days: int = 56) -> str:
    """Hourly counts of two queues that rise and fall with the hour, with handled seconds."""
    lines = ["interval_start,queue,offered,handled_seconds"]
    for step in range(days * 24):
        instant = f"{FIRST + timedelta(hours=step):%Y-%m-%dT%H:%M:%SZ}"
        calls = 6 if 7 <= step % 24 <= 21 else 2
        lines += [f"{instant},999,{calls},{calls * 300}", f"{instant},101,{calls},{calls * 400}"]
    return "\n".join(lines) + "\n"


def officer(number: int, **changes: object) -> dict[str, object]:
    """One of the room's officers: full time, both skills, with changes."""
    plain = {"id": f"o{number}", "name": f"Officer {number}", "skills": ["999", "101"]}
    return plain | {"hours_per_week": 37} | changes


def write_room(
    folder: Path, staff: object = None, queues: str = "", counts: str | None = None
) -> list[str]:
    """Write the room's files and give the arguments of a plan of one week into `folder/out`."""
    given = [officer(number) for number in range(14)] if staff is None else staff
    (folder / "calls.csv").write_text(history() if counts is None else counts)
    (folder / "staff.json").write_text(json.dumps(given))
    (folder / "queues.toml").write_text(queues)
    options = {
        "staff": str(folder / "staff.json"),
        "from": FROM,
        "weeks": "1",
        "queues": str(folder / "queues.toml"),
        "timezone": "Europe/London",
        "seconds": "120",
        "out": str(folder / "out"),
    }
    return ["plan", str(folder / "calls.csv"), *flags(options)]


def flags(options: dict[str, str]) -> list[str]:
    """Options as a command line takes them; of two of one name the later holds."""
    return [part for name, value in options.items() for part in (f"--{name}", value)]
