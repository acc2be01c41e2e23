"""What the rulebooks in force say of leave."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.leave.reading import leave_terms
from app.leave.values import LeaveTerms
from app.people.service import Employment
from rostering.rulebooks import shipped

BOOKS: Mapping[Employment, str] = {"officer": "police_officers_ew", "staff": "police_staff_ew"}


@cache
def terms_of(employment: Employment) -> LeaveTerms:
    """What holds for police officers or for police staff."""
    return leave_terms(shipped(BOOKS[employment]), lambda _: None)
