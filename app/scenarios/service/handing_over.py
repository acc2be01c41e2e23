"""A scenario used in the next roster: the requirement that it comes to, shown and then kept."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.errors import Conflict, InvalidInput, Place, invalid
from app.requirements import service as requirements
from app.scenarios import series
from app.scenarios.service.asking import scenario
from app.scenarios.values import Scenario
from forecasting.errors import InputError

REASON = 300
"""Characters of a reason, at most."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a scenario would ask of the next roster.

    Attributes:
        scenario: what was asked.
        before: the requirement that it rests on.
        after: what would be worked out with its changes, on all days of that one; not kept.
    """

    scenario: Scenario
    before: requirements.Requirement
    after: requirements.Requirement


def why_not_used(found: Scenario) -> str:
    """Why a scenario cannot be used in the next roster; "" where it can."""
    if found.made_at is None:
        return "This scenario is not answered yet."
    return series.why_not(found)


def handed_over(reading: Reading, room_id: UUID, by: UUID, scenario_id: UUID) -> HandedOver:
    """What a scenario would ask of the next roster; nothing is kept.

    Raises:
        NotFound: when there is no such scenario in the room.
        Conflict: when it has nothing that a roster could be made for, and why.
        InvalidInput: when its requirement cannot be worked out.
    """
    found, before, what = _otherwise(reading, room_id, scenario_id)
    after = requirements.otherwise(reading, room_id, by, before.id, what)
    return HandedOver(found, before, after)


def hand_over(
    transaction: Transaction, room_id: UUID, by: UUID, scenario_id: UUID, reason: str
) -> requirements.Requirement:
    """Work out what a scenario asks, and keep it for rosters that are made for it by name.

    Raises:
        NotFound, Conflict, InvalidInput: as for `handed_over`.
        InvalidInput: when no reason is given, or a long one.
    """
    said = " ".join(reason.split())
    if not 1 <= len(said) <= REASON:
        raise invalid("reason", f"Say why, in {REASON} characters at most.")
    _, before, what = _otherwise(transaction, room_id, scenario_id)
    return requirements.work_out_otherwise(transaction, room_id, by, before.id, what, said)


def _otherwise(
    reading: Reading, room_id: UUID, scenario_id: UUID
) -> tuple[Scenario, requirements.Requirement, requirements.Otherwise]:
    found = scenario(reading, room_id, scenario_id)
    if words := why_not_used(found):
        raise Conflict(words)
    before = requirements.requirement(reading, room_id, found.requirement_id)
    values = requirements.expected(reading, before)
    need = requirements.need(reading, room_id, before.id)
    try:
        return found, before, series.otherwise_of(before, values, need, found.changes)
    except InputError as error:
        raise InvalidInput([Place("changes", error.message)]) from error
