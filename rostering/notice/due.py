"""What a change of a published duty earns: time at a rate, another rest day, days off."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from rostering.notice.awards import (
    Award,
    another_rest_day,
    ask_payroll,
    choice,
    date_words,
    day_off,
    rate_words,
    time_at,
)
from rostering.notice.classes import REST_DAY_DISRUPTED, Kind, kind_of
from rostering.notice.counting import ForceDay, months_later
from rostering.notice.facts import Person, Story, Telling
from rostering.notice.numbers import Band, Compensation, LeaveRecall, RestDays
from rostering.notice.overtime import overtime_awards
from rostering.notice.unsocial import unsocial_hours
from rostering.words import count_words, hours_words


@dataclass(frozen=True, slots=True)
class Due:
    """What is due for an officer-day as it was told last.

    Attributes:
        kind: the kind of change that was told last.
        notice: clear days between the telling and the duty; below 0 afterwards.
        awards: what the day earns as it now stands, earlier tellings included.
        unsocial_hours: full unsocial hours more (or, below 0, fewer) than were told before; 0 for
            what is told for the first time.
        disrupted: whether it counts towards an allowance for rest day disruption.
    """

    kind: Kind
    notice: int
    awards: tuple[Award, ...] = ()
    unsocial_hours: int = 0
    disrupted: bool = False

    @property
    def cost_minutes(self) -> int:
        """Minutes that it costs, each at its rate."""
        return sum(award.cost_minutes for award in self.awards)

    @property
    def cost_days(self) -> float:
        """Days off and rest days that are due."""
        return float(sum(award.days for award in self.awards))

    @property
    def can_choose(self) -> bool:
        """Whether the person may choose pay or time off for any of it."""
        return any(award.can_choose for award in self.awards)

    @property
    def name_by(self) -> date | None:
        """The last day on which the rest day that is due is named; None where none is due."""
        return next((award.name_by for award in self.awards if award.name_by), None)


def due(story: Story, person: Person, book: Compensation, day: ForceDay) -> Due:
    """Price a change.

    Nothing is due for what the officer asked for: compensation is for what was required of them
    (derived: Police Regulations 2003 Annexes G and H speak of being required to do duty).

    Args:
        story: what was told of the day; the last telling is the change.
        person: of whom.
        book: the numbers of the conditions that the person serves under.
        day: when the force's day begins.
    """
    kind = kind_of(story)
    before = story.before.duty if story.before else None
    hours = book.unsocial if story.before and person.rank != "staff" else None
    return Due(
        kind=kind,
        notice=day.clear_days(story.now.at, story.about),
        awards=tuple(_awards(story, person, book, day)),
        unsocial_hours=(
            unsocial_hours(story.now.duty, hours, day.zone)
            - unsocial_hours(before, hours, day.zone)
            if hours
            else 0
        ),
        disrupted=book.rest_days.disrupted and kind in REST_DAY_DISRUPTED,
    )


def _awards(story: Story, person: Person, book: Compensation, day: ForceDay) -> Iterator[Award]:
    if story.now.duty is None:
        if kind_of(story) == "rest_day_reinstated" and story.now.reason != "own_request":
            yield from _reinstated(story, person, book.rest_days, day)
        return
    called = story.called
    if _is_recall(story, book.leave_recall):
        yield from _recalled(story, called, book)
    elif story.holiday:
        yield from _holiday(story, called, person, book, day)
    elif story.first.duty is not None:
        yield from _longer(story, person, book, day)
    elif called.reason == "own_request":
        return
    elif story.without == "free":
        yield from _free_day(story, called, book, day)
    else:
        yield from _rest_day(story, called, person, book, day)


# --- rest days ----------------------------------------------------------------------------------


def _rest_day(
    story: Story, called: Telling, person: Person, book: Compensation, day: ForceDay
) -> Iterator[Award]:
    """A rest day worked, by the band of the notice with which it was called for."""
    numbers = book.rest_days
    if person.rank == "inspecting" and book.inspecting:
        until = months_later(day.of(story.about), book.inspecting.rest_day_months)
        words = f"another rest day by {date_words(until)}; no overtime is paid in this rank"
        yield Award("rest_day", words, book.inspecting.source, days=Fraction(1), name_by=until)
        return
    if person.rank == "senior":
        yield ask_payroll("a rest day worked in this rank", numbers.source)
        return
    band = band_of(numbers, day.clear_days(called.at, story.about))
    if band.form is None:
        name_by = None
        if numbers.name_within_days is not None:
            name_by = day.of(called.at) + timedelta(days=numbers.name_within_days)
        yield another_rest_day(name_by, numbers.source)
    elif story.now.duty is not None:
        minutes = counted_minutes(story.now.duty.minutes, numbers, run_on=story.run_on)
        yield time_at(band.rate, minutes, band.form, numbers.source)


def band_of(numbers: RestDays, notice: int) -> Band:
    """The band of so many clear days of notice."""
    return next(band for band in numbers.bands if band.below is None or notice < band.below)


def counted_minutes(minutes: int, numbers: RestDays, *, run_on: bool) -> int:
    """Minutes that count for a rest day worked: at least so many, but for a short run-on."""
    if run_on and minutes <= numbers.run_on_minutes:
        return minutes
    return max(minutes, numbers.least_minutes)


def _reinstated(story: Story, person: Person, numbers: RestDays, day: ForceDay) -> Iterator[Award]:
    """A cancelled rest day that is given back."""
    if numbers.reinstated_below is None or person.rank != "federated":
        return
    if day.clear_days(story.now.at, story.about) >= numbers.reinstated_below:
        return
    rate = numbers.reinstated_rate
    paid = f"for {rate_words(rate)}" if rate else "for pay (ask payroll for the rate: not stated)"
    yield choice(f"the officer chooses: take the rest day, or work it {paid}", numbers.source)


def _free_day(story: Story, called: Telling, book: Compensation, day: ForceDay) -> Iterator[Award]:
    """A free day of a part-timer worked."""
    numbers, duty = book.part_time, story.now.duty
    if numbers is None or duty is None:
        yield ask_payroll("a free day worked", book.rest_days.source)
    elif day.clear_days(called.at, story.about) < numbers.free_day_below:
        rate = next((band.rate for band in book.rest_days.bands if band.rate), Fraction(1))
        yield choice(
            f"plain time for {hours_words(duty.minutes)} where only this officer was required, "
            f"else {rate_words(rate)}",
            numbers.source,
        )
    else:
        yield ask_payroll("a free day worked with this much notice", numbers.source)


# --- public holidays, recall, longer tours ------------------------------------------------------


def _holiday(
    story: Story, called: Telling, person: Person, book: Compensation, day: ForceDay
) -> Iterator[Award]:
    """A public holiday worked; its rate is due whatever the notice."""
    numbers, duty = book.public_holidays, story.now.duty
    if numbers is None or duty is None or person.rank in {"inspecting", "senior"}:
        source = numbers.source if numbers else book.rest_days.source
        yield ask_payroll("a public holiday worked", source)
        return
    yield time_at(numbers.rate, duty.minutes, "pay_or_time", numbers.source)
    late = day.clear_days(called.at, story.about) < numbers.another_day_below
    if late and called.reason != "own_request":
        yield day_off(Fraction(1), numbers.source)


def _is_recall(story: Story, numbers: LeaveRecall | None) -> bool:
    """Whether a duty was called for on leave, or on a rest day within a long enough leave."""
    if story.first.duty is not None:
        return False
    within = story.absence_days >= numbers.rest_least_days if numbers else False
    return story.without == "leave" or within


def _recalled(story: Story, called: Telling, book: Compensation) -> Iterator[Award]:
    """Recall from leave or other absence, or from a rest day within leave."""
    numbers, duty = book.leave_recall, story.now.duty
    if called.reason == "own_request" or duty is None:
        return
    if numbers is None:
        yield ask_payroll("a recall from leave", book.rest_days.source)
    elif story.absence_days >= numbers.least_days:
        yield _recall(story.recalled_before, duty.minutes, numbers)


def _recall(place: int, minutes: int, numbers: LeaveRecall) -> Award:
    days = numbers.days[min(place, len(numbers.days) - 1)]
    plain = day_off(days, numbers.source)
    if place >= numbers.or_pay:
        return plain
    paid = time_at(numbers.rate, minutes, "pay", numbers.source)
    said = count_words(int(days), "day") if days.denominator == 1 else f"{float(days):g} days"
    words = f"the officer chooses: {said} off, or one day off and {rate_words(numbers.rate)}"
    one = day_off(Fraction(1), numbers.source)
    return dataclasses.replace(plain, words=words, instead=(one, paid))


def _longer(story: Story, person: Person, book: Compensation, day: ForceDay) -> Iterator[Award]:
    if person.rank in {"inspecting", "senior"}:
        return
    yield from overtime_awards(story, person, book, day)
