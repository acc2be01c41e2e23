"""Made-up officers, the same ones every time, for rooms whose people are not at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np

from app.cli.staff import Away, OfficerEntry, Staff, Wish

LABEL = "The officers are made up: names, skills, hours, wishes and leave."

SHARE_OF_ALL_SKILLS = 0.3
"""Officers who hold every skill: a fifth brings nearly the whole gain of pooling two queues; a
little more lets the smaller of three be covered at night."""

PART_TIME_EACH = 5
"""Every so manieth officer works part time."""

FULL_HOURS, PART_HOURS = 37.0, 24.0

SHARE_ON_LEAVE = 0.08
"""Chance that an officer has a week of leave in a given week."""

WISHES_A_WEEK = 0.5

FIRST_NAMES = (
    "Ada Bram Cleo Dara Edgar Flora Gwen Hugo Iris Jonas Kit Lena Milo Nora Otis Pia Quinn Rosa "
    "Silas Tess Una Vito Wanda Xenia Yara Zeno"
)
LAST_NAMES = (
    "Applewood Birchfield Candlemere Dovecote Elderbrook Foxglove Gooseberry Hazelmoor Inkpen "
    "Juniper Kettlewick Larkspur Marzipan Nutbrown Otterburn Plumtree Quillfeather Rainbow "
    "Saltmarsh Thistledown Umberside Violet Willowherb"
)


def made_up_staff(
    number: int, workload: Mapping[str, float], first_day: dt.date, days: int
) -> Staff:
    """Officers who could be; the same arguments give the same people.

    Args:
        number: how many.
        workload: hours of work by skill, by which single skills are shared out.
        first_day: first day of the rota period.
        days: its length.
    """
    draw = np.random.default_rng(20_260_101)
    skills = skills_of(number, workload)
    return Staff(
        officers=[
            OfficerEntry(
                id=f"made-up-{index + 1:03}",
                name=_name(index),
                skills=skills[index],
                hours_per_week=PART_HOURS if index % PART_TIME_EACH == 2 else FULL_HOURS,
                unavailable=_leave(draw, first_day, days),
                preferences=_wishes(draw, first_day, days),
            )
            for index in range(number)
        ]
    )


def skills_of(number: int, workload: Mapping[str, float]) -> list[list[str]]:
    """The skills of each officer: some hold all, the others one each, in step with the work.

    Every skill is held by someone. The next single skill goes where the work for each holder,
    those who hold all included, is most: the method of highest averages.
    """
    everything = sorted(workload)
    masters = max(round(number * SHARE_OF_ALL_SKILLS), 1)
    held = dict.fromkeys(everything, masters)
    skills: list[list[str]] = []
    for index in range(number):
        if _is_nth(index, masters, number):
            skills.append(everything)
        else:
            neediest = max(everything, key=lambda name: workload[name] / (held[name] + 1))
            held[neediest] += 1
            skills.append([neediest])
    return skills


def _is_nth(index: int, chosen: int, number: int) -> bool:
    """Tell whether this is one of `chosen` spread evenly over `number`."""
    return index * chosen // number != (index - 1) * chosen // number or index == 0


def _name(index: int) -> str:
    """A name of its own for up to 598 officers, then one with a numeral."""
    first, last = FIRST_NAMES.split(), LAST_NAMES.split()
    turn = index // (len(first) * len(last))
    name = f"{first[index % len(first)]} {last[index % len(last)]}"
    return f"{name} {turn + 1}" if turn else name


def _leave(draw: np.random.Generator, first_day: dt.date, days: int) -> list[Away]:
    """Weeks of leave, as dates."""
    weeks = [week for week in range(days // 7) if draw.random() < SHARE_ON_LEAVE]
    return [
        Away(
            start=first_day + dt.timedelta(days=7 * week),
            end=first_day + dt.timedelta(days=7 * week + 6),
        )
        for week in weeks[:1]
    ]


def _wishes(draw: np.random.Generator, first_day: dt.date, days: int) -> list[Wish]:
    """Wishes on unlike days: mostly days off, some without a night, some for an early."""
    number = min(int(draw.poisson(WISHES_A_WEEK * days / 7)), days)
    chosen: Sequence[int] = sorted(int(day) for day in draw.permutation(days)[:number])
    kinds: list[tuple[bool, list[str]]] = [(False, []), (False, ["night"]), (True, ["early"])]
    wishes = []
    for day in chosen:
        wants, about = kinds[int(draw.choice(3, p=[0.6, 0.25, 0.15]))]
        points = int(draw.integers(1, 11))
        date = first_day + dt.timedelta(days=day)
        wishes.append(Wish(date=date, points=points, wants=wants, kinds=about))
    return wishes
