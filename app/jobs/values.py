"""What the service of jobs takes and gives: frozen values, free of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

JsonValue: TypeAlias = (
    "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
)
"""What JSON can say."""

State = Literal["waiting", "running", "done", "failed", "cancelled"]

ENDED: frozenset[State] = frozenset({"done", "failed", "cancelled"})
"""The states that nothing leads out of."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something slow that was asked for and is worked off elsewhere.

    Attributes:
        kind: which handler does it.
        asked_by: the user who asked; None for the service itself.
        arguments: what the handler is given.
        progress: what the handler told last, in its own words; empty before it told anything.
        words: why it failed, as a sentence; empty unless it did.
        started_at: when it was first begun; None while it waits.
        ended_at: when it was done, failed or was cancelled; None before.
        cancel_asked_at: when somebody asked to cancel it; a running job ends soon after.
        version: grows with every change of the row.
    """

    id: UUID
    kind: str
    room_id: UUID
    asked_by: UUID | None
    asked_at: datetime
    arguments: Mapping[str, JsonValue]
    state: State
    progress: Mapping[str, JsonValue]
    words: str
    started_at: datetime | None
    ended_at: datetime | None
    cancel_asked_at: datetime | None
    version: int

    @property
    def user(self) -> UUID:
        """The user who asked for a job of a kind that people ask for.

        Raises:
            ValueError: when the service asked by itself.
        """
        if self.asked_by is None:
            raise ValueError(f"nobody asked for {self.id}")
        return self.asked_by

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ENDED
