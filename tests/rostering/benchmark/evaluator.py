"""What a roster of a published instance breaks and costs, from two texts alone.

Written apart from the product: it reads the instance's text and the written rows, nothing else.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import groupby

Lines = dict[str, list[list[str]]]


def sections(text: str) -> Lines:
    """The rows of each section, comments left out."""
    found: Lines = {}
    rows: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("SECTION"):
            rows = found.setdefault(line.strip(), [])
        elif line.strip() and not line.startswith("#"):
            rows.append([cell.strip() for cell in line.split(",")])
    return found


def worked(roster: str) -> dict[str, dict[int, str]]:
    """Shift by day of each employee, as the rows say."""
    found: dict[str, dict[int, str]] = {}
    for row in csv.DictReader(io.StringIO(roster)):
        line = found.setdefault(row["employee"], {})
        assert int(row["day"]) not in line, "two shifts on one day"
        line[int(row["day"])] = row["shift"]
    return found


def faults(text: str, roster: str) -> list[str]:
    """Every hard limit of the instance that the roster breaks."""
    said, lines = sections(text), worked(roster)
    days = int(said["SECTION_HORIZON"][0][0])
    minutes = {name: int(length) for name, length, _ in said["SECTION_SHIFTS"]}
    never = {name: {*after.split("|")} - {""} for name, _, after in said["SECTION_SHIFTS"]}
    off = {name: {*map(int, days)} for name, *days in said.get("SECTION_DAYS_OFF", [])}
    found = [
        f"{name} is not on the staff" for name in {*lines} - {s[0] for s in said["SECTION_STAFF"]}
    ]
    for name, most_of, *numbers in said["SECTION_STAFF"]:
        line = lines.get(name, {})
        found += [
            f"{name} {fault}"
            for fault in (
                *_faults_of_runs(line, days, *map(int, numbers[2:5])),
                *_faults_of_totals(line, minutes, most_of, *map(int, (*numbers[:2], numbers[5]))),
            )
        ]
        for day, shift in line.items():
            if day in off.get(name, set()) or not 0 <= day < days:
                found.append(f"{name} works on day {day}")
            if line.get(day + 1) in never[shift]:
                found.append(f"{name} works {line[day + 1]} after {shift} on day {day}")
    return found


def _faults_of_runs(
    line: dict[int, str], days: int, most: int, few_on: int, few_off: int
) -> list[str]:
    found = []
    runs = [(is_on, [*run]) for is_on, run in groupby(range(days), key=line.__contains__)]
    for place, (is_on, run) in enumerate(runs):
        inside = 0 < place < len(runs) - 1
        if is_on and len(run) > most:
            found.append(f"works {len(run)} days from {run[0]}")
        if inside and len(run) < (few_on if is_on else few_off):
            found.append(f"has a run of {len(run)} days from {run[0]}")
    return found


def _faults_of_totals(
    line: dict[int, str],
    minutes: dict[str, int],
    most_of: str,
    most: int,
    least: int,
    weekends: int,
) -> list[str]:
    found = []
    total = sum(minutes[shift] for shift in line.values())
    if not least <= total <= most:
        found.append(f"works {total} minutes")
    number = Counter(line.values())
    for limit in most_of.split("|"):
        shift, _, limited = limit.partition("=")
        if number[shift] > int(limited):
            found.append(f"works {shift} {number[shift]} times")
    touched = {day // 7 for day in line if day % 7 in (5, 6)}
    if len(touched) > weekends:
        found.append(f"works {len(touched)} weekends")
    return found


def cost(text: str, roster: str) -> int:
    """What requests not met, and people too few or too many, cost together."""
    said, lines = sections(text), worked(roster)
    points = 0
    for name, day, shift, weight in said.get("SECTION_SHIFT_ON_REQUESTS", []):
        points += int(weight) * (lines.get(name, {}).get(int(day)) != shift)
    for name, day, shift, weight in said.get("SECTION_SHIFT_OFF_REQUESTS", []):
        points += int(weight) * (lines.get(name, {}).get(int(day)) == shift)
    number = Counter((day, shift) for line in lines.values() for day, shift in line.items())
    for day, shift, required, under, over in said.get("SECTION_COVER", []):
        missing = int(required) - number[int(day), shift]
        points += max(missing, 0) * int(under) + max(-missing, 0) * int(over)
    return points
