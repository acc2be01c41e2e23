"""What the service takes and gives: frozen values, free of the database.

A day is a local day of the control room, and a shift belongs to the day it starts on. Instants are
aware and in UTC. A shift template is named by its code; `None` in place of a code is a rest day.
"""

from __future__ import annotations

from app.rosters.values.changing import (
    UNSAID,
    AuthorisedBreach,
    Authority,
    ChangePosition,
    Choice,
    DayChange,
    DayChanged,
    Edit,
    EditState,
    Ground,
    Notice,
    Pin,
    PinChanged,
    Publication,
    PublishedChange,
    Why,
)
from app.rosters.values.making import (
    KINDS,
    ROLES,
    Bond,
    BondDetails,
    BondKind,
    Duty,
    Roster,
    RosterShift,
    State,
    Summary,
    Template,
    TemplateDetails,
    Wanted,
)

__all__ = [
    "KINDS",
    "ROLES",
    "UNSAID",
    "AuthorisedBreach",
    "Authority",
    "Bond",
    "BondDetails",
    "BondKind",
    "ChangePosition",
    "Choice",
    "DayChange",
    "DayChanged",
    "Duty",
    "Edit",
    "EditState",
    "Ground",
    "Notice",
    "Pin",
    "PinChanged",
    "Publication",
    "PublishedChange",
    "Roster",
    "RosterShift",
    "State",
    "Summary",
    "Template",
    "TemplateDetails",
    "Wanted",
    "Why",
]
