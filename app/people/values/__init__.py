"""What the service takes and gives: frozen values, free of the database.

Days are local days of the control room; a `from_day` counts, an `until_day` does not, and None
means "until further notice". Instants are aware and in UTC.
"""

from __future__ import annotations

from app.people.values.kept import (
    ChangedPage,
    ChangePosition,
    Contract,
    Employment,
    Force,
    HeldSkill,
    HistoryChange,
    Officer,
    OfficerDetails,
    OfficerPage,
    OutsideId,
    PastShift,
    Person,
    Position,
    Room,
    ShiftState,
    Skill,
    Span,
    Team,
    Thing,
)

__all__ = [
    "ChangePosition",
    "ChangedPage",
    "Contract",
    "Employment",
    "Force",
    "HeldSkill",
    "HistoryChange",
    "Officer",
    "OfficerDetails",
    "OfficerPage",
    "OutsideId",
    "PastShift",
    "Person",
    "Position",
    "Room",
    "ShiftState",
    "Skill",
    "Span",
    "Team",
    "Thing",
]
