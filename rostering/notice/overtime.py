"""Hours outside the tour that was told with due notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction

from rostering.notice.answers import SOURCE
from rostering.notice.awards import Award, ask_payroll, time_at
from rostering.notice.counting import ForceDay
from rostering.notice.facts import Hours, Person, Story
from rostering.notice.numbers import Compensation, Overtime
from rostering.words import count_words


def overtime_awards(
    story: Story, person: Person, book: Compensation, day: ForceDay
) -> Iterator[Award]:
    """What a moved duty earns by a start brought forward or by a tour made longer.

    The new duty is held against the last one that was told with due notice. An earlier start earns
    its early hours, a longer tour what is more of it; the greater of the two counts, in whole
    units. Hours told with due notice are the tour itself and count towards the rota period
    (derived: overtime in Police Regulations 2003 Annex G is time outside the tour).
    """
    new, old = story.now.duty, _expected(story, book.overtime)
    if new is None or old is None or story.now.reason == "own_request":
        return
    numbers = book.overtime
    if numbers is None:
        if _is_short_notice(story, book, day):
            yield _short_notice(book)
        return
    early = _early_minutes(story.now.at, new, old, numbers, day)
    longer = max(new.minutes - old.minutes, 0)
    if longer > early and numbers.longer_notice_minutes is None:
        yield ask_payroll("a longer tour", numbers.source)
    elif _minutes_until(new.start, story.now.at) >= (numbers.longer_notice_minutes or 0):
        longer = 0
    minutes = max(early, longer if numbers.longer_notice_minutes is not None else 0)
    yield from _at_rates(_whole(minutes, numbers), story, person, book, numbers)
    if minutes and story.now.at >= old.start and numbers.casual_occasions:
        yield _casual(numbers)


def _short_notice(book: Compensation) -> Award:
    if not book.short_notice:
        return ask_payroll("a change of times at short notice", book.changes.source)
    return Award("ask", f"for a change at short notice: {book.short_notice.rstrip('.')}", SOURCE)


def _is_short_notice(story: Story, book: Compensation, day: ForceDay) -> bool:
    months = book.changes.times_months
    return months is not None and day.is_within_months(story.now.at, story.about, months)


def _expected(story: Story, numbers: Overtime | None) -> Hours | None:
    """The duty to hold the new one against: the last told with due notice, else the first."""
    notice = numbers.start_notice_minutes if numbers else 0
    earlier = [(each.at, each.duty) for each in story.tellings[:-1] if each.duty is not None]
    due = [duty for told, duty in earlier if _minutes_until(duty.start, told) >= notice]
    return due[-1] if due else earlier[0][1] if earlier else None


def _early_minutes(told: datetime, new: Hours, old: Hours, numbers: Overtime, day: ForceDay) -> int:
    """Minutes worked before the old start that were called for without due notice."""
    if _minutes_until(new.start, told) >= numbers.start_notice_minutes:
        return 0
    if numbers.start_on_the_day_before and day.of(new.start) == day.of(old.start):
        return 0
    return max(_minutes_until(min(old.start, new.end), new.start), 0)


def _at_rates(
    minutes: int, story: Story, person: Person, book: Compensation, numbers: Overtime
) -> Iterator[Award]:
    """A part-timer's extra hours count once until the week is a full one."""
    plain = 0
    if person.part_time and book.part_time and story.week_minutes is not None:
        room = book.part_time.plain_week_minutes - (story.week_minutes - minutes)
        plain = _whole(min(minutes, max(room, 0)), numbers)
    if plain and book.part_time:
        yield time_at(Fraction(1), plain, "pay_or_time", book.part_time.source)
    if minutes > plain:
        yield time_at(numbers.rate, minutes - plain, "pay_or_time", numbers.source)


def _casual(numbers: Overtime) -> Award:
    occasions = count_words(numbers.casual_occasions, "occasion")
    words = (
        f"told while on duty: of the first {occasions} in a week the first "
        f"{numbers.casual_unpaid_minutes} min are not counted (ask payroll for the occasions)"
    )
    return Award("ask", words, numbers.source)


def _whole(minutes: int, numbers: Overtime) -> int:
    return minutes // numbers.unit_minutes * numbers.unit_minutes


def _minutes_until(later: datetime, earlier: datetime) -> int:
    return int((later - earlier) / timedelta(minutes=1))
