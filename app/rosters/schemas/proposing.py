"""What a roster that was made again would change, as JSON."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.rosters.schemas.notices import PriceAnswer
from app.rosters.schemas.published import DutyAnswer
from app.rosters.service import Proposal, Proposed
from app.web.http.schema import Answer
from rostering.changes import Cause


class ProposedAnswer(Answer):
    """An officer-day that would change; null is a rest day.

    `cause` is `lost` where it could not stay as it was, `covers` where it stands in for what
    somebody else lost, `rule` and `cover` where a rule would break or people would be missing
    otherwise, else `other`. `price` is null where nobody has been told of the roster that stands.
    """

    officer_id: UUID
    day: date
    before: DutyAnswer | None
    after: DutyAnswer | None
    cause: Cause
    words: str
    price: PriceAnswer | None

    @classmethod
    def of(cls, each: Proposed) -> ProposedAnswer:
        """A change that is proposed."""
        return cls(
            officer_id=each.officer_id,
            day=each.day,
            before=DutyAnswer.model_validate(each.before) if each.before else None,
            after=DutyAnswer.model_validate(each.after) if each.after else None,
            cause=each.cause,
            words=each.words,
            price=PriceAnswer.of(each.judged) if each.judged else None,
        )


class ProposalAnswer(Answer):
    """Everything that a roster would change of the one that stands, by day and name.

    `lost` of the changes are of days that could not stay as they were.
    """

    roster_id: UUID
    version: int
    stands: UUID
    lost: int
    changes: tuple[ProposedAnswer, ...]

    @classmethod
    def of(cls, found: Proposal) -> ProposalAnswer:
        """What is proposed."""
        return cls(
            roster_id=found.roster.id,
            version=found.roster.version,
            stands=found.stands.id,
            lost=found.lost,
            changes=tuple(map(ProposedAnswer.of, found.changed)),
        )
