"""What the service takes and gives: frozen values, free of the database.

A day is a local day of the control room; instants are aware and in UTC.
"""

from __future__ import annotations

from app.scenarios.values.basis import Basis, Crew, Floats, QueueSet, Whole
from app.scenarios.values.changes import (
    KINDS,
    CallBackChange,
    CallsChange,
    Change,
    HandlingChange,
    PatienceChange,
    PeopleChange,
    ReserveChange,
    TargetChange,
    When,
    document,
    of_document,
)
from app.scenarios.values.kept import RUNS, SEED, Over, Scenario, Seek, Wanted
from app.scenarios.values.results import Addition, Figure, Result, Sought

__all__ = [
    "KINDS",
    "RUNS",
    "SEED",
    "Addition",
    "Basis",
    "CallBackChange",
    "CallsChange",
    "Change",
    "Crew",
    "Figure",
    "Floats",
    "HandlingChange",
    "Over",
    "PatienceChange",
    "PeopleChange",
    "QueueSet",
    "ReserveChange",
    "Result",
    "Scenario",
    "Seek",
    "Sought",
    "TargetChange",
    "Wanted",
    "When",
    "Whole",
    "document",
    "of_document",
]
