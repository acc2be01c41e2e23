"""Extra shifts beyond contracts, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rostering.extras import Ground


@dataclass(frozen=True, slots=True)
class ExtraShift:
    """An extra shift of a roster.

    Attributes:
        code: of the shift.
        minutes: beyond the contract, all of the shift.
        ground: why it could be asked of the officer.
        why: why of this officer, as a sentence that names nobody else.
    """

    id: UUID
    roster_id: UUID
    officer_id: UUID
    day: date
    code: str
    minutes: int
    ground: Ground
    why: str
