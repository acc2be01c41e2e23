"""What other rules would make of a published roster, which keeps its own."""

from __future__ import annotations

import dataclasses
from uuid import UUID

from app.db.transaction import Reading
from app.people import service as people
from app.rosters.service.desk import opened
from app.rosters.store import rosters as store
from app.rosters.values import Roster, State
from app.rulebooks.service import Books, Effect
from rostering.problem import Problem
from rostering.problem import Roster as Lines
from rostering.rules.base import Breach, Rule
from rostering.verify import points_of

PUBLISHED: tuple[State] = ("published",)


def judged(reading: Reading, room_id: UUID, rule: str, now: Books, then: Books) -> Effect | None:
    """What a published roster would break of one rule by other books.

    The roster is the one in force at the room's present, or else the next one.

    Args:
        reading: the caller's.
        room_id: the room.
        rule: code of the rule.
        now: the books without the change.
        then: the books with it.

    Returns:
        The effect; None where no roster is published that is not over.
    """
    found = _published(reading, room_id)
    if found is None:
        return None
    desk = opened(reading, room_id, found.id)
    lines = Lines.from_choices(desk.problem, desk.standing.choices)
    whose = {str(each.id): each.details.employment for each in people.everyone(reading, room_id)}
    told = []
    for books in (now, then):
        judge, problem = _under(desk.problem, books, rule, whose)
        breaches = [] if judge is None else list(judge.check(problem, lines))
        told.append((_points(judge, breaches), breaches))
    (points_now, before), (points, after) = told
    title = next((each.title for each in then.rules if each.code == rule), rule)
    return Effect(
        title=title,
        roster=found.name,
        broken=tuple(breach.words for breach in after),
        broken_now=len(before),
        points=points,
        points_now=points_now,
    )


def _published(reading: Reading, room_id: UUID) -> Roster | None:
    room = people.room(reading, room_id)
    today = room.today()
    published = store.room_rosters(reading, room_id, None, 50, PUBLISHED)
    left = [each for each in published if each.last_day >= today]
    return min(left, key=lambda each: each.first_day, default=None)


def _under(
    problem: Problem, books: Books, code: str, whose: dict[str, people.Employment]
) -> tuple[Rule | None, Problem]:
    """The rule as the books have it, and the problem with each officer's own numbers of it."""
    rule = next((each for each in books.rules if each.code == code), None)
    terms = {employment: books.terms(employment) for employment in ("officer", "staff")}
    officers = tuple(
        dataclasses.replace(officer, terms=terms[whose.get(officer.id, "officer")])
        for officer in problem.officers
    )
    return rule, dataclasses.replace(problem, officers=officers, rules=books.rules)


def _points(rule: Rule | None, breaches: list[Breach]) -> int:
    return 0 if rule is None or rule.is_hard else points_of(rule, breaches)
