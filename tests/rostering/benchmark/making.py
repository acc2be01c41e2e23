"""Instances made up in the published format, of any size; the same numbers give the same text.

Everybody has one lawful line at least: the limits are drawn around a line that is kept hidden.
"""

from __future__ import annotations

import random
from collections import Counter

LENGTHS = (480, 720, 600, 540)


def made_up(*, days: int, people: int, kinds: int, seed: int = 0) -> str:
    """An instance that asks for about as much as its people can work."""
    chance = random.Random(seed)  # noqa: S311  nothing is secret
    names = [f"S{number}" for number in range(kinds)]
    minutes = {name: LENGTHS[number % len(LENGTHS)] for number, name in enumerate(names)}
    staff = {f"P{number}": _line(chance, days, names) for number in range(people)}
    rows = ["SECTION_HORIZON", f"{days}", "", "SECTION_SHIFTS", "# name, minutes, not after"]
    rows += [f"{name},{minutes[name]},{'|'.join(names[:at])}" for at, name in enumerate(names)]
    rows += ["", "SECTION_STAFF"]
    for name, line in staff.items():
        worked = Counter(line.values())
        able = {*worked, *chance.sample(names, max(1, kinds // 2))}
        few = chance.choice(sorted(able))
        most = {kind: days if kind in able else 0 for kind in names}
        most[few] = max(worked[few], days // 5)
        total = sum(minutes[kind] for kind in line.values())
        limits = "|".join(f"{kind}={number}" for kind, number in most.items())
        weekends = {day // 7 for day in line if day % 7 > 4}
        rows.append(f"{name},{limits},{total + 480},{max(total - 480, 0)},5,2,2,{len(weekends)}")
    rows += ["", "SECTION_DAYS_OFF"]
    for name, line in staff.items():
        off = chance.sample([day for day in range(days) if day not in line], max(1, days // 14))
        rows.append(f"{name},{','.join(map(str, sorted(off)))}")
    for wish in ("ON", "OFF"):
        rows += ["", f"SECTION_SHIFT_{wish}_REQUESTS"]
        for name, line in staff.items():
            for day in sorted(chance.sample(range(days), max(1, days // 9))):
                kind = chance.choice(sorted({*line.values()}))
                rows.append(f"{name},{day},{kind},{chance.randint(1, 3)}")
    rows += ["", "SECTION_COVER", "# day, shift, people, too few, too many"]
    there = Counter((day, kind) for line in staff.values() for day, kind in line.items())
    for day in range(days):
        for kind in names:
            rows.append(f"{day},{kind},{max(0, there[day, kind] + chance.randint(-1, 1))},100,1")
    return "\n".join(rows) + "\n"


def _line(chance: random.Random, days: int, names: list[str]) -> dict[int, str]:
    """A line that keeps every limit: stretches of one shift, two days off or more between."""
    kinds = chance.sample(names, min(len(names), 3))
    line: dict[int, str] = {}
    day = -chance.randint(0, 6)
    while day < days:
        kind = chance.choice(kinds)
        stretch = range(day, day + chance.randint(3, 5))
        line.update({worked: kind for worked in stretch if 0 <= worked < days})
        day = stretch.stop + chance.randint(2, 3)
    return line
