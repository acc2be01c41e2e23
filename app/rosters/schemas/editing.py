"""Changes by hand and their effect as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.rosters.schemas.notices import PriceAnswer
from app.rosters.schemas.rosters import DayDiffers
from app.rosters.service import DayChange, Edit, EditState, Takers, Trial, Why
from app.web.http.schema import Answer, Strict, When
from rostering.effect import CoverChange, LineEffect, Rest
from rostering.files import instant_text
from rostering.notice import Reason
from rostering.rules.preferences import wish_words

Code = Annotated[str, Field(min_length=1, max_length=64)]
Note = Annotated[str, Field(max_length=500)]
Authority = Annotated[str, Field(max_length=200, description="Name of whoever authorised it.")]


class DayInput(Strict):
    """What an officer-day is to become: the shift of a code, or null for a rest day."""

    officer_id: UUID
    day: date
    code: Code | None


class SwapInput(Strict):
    """Two officers who exchange what they have on some days."""

    one: UUID
    other: UUID
    days: Annotated[tuple[date, ...], Field(min_length=1, max_length=100)]


class ChangeInput(Strict):
    """A change of a roster: either officer-days, or a swap."""

    changes: Annotated[tuple[DayInput, ...] | None, Field(min_length=1, max_length=500)] = None
    swap: SwapInput | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.changes is None) == (self.swap is None):
            raise ValueError("Give either changes or a swap")
        return self

    def day_changes(self) -> tuple[DayChange, ...]:
        """The officer-days, where they are given."""
        return tuple(DayChange(it.officer_id, it.day, it.code) for it in self.changes or ())


class ReasonInput(Strict):
    """Why; a published roster needs a reason, and sometimes an authority."""

    reason: Reason | None = None
    note: Note = ""
    authority: Authority = ""

    def why(self) -> Why:
        """The reason, as it was given."""
        return Why(self.reason, self.note.strip(), self.authority.strip())


class EditInput(ChangeInput, ReasonInput):
    """A change to make; a published roster needs a reason, and sometimes an authority."""


class PublishInput(Strict):
    """Why a roster comes into force, and why duties change that were published before."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]
    change_reason: Reason | None = None
    authority: Authority = ""

    def why(self) -> Why:
        """Why published duties change, as it was given."""
        return Why(self.change_reason, "", self.authority.strip())


class CellInput(Strict):
    """An officer-day."""

    officer_id: UUID
    day: date


class PinInput(Strict):
    """Officer-days to pin as they are, or to let go; with `kinds` shifts by their kind alone."""

    cells: Annotated[tuple[CellInput, ...], Field(min_length=1, max_length=500)]
    pinned: bool
    kinds: bool = False


class PinAnswer(Answer):
    """An officer-day that hands and the solver keep: a shift, a kind, or with neither rest."""

    officer_id: UUID
    day: date
    code: str | None
    kind: str | None


class PinList(Answer):
    """Pins of a roster."""

    pins: tuple[PinAnswer, ...]


class RestAnswer(Answer):
    """Rest around a new shift, in minutes; null where no shift is known before or after it."""

    day: date
    before_minutes: int | None
    after_minutes: int | None


class LineAnswer(Answer):
    """What a change makes of an officer's line: hours, rest, wishes in words."""

    officer_id: UUID
    name: str
    minutes_before: int
    minutes_after: int
    least_minutes: int
    most_minutes: int
    rests: tuple[RestAnswer, ...]
    wishes_met: tuple[str, ...]
    wishes_lost: tuple[str, ...]


class CoverChangeAnswer(Answer):
    """What becomes of the cover of a set of queues; people to spare are negative."""

    queues: tuple[str, ...]
    start: When
    end: When
    missing_before: int
    missing_after: int
    words: str


class EffectAnswer(Answer):
    """What a change would make of a roster, or has made of it.

    `allowed` is false where a hard rule would newly break. `points` are those that it adds: a
    negative number is a better roster. `prices` are of a published roster: what each change is to
    its officer; the other things that were looked at beside it are not priced.
    """

    roster_id: UUID
    version: int
    allowed: bool
    verdict: str
    changed: tuple[DayDiffers, ...]
    breaches: tuple[str, ...]
    cleared: tuple[str, ...]
    worse: tuple[str, ...]
    better: tuple[str, ...]
    points: int
    cover: tuple[CoverChangeAnswer, ...]
    lines: tuple[LineAnswer, ...]
    prices: tuple[PriceAnswer, ...]

    @classmethod
    def of(cls, trial: Trial) -> EffectAnswer:
        """What was tried."""
        effect = trial.effect
        said = {
            "breaches": effect.made,
            "cleared": effect.cleared,
            "worse": effect.worse,
            "better": effect.better,
        }
        return cls(
            roster_id=trial.roster.id,
            version=trial.roster.version,
            allowed=effect.is_allowed,
            verdict=trial.verdict,
            changed=tuple(map(DayDiffers.model_validate, trial.changed)),
            points=effect.points,
            cover=tuple(map(_cover, effect.cover, trial.cover)),
            lines=tuple(_line(trial, line) for line in effect.lines),
            prices=tuple(map(PriceAnswer.of, trial.prices)),
            **{name: tuple(breach.words for breach in found) for name, found in said.items()},
        )


def _cover(change: CoverChange, words: str) -> CoverChangeAnswer:
    return CoverChangeAnswer.model_validate(
        {
            "queues": change.queues,
            "start": instant_text(change.start),
            "end": instant_text(change.end),
            "missing_before": change.before,
            "missing_after": change.after,
            "words": words,
        }
    )


def _line(trial: Trial, line: LineEffect) -> LineAnswer:
    return LineAnswer(
        officer_id=UUID(line.officer.id),
        name=line.officer.name,
        minutes_before=line.minutes_before,
        minutes_after=line.minutes_after,
        least_minutes=line.officer.least_minutes,
        most_minutes=line.officer.most_minutes,
        rests=tuple(_rest(trial, rest) for rest in line.rests),
        wishes_met=tuple(map(wish_words, line.met)),
        wishes_lost=tuple(map(wish_words, line.lost)),
    )


def _rest(trial: Trial, rest: Rest) -> RestAnswer:
    day = trial.problem.date_of(rest.tour.day)
    return RestAnswer(day=day, before_minutes=rest.before, after_minutes=rest.after)


class EffectList(Answer):
    """Everything else that an officer-day could become, lawful first, then by points."""

    options: tuple[EffectAnswer, ...]


class TakerAnswer(Answer):
    """Somebody who could lawfully work a shift; `points` are those that it adds."""

    officer_id: UUID
    name: str
    points: int
    effect: EffectAnswer


class TakersAnswer(Answer):
    """Who could work a shift, best first; `others` more could, `busy` work another that day.

    `refused` counts those who could not, by title of the rule that it would break first.
    """

    best: tuple[TakerAnswer, ...]
    others: int
    busy: int
    refused: dict[str, int]

    @classmethod
    def of(cls, found: Takers) -> TakersAnswer:
        """Who could work a shift."""
        best = (
            TakerAnswer(
                officer_id=each.officer_id,
                name=each.name,
                points=each.points,
                effect=EffectAnswer.of(each.trial),
            )
            for each in found.best
        )
        return cls(best=tuple(best), others=found.others, busy=found.busy, refused=found.refused)


class PinKept(Answer):
    """What a pin keeps: a shift, any shift of a kind, or, with neither, a rest day."""

    code: str | None
    kind: str | None


class PinDiffers(Answer):
    """What became of the pin of an officer-day; null is none."""

    officer_id: UUID
    day: date
    before: PinKept | None
    after: PinKept | None


class TrailEntry(Answer):
    """An edit in the trail of a roster: it holds, was undone, or can no longer be redone."""

    number: int
    by: UUID
    at: When
    changes: tuple[DayDiffers, ...]
    pins: tuple[PinDiffers, ...]
    reason: Reason | None
    note: str
    state: EditState

    @classmethod
    def of(cls, edit: Edit) -> TrailEntry:
        """An edit as kept."""
        return cls.model_validate(edit)


class Trail(Answer):
    """Edits of a roster in order of time."""

    edits: tuple[TrailEntry, ...]
