"""What is wrong with the terms of queues and rooms, said before anything is kept."""

from __future__ import annotations

from app.requirements.checks.queues import RULES, refuse_unusable
from app.requirements.checks.room import ROOM_RULES, refuse_unusable_room

__all__ = ["ROOM_RULES", "RULES", "refuse_unusable", "refuse_unusable_room"]
