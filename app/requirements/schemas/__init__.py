"""Terms of queues and rooms, and requirements, as JSON."""

from __future__ import annotations

from app.requirements.schemas.queues import TermsAnswer, TermsGiven, TermsList
from app.requirements.schemas.requirements import (
    NeedAnswer,
    RepairAnswer,
    RequirementAnswer,
    RequirementList,
    WantedRequirement,
)
from app.requirements.schemas.room import RoomTermsAnswer, RoomTermsGiven

__all__ = [
    "NeedAnswer",
    "RepairAnswer",
    "RequirementAnswer",
    "RequirementList",
    "RoomTermsAnswer",
    "RoomTermsGiven",
    "TermsAnswer",
    "TermsGiven",
    "TermsList",
    "WantedRequirement",
]
