"""What patterns take and give as JSON, and the form by which one is written."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from app.patterns.service import BookVerdict, Judged, KnownPattern, PatternDetails
from app.web.http.schema import Answer, Strict
from rostering.patterns import write_line, write_times

Written = Annotated[str, Field(min_length=1, max_length=1000)]


class WrittenPattern(Strict):
    """A pattern's days, such as `2E 2L 2N 4R`, and its tours, such as `E 07:00-15:00`.

    In the days E, D, L and N stand for a kind of shift, R for a rest day, `*` for a free choice,
    and the code of a tour for that tour. A tour beside the kinds says its kind:
    `V8 early 08:00-16:00`. A pattern of whole weeks begins on a Monday.
    """

    line: Written
    times: Annotated[str, Field(max_length=1000)]

    def details(self) -> PatternDetails:
        """As the service takes it."""
        return PatternDetails("", self.line, self.times)


class PatternInput(WrittenPattern):
    """A pattern with its title."""

    title: Annotated[str, Field(min_length=1, max_length=200)]

    def details(self) -> PatternDetails:
        """As the service takes it."""
        return PatternDetails(self.title, self.line, self.times)


class PatternAnswer(Answer):
    """A pattern; `key` stands in addresses, `id` and `version` only on the room's own."""

    key: str
    id: UUID | None
    version: int | None
    title: str
    line: str
    times: str
    days: int
    source: str
    dated: date | None

    @classmethod
    def of(cls, known: KnownPattern) -> PatternAnswer:
        """The answer about a pattern."""
        return cls(
            key=known.key,
            id=known.own.id if known.own else None,
            version=known.own.version if known.own else None,
            title=known.pattern.title,
            line=write_line(known.pattern.days),
            times=write_times(known.pattern.shifts),
            days=len(known.pattern),
            source=known.source,
            dated=known.dated,
        )


class PatternList(Answer):
    """The room's own patterns by title, then those that come with Parade."""

    patterns: tuple[PatternAnswer, ...]


class BreachAnswer(Answer):
    """What a rule finds in a pattern, in words that say how often."""

    rule: str
    title: str
    is_hard: bool
    words: str


class VerdictAnswer(Answer):
    """What a rulebook finds in a pattern."""

    rulebook: str
    breaches: tuple[BreachAnswer, ...]

    @classmethod
    def of(cls, verdict: BookVerdict) -> VerdictAnswer:
        """The answer about a verdict."""
        found = tuple(map(BreachAnswer.model_validate, verdict.breaches))
        return cls(rulebook=verdict.title, breaches=found)


class JudgedAnswer(Answer):
    """What a pattern means, and what the rulebooks of the room find in it.

    `weekly_minutes` are on average; `people_for_each` on duty at every time and `teams` of which
    one always is are null where some time is never worked; `offsets` are where these teams begin,
    `least` and `most` of them on duty by hour of the day.
    """

    weekly_minutes: float
    weekends_off: int
    weekends: int
    nights_a_year: float
    longest_run: int
    rest_days_a_week: float
    free_days: int
    people_for_each: float | None
    teams: int | None
    offsets: tuple[int, ...]
    least: tuple[int, ...]
    most: tuple[int, ...]
    verdicts: tuple[VerdictAnswer, ...]

    @classmethod
    def of(cls, found: Judged) -> JudgedAnswer:
        """The answer about a pattern that was judged."""
        facts = found.facts
        return cls(
            weekly_minutes=float(facts.weekly_minutes),
            weekends_off=facts.weekends_off,
            weekends=facts.weekends,
            nights_a_year=float(facts.nights_a_year),
            longest_run=facts.longest_run,
            rest_days_a_week=float(facts.rest_days_a_week),
            free_days=facts.free_days,
            people_for_each=None if found.people_for_each is None else float(found.people_for_each),
            teams=found.teams,
            offsets=found.offsets,
            least=tuple(least for least, _ in found.on_duty),
            most=tuple(most for _, most in found.on_duty),
            verdicts=tuple(map(VerdictAnswer.of, found.verdicts)),
        )


# --- the form of a pattern ----------------------------------------------------------------------


class PatternForm(BaseModel):
    """What was typed into the form of a pattern."""

    title: Annotated[str, Field(max_length=1000)] = ""
    line: Annotated[str, Field(max_length=2000)] = ""
    times: Annotated[str, Field(max_length=2000)] = ""
    act: Annotated[str, Field(max_length=20)] = ""
    """`look` where the pattern is only to be checked."""

    @classmethod
    def of(cls, details: PatternDetails) -> PatternForm:
        """The form that says a pattern, its times one a line."""
        return cls(title=details.title, line=details.line, times=details.times.replace(", ", "\n"))

    def details(self) -> PatternDetails:
        """As the service takes it; a browser ends lines with two characters."""
        return PatternDetails(self.title, self.line, self.times.replace("\r\n", "\n"))
