"""Why a roster does not meet wishes, as the interface has it."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from app.rosters.service import Reasons, Unmet
from app.web.http.schema import Answer

Kind = Literal["rule", "cover", "own", "others", "open", "never"]


class WishReasonAnswer(Answer):
    """Why a wish is not met.

    `kind` is what stands in the way: a rule; the cover, which would be short; something else that
    the officer would lose; something that others would; nothing, so that it is open; or that no
    shift of the roster could ever meet it. `points` is what the best way to meet it would add to
    the roster. `words` is what the officer reads; `yielding` says who would have had to give way.
    `is_old` says that the roster has changed since.
    """

    kind: Kind
    points: int
    words: str
    yielding: str
    is_old: bool


class UnmetAnswer(Answer):
    """A wish that is not wholly met; `reason` is null until it has been worked out."""

    officer_id: UUID
    wish_id: UUID
    asked: str
    points: int
    lost: int
    reason: WishReasonAnswer | None

    @classmethod
    def of(cls, unmet: Unmet) -> UnmetAnswer:
        """The answer about a wish."""
        came, known = unmet.came, unmet.reason
        reason = None
        if known is not None:
            reason = WishReasonAnswer.model_validate(
                {
                    "kind": known.kind,
                    "points": known.points,
                    "words": known.words,
                    "yielding": known.yielding,
                    "is_old": unmet.is_old,
                }
            )
        return cls(
            officer_id=came.officer_id,
            wish_id=came.wish_id,
            asked=unmet.asked,
            points=came.points,
            lost=came.lost,
            reason=reason,
        )


class ReasonsAnswer(Answer):
    """The wishes of a roster: how many there are, and those that are not met.

    `is_busy` says that reasons are being worked out.
    """

    wishes: int
    is_busy: bool
    unmet: tuple[UnmetAnswer, ...]

    @classmethod
    def of(cls, found: Reasons) -> ReasonsAnswer:
        """The answer about a roster."""
        unmet = tuple(map(UnmetAnswer.of, found.unmet))
        return cls(wishes=found.made, is_busy=found.is_busy, unmet=unmet)


class AskedReasonsAnswer(Answer):
    """The job that works the reasons out."""

    job_id: UUID
    job_state: str
