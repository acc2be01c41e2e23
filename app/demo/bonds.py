"""Who works with whom in a demonstration room: trainees with tutors, two who share a car."""

from __future__ import annotations

from app.db.transaction import Transaction
from app.demo.people import CALLS, TRAINEE
from app.demo.plan import Told
from app.rosters import service as rosters
from app.rosters.service import BondDetails

TUTORS = 3
"""Call takers of the team who may tutor its trainee."""

MISSED = 60
"""Minutes of a tour that a trainee may be without a tutor: a break, or the end of a shift."""


def make_bonds(transaction: Transaction, told: Told) -> None:
    """Let one trainee of each team work with a tutor, and two call takers of one team together."""
    first = told.plan.first_day
    for team in range(max(each.team for each in told.plan.people) + 1):
        mates = [
            (each.place.grade, officer.id)
            for each, officer in zip(told.plan.people, told.officers, strict=True)
            if each.team == team
        ]
        trainees = [officer for grade, officer in mates if grade == TRAINEE]
        takers = [officer for grade, officer in mates if grade == CALLS]
        if trainees and takers:
            tutors = tuple(takers[:TUTORS])
            tutored = BondDetails("with", trainees[0], tutors, first, None, MISSED, "tutor")
            rosters.add_bond(transaction, told.room.id, tutored)
        if team == 0 and len(takers) > TUTORS + 1:
            one, other = takers[TUTORS : TUTORS + 2]
            driven = BondDetails("together", one, (other,), first, minutes=30)
            rosters.add_bond(transaction, told.room.id, driven)
