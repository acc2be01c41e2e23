"""A small town's calls and people, as other systems would send them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

ZONE = "Europe/London"
FIRST_DAY = date(2031, 3, 3)
"""The Monday on which the roster begins."""

DAYS = 7
WEEKS = 8
"""Weeks of counts before it."""

PEOPLE = 14
STARTED = date(2024, 1, 1)


def call_rows() -> list[dict[str, object]]:
    """Calls of a queue per quarter hour: more by day, fewer by night; the same every time."""
    draws = np.random.default_rng(2026)
    zone = ZoneInfo(ZONE)
    begin = datetime.combine(FIRST_DAY - timedelta(weeks=WEEKS), datetime.min.time(), zone)
    starts = [begin.astimezone(UTC) + timedelta(minutes=15 * n) for n in range(WEEKS * 7 * 96)]
    hours = np.array([start.astimezone(zone).hour for start in starts])
    offered = draws.poisson(np.where((hours >= 8) & (hours < 20), 2.0, 0.7))
    return [
        {
            "queue": "999",
            "start": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "offered": int(calls),
            "answered": int(calls),
            "handled_seconds": 300.0 * int(calls),
        }
        for start, calls in zip(starts, offered, strict=True)
    ]


def calls_csv() -> bytes:
    """The same as a telephony export: local clock, own headers, averages instead of sums."""
    zone = ZoneInfo(ZONE)
    rows = [
        (
            datetime.fromisoformat(str(row["start"])).astimezone(zone).strftime("%d/%m/%Y"),
            datetime.fromisoformat(str(row["start"])).astimezone(zone).strftime("%H:%M"),
            row["queue"],
            row["offered"],
            row["answered"],
            300 if row["answered"] else "",
        )
        for row in call_rows()
    ]
    return _csv(("Date", "Time", "Queue", "Calls Offered", "Calls Answered", "AHT"), rows)


def people_files() -> list[tuple[str, bytes]]:
    """Officers, their skills and their contracts, a file each."""
    numbers = [f"PC{n}" for n in range(1, PEOPLE + 1)]
    names = [f"Officer {n}" for n in range(1, PEOPLE + 1)]
    start = STARTED.isoformat()
    return [
        (
            "officers.csv",
            _csv(
                ("number", "name", "grade", "employment", "started", "left", "team"),
                [(n, name, "PC", "officer", start, "", "A")
                 for n, name in zip(numbers, names, strict=True)],
            ),
        ),
        (
            "skills.csv",
            _csv(("number", "skill", "from", "until"), [(n, "999", start, "") for n in numbers]),
        ),
        (
            "contracts.csv",
            _csv(
                ("number", "from", "until", "hours_per_week"), [(n, start, "", 40) for n in numbers]
            ),
        ),
    ]  # fmt: skip


def _csv(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode()
