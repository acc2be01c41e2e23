"""What auth takes and gives as JSON."""

from __future__ import annotations

from uuid import UUID

from app.auth.service import Kind, Role
from app.web.http.schema import Answer


class GrantAnswer(Answer):
    """A role in one control room, or in the whole force where `room_id` is null."""

    role: Role
    force_id: UUID
    room_id: UUID | None


class Me(Answer):
    """Who asks."""

    user_id: UUID
    name: str
    kind: Kind
    force_id: UUID
    officer_id: UUID | None
    grants: tuple[GrantAnswer, ...]
