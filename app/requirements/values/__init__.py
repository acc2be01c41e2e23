"""What the service of requirements takes and gives: frozen values, free of the database.

Days are local days of the control room, instants aware and in UTC.
"""

from __future__ import annotations

from app.requirements.values.repair import Repair
from app.requirements.values.requirement import Need, Otherwise, People, QueueSet, Requirement
from app.requirements.values.terms import (
    ENDLESS,
    ForecastAht,
    Given,
    Measured,
    Origin,
    RoomAsks,
    Terms,
)

__all__ = [
    "ENDLESS",
    "ForecastAht",
    "Given",
    "Measured",
    "Need",
    "Origin",
    "Otherwise",
    "People",
    "QueueSet",
    "Repair",
    "Requirement",
    "RoomAsks",
    "Terms",
]
