"""Jobs as JSON."""

from __future__ import annotations

from uuid import UUID

from pydantic import JsonValue

from app.jobs.service import State
from app.web.http.schema import Answer, When


class JobAnswer(Answer):
    """Something slow that was asked for, and what became of it.

    `asked_by` is null where the service itself asked, as for what is due every day.
    """

    id: UUID
    kind: str
    room_id: UUID
    asked_by: UUID | None
    asked_at: When
    arguments: dict[str, JsonValue]
    state: State
    progress: dict[str, JsonValue]
    words: str
    started_at: When | None
    ended_at: When | None
    cancel_asked_at: When | None
    has_ended: bool
    version: int


class JobList(Answer):
    """Jobs of a control room, newest first."""

    jobs: list[JobAnswer]
