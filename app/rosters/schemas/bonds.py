"""Bonds between officers as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.rosters.service import Bond, BondDetails, BondKind
from app.web.http.schema import Answer, Strict


class BondInput(Strict):
    """Who works with whom: `with` one of the others, `together` with each, or `apart` from each.

    It holds for tours that start on `from_day` and later, before `until_day`; `minutes` of a tour
    may miss it. `role` is what the others are to the officer.
    """

    kind: BondKind
    officer_id: UUID
    others: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=20)]
    from_day: date
    until_day: date | None = None
    minutes: Annotated[int, Field(ge=0, le=720)] = 0
    role: Literal["tutor", "companion"] = "companion"

    def details(self) -> BondDetails:
        """What is said of the bond."""
        return BondDetails(**{name: getattr(self, name) for name in type(self).model_fields})


class BondAnswer(Answer):
    """A bond as kept."""

    id: UUID
    version: int
    kind: BondKind
    officer_id: UUID
    others: tuple[UUID, ...]
    from_day: date
    until_day: date | None
    minutes: int
    role: str

    @classmethod
    def of(cls, bond: Bond) -> BondAnswer:
        """A bond as kept."""
        details = {name: getattr(bond.details, name) for name in BondInput.model_fields}
        return cls(id=bond.id, version=bond.version, **details)


class BondList(Answer):
    """Bonds of a control room, those that began last first."""

    bonds: tuple[BondAnswer, ...]
