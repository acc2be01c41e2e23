"""Notice, and what a change of a published duty earns, as JSON."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from app.rosters.service import Choice, Judged, Notice
from app.web.http.schema import Answer
from rostering.notice import Award, Due, Kind, Reason, notice_words


class AwardAnswer(Answer):
    """One thing that a change earns.

    `what` is time at a rate, another rest day, days off, a choice of the person's, or something to
    ask payroll because no source states it. `rate_percent` is null where the force must say it.
    """

    what: Literal["time", "rest_day", "day_off", "choice", "ask"]
    words: str
    source: str
    minutes: int
    rate_percent: int | None
    form: Literal["pay_or_time", "pay_and_time", "pay"] | None
    days: float
    name_by: date | None

    @classmethod
    def of(cls, award: Award) -> AwardAnswer:
        """Something that is due."""
        return cls(
            what=award.what,
            words=award.words,
            source=award.source,
            minutes=award.minutes,
            rate_percent=award.percent,
            form=award.form,
            days=float(award.days),
            name_by=award.name_by,
        )


class NoticeAnswer(Answer):
    """What a published change is to the officer.

    `named` is the rest day that was named in place of the one worked; `standing` is false once a
    later publication has changed the day again, so that nothing of it is due any more. `disrupted`
    counts towards an allowance for rest day disruption, where the rulebook knows one. `choice` is
    what the officer chose of pay and time off, `open` before that; null where nothing is to choose.
    """

    kind: Kind
    clear_days: int
    words: str
    due: tuple[AwardAnswer, ...]
    unsocial_hours: int
    disrupted: bool
    authority: str
    named: date | None
    standing: bool
    choice: Choice | None

    @classmethod
    def of(cls, notice: Notice) -> NoticeAnswer:
        """A notice as kept."""
        return cls(
            kind=notice.due.kind,
            clear_days=notice.due.notice,
            words=notice_words(notice.due),
            due=awards_of(notice.due),
            unsocial_hours=notice.due.unsocial_hours,
            disrupted=notice.due.disrupted,
            authority=notice.authority,
            named=notice.named,
            standing=notice.standing,
            choice=notice.choice,
        )


class PriceAnswer(Answer):
    """What a change of a published duty would be to the officer, and what it needs.

    `refused` says of each reason that may not be given why not. `authority` says whose authority
    is needed, unless the officer asks for the change; it is empty where nobody's is.
    """

    officer_id: UUID
    day: date
    kind: Kind
    clear_days: int
    words: str
    due: tuple[AwardAnswer, ...]
    unsocial_hours: int
    refused: dict[Reason, str]
    authority: str

    @classmethod
    def of(cls, judged: Judged) -> PriceAnswer:
        """A change that was priced."""
        return cls(
            officer_id=judged.change.officer_id,
            day=judged.change.day,
            kind=judged.due.kind,
            clear_days=judged.due.notice,
            words=notice_words(judged.due),
            due=awards_of(judged.due),
            unsocial_hours=judged.due.unsocial_hours,
            refused={reason: words for reason, words in judged.reasons.items() if words},
            authority=judged.authority,
        )


def awards_of(due: Due) -> tuple[AwardAnswer, ...]:
    """Everything that is due."""
    return tuple(map(AwardAnswer.of, due.awards))
