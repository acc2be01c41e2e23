"""Goals of some hours, what callers do besides waiting, and kinds of callers, as JSON."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.requirements.schemas.parts import InWindow, Name, Seconds, Share, WindowGiven
from app.web.http.schema import Answer, Strict


class GoalAtGiven(Strict):
    """What replaces the queue's goals while a window holds; the first that holds does."""

    window: WindowGiven
    share: Share | None = None
    within_seconds: Seconds | None = None
    most_abandonment: Share | None = None
    most_occupancy: Share | None = None


class RedialGiven(Strict):
    """Of those who hang up, the share who call again, and after how long on average."""

    share: Share
    after_seconds: Seconds = 300


class TurnGiven(Strict):
    """Of those who hang up and do not call again, the share who call another queue at once."""

    to: Name
    share: Share


class CallBackGiven(Strict):
    """Callers are offered a call back while the expected wait is longer than `above_seconds`.

    `accepted` of those offered accept, and `reached` of these are reached within all attempts.
    """

    above_seconds: Seconds
    accepted: Share
    reached: Share = 0.965
    attempts: Annotated[int, Field(ge=1, le=20)] = 3
    attempt_seconds: Seconds = 30


class PotGiven(Strict):
    """A kind of caller, before every later one; shares add up to 1; the rest is the queue's."""

    name: Name
    share: Share
    aht_seconds: Seconds | None = None
    goal_share: Share | None = None
    within_seconds: Seconds | None = None


class GoalAt(Answer):
    """What replaces the queue's goals while a window holds."""

    window: InWindow
    share: float | None
    within_seconds: float | None
    most_abandonment: float | None
    most_occupancy: float | None


class Redial(Answer):
    """Of those who hang up, the share who call again, and after how long on average."""

    share: float
    after_seconds: float


class Turn(Answer):
    """Of those who hang up and do not call again, the share who call another queue at once."""

    to: str
    share: float


class CallBack(Answer):
    """Callers are offered a call back."""

    above_seconds: float
    accepted: float
    reached: float
    attempts: int
    attempt_seconds: float


class Pot(Answer):
    """A kind of caller, before every later one."""

    name: str
    share: float
    aht_seconds: float | None
    goal_share: float | None
    within_seconds: float | None
