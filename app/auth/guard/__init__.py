"""What stands before every door: who asks, and whether they may.

    @router.get("")
    def list_queues(visit: Annotated[Visit, allow("demand.read")]) -> ...:

Every route has exactly one guard: `allow(action)`, or `allow_anyone()` for what is public.
"""

from __future__ import annotations

from app.auth.guard.attempts import Attempts
from app.auth.guard.gate import Guard, allow, allow_anyone, guard_of, still_lets_in
from app.auth.guard.once import Once, OnceOnly
from app.auth.guard.visit import House, Own, Passing, RoomFacts, Rooms, Visit
from app.auth.values import Caller

__all__ = [
    "Attempts",
    "Caller",
    "Guard",
    "House",
    "Once",
    "OnceOnly",
    "Own",
    "Passing",
    "RoomFacts",
    "Rooms",
    "Visit",
    "allow",
    "allow_anyone",
    "guard_of",
    "still_lets_in",
]
