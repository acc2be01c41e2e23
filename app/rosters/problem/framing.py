"""From what the slices below say to the problem that the solver is given."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from app.requirements.service import Need
from app.rosters.problem.bonds import bond_notes, bonds_of
from app.rosters.problem.callers import price_notes, row_prices
from app.rosters.problem.fairness import fairness_notes, with_memory, with_shares
from app.rosters.problem.fixed import pattern_notes, with_patterns
from app.rosters.problem.materials import Materials
from app.rosters.problem.officers import officers_of
from app.rosters.problem.rows import day_of, minute
from app.rosters.problem.weighed import dial_notes, turned_books
from app.rosters.problem.wishes import wished_bonds, with_long_wishes
from app.rosters.values import AuthorisedBreach, Pin, Template
from app.rulebooks import service as rulebooks
from forecasting.staffing.room import LEAST, joined
from rostering.assumed import assumed_shifts, shortage_points, since_first_shift
from rostering.authorised import Authorised
from rostering.dials import Dials
from rostering.problem import Cover, Officer, OfficerDay, Problem, Shift
from rostering.words import count_words, day_words, time_words

NAMED = 3
"""Officers named in a sentence; of more the number is told."""


def problem_of(materials: Materials) -> Problem:
    """The problem to solve, rules in force now and their prices as the dials turn them."""
    wanted, levels = materials.wanted, materials.levels
    dials = Dials(levels, materials.books.rules) if levels else None
    materials = dataclasses.replace(materials, books=turned_books(materials.books, levels))
    frame = Problem(
        name=wanted.name or "",
        first_day=wanted.first_day,
        days=wanted.days,
        zone=materials.room.zone,
        shifts=tuple(map(shift_of, materials.templates)) or assumed_shifts(),
        officers=(),
        rules=materials.books.rules,
        dials=dials,
    )
    officers = with_patterns(materials, frame, officers_of(materials, frame))
    officers = with_long_wishes(officers, materials.long_wishes, frame)
    officers = with_memory(materials, officers)
    wished = wished_bonds(materials.long_wishes, frame, officers)
    frame = dataclasses.replace(frame, bonds=(*bonds_of(materials, officers), *wished))
    asked = tuple(covers_of(materials.need, frame, officers, priced=True))
    covers = since_first_shift(asked, frame, officers)
    return with_shares(materials, dataclasses.replace(frame, officers=officers, cover=covers))


def shift_of(template: Template) -> Shift:
    """A shift template as the solver knows it."""
    said = template.details
    return Shift(said.code, said.kind, said.start, said.minutes, frozenset(said.skills))


def covers_of(
    need: Need, frame: Problem, officers: Iterable[Officer], *, priced: bool = False
) -> Iterator[Cover]:
    """What is needed in the period, from its first midnight to its last.

    Args:
        need: what is asked.
        frame: the days and the zone.
        officers: those whose skills say which rows must be met together.
        priced: whether missing people cost what their callers feel, which takes a while to work
            out; else they cost what is assumed.
    """
    start, step = minute(need.start), need.interval_minutes
    first = max(-((start - frame.midnight(0)) // step), 0)
    last = (frame.midnight(frame.days) - start) // step
    prices = row_prices(need, slice(first, last)) if priced else None
    for row in joined(need.rows, {officer.skills for officer in officers}):
        yield Cover(
            queues=row.names,
            skills=row.skills,
            start=start + first * step,
            interval_minutes=step,
            required=row.people[first:last].astype(np.int32),
            shortage_points=prices.of(row) if prices else shortage_points(step),
            role=min(row.skills) if row.asker in LEAST else "",
        )


def with_pins(problem: Problem, pins: Iterable[Pin]) -> Problem:
    """The problem with officer-days that must stay as they are."""
    fixed: dict[str, dict[int, OfficerDay]] = defaultdict(dict)
    for pin in pins:
        fixed[str(pin.officer_id)][day_of(problem, pin.day)] = OfficerDay(pin.code, pin.kind)
    if not fixed:
        return problem
    officers = tuple(
        dataclasses.replace(officer, days={**officer.days, **fixed[officer.id]})
        if officer.id in fixed
        else officer
        for officer in problem.officers
    )
    return dataclasses.replace(problem, officers=officers)


def with_authorised(problem: Problem, breaches: Iterable[AuthorisedBreach]) -> Problem:
    """The problem with breaches that may stand."""
    allowed = tuple(
        Authorised(
            str(each.officer_id),
            each.rule,
            day_of(problem, each.first_day),
            day_of(problem, each.last_day),
            each.excess,
        )
        for each in breaches
    )
    return dataclasses.replace(problem, authorised=allowed) if allowed else problem


def assumptions(materials: Materials, problem: Problem) -> Iterator[str]:
    """What was assumed and what else to know of a problem, a sentence each."""
    yield from _on_rules(materials)
    yield from dial_notes(materials.levels)
    if not materials.templates:
        yield (
            f"The room has no shift templates: {len(problem.shifts)} of 8 and 10 hours are "
            "assumed, starts spread over the day."
        )
    room = max(shift.minutes for shift in problem.shifts) / 120
    yield f"Contracted hours may be missed by {room:g} h either way, half of the longest shift."
    if problem.cover and problem.cover[0].start > problem.midnight(0):
        yield (
            f"Nothing is asked before {time_words(problem, problem.cover[0].start)} on the first "
            "day: the shifts of the day before are on duty then, and they are not known."
        )
    yield from price_notes(materials.need)
    if number := len(materials.away):
        away = f"{count_words(number, 'officer')} {'is' if number == 1 else 'are'}"
        yield f"{away} on leave or absent on some days, which are kept free."
    yield from _on_history(problem)
    yield from _on_skills(materials, problem)
    yield from _on_fixed_hours(problem)
    yield from bond_notes(materials, problem)
    limited = sum(bool(each.limits) or any(d.free for d in each.days.values())
                  for each in problem.officers)  # fmt: skip
    if limited:
        yield f"Own limits or free days of {count_words(limited, 'person', 'people')} are kept."
    yield from pattern_notes(materials, problem)
    yield from fairness_notes(materials, problem)


def _on_rules(materials: Materials) -> Iterator[str]:
    """Which rulebooks the roster is judged by, and what the force has changed in them."""
    books = materials.books
    there = {each.details.employment for each in materials.crew.officers}
    for book, whose, employment in (
        (books.officers, "Officers are", "officer"),
        (books.staff, "Staff are", "staff"),
    ):
        if employment not in there:
            continue
        title, *own = rulebooks.book_words(book, books.rules)
        chosen = "" if book.since else ", which is assumed"
        yield f"{whose} judged by the rulebook {title}{chosen}."
        if own:
            yield f"The force's own numbers: {'; '.join(own)}."
        if later := rulebooks.later_words(book, materials.wanted.last_day):
            yield f"{whose} judged by these from the next roster on: {'; '.join(later)}."


def _on_history(problem: Problem) -> Iterator[str]:
    known = min((officer.known_from for officer in problem.officers), default=0)
    if known:
        yield f"Earlier shifts are known from {day_words(problem, known)} on."
    else:
        yield "No earlier shifts are known: rest before the first shift is not judged."


def _on_fixed_hours(problem: Problem) -> Iterator[str]:
    """Who has nothing left to be rostered, such as partner staff with the same hours each week."""
    fixed = [
        officer.name
        for officer in problem.officers
        if len(officer.days) == problem.days and all(d.kind is None for d in officer.days.values())
    ]
    if fixed:
        more = f" and {len(fixed) - NAMED} more" if len(fixed) > NAMED else ""
        yield (
            f"{count_words(len(fixed), 'officer')} {'works' if len(fixed) == 1 else 'work'} fixed "
            f"hours, which stay as they are: {', '.join(fixed[:NAMED])}{more}."
        )


def _on_skills(materials: Materials, problem: Problem) -> Iterator[str]:
    held = {skill for officer in problem.officers for skill in officer.skills}
    for skill in sorted({s for cover in problem.cover for s in cover.skills} - held):
        yield f"Nobody holds the skill {skill} for the whole period."
    there = {officer.id for officer in problem.officers}
    left_out = [
        each.details.name
        for each in materials.crew.officers
        if each.id in materials.in_service and str(each.id) not in there
    ]
    if left_out:
        more = f" and {len(left_out) - NAMED} more" if len(left_out) > NAMED else ""
        yield (
            f"{count_words(len(left_out), 'officer')} without a skill for the whole period "
            f"{'is' if len(left_out) == 1 else 'are'} left out: "
            f"{', '.join(left_out[:NAMED])}{more}."
        )
