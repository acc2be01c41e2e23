"""For which reasons a published duty may change at which notice, and by whose authority."""

from __future__ import annotations

from rostering.notice.classes import Kind, kind_of
from rostering.notice.counting import ForceDay
from rostering.notice.facts import REASONS, Reason, Story
from rostering.notice.numbers import Changes, Compensation

REASON_WORDS: dict[Reason, str] = {
    "own_request": "Own request",
    "agreement": "Agreement",
    "exigency": "Exigency of duty",
}
"""Each reason as people read it."""

_REST_DAYS: frozenset[Kind] = frozenset({"rest_day_worked", "rest_day_reinstated", "stood_down"})
_OUTSIDE_THE_TOUR: frozenset[Kind] = frozenset({"start_brought_forward", "tour_lengthened"})
"""Ordered at any time, and paid as overtime."""


def refusal(story: Story, reason: Reason | None, book: Compensation, day: ForceDay) -> str:
    """Why a change may not be made for a reason, as a sentence; "" where it may.

    What an officer is told of for the first time needs no reason. Whatever the officer asks for
    or agrees to is open (Police Regulations 2003 Annex E; the Police Staff Council handbook), so
    only an exigency is ever refused.

    Args:
        story: what was told of the day, the change last.
        reason: why; None where none was given.
        book: the numbers of the conditions that the person serves under.
        day: when the force's day begins.
    """
    kind = kind_of(story)
    if kind == "first_published":
        return ""
    if reason is None:
        return "Say why a published duty changes: own request, agreement or exigency of duty."
    return _no_exigency(kind, story, book.changes, day) if reason == "exigency" else ""


def reasons_for(story: Story, book: Compensation, day: ForceDay) -> dict[Reason, str]:
    """Every reason with why it may not be given for a change; "" where it may."""
    return {reason: refusal(story, reason, book, day) for reason in REASONS}


def authority_for(story: Story, book: Compensation, day: ForceDay) -> str:
    """Whose authority a change needs, such as `assistant chief constable`; "" for nobody's.

    A public holiday worked at short notice needs one (Police Regulations 2003 Annex H), unless
    the officer asks for it.
    """
    numbers = book.public_holidays
    if kind_of(story) != "public_holiday_worked" or numbers is None:
        return ""
    if story.now.reason == "own_request":
        return ""
    notice = day.clear_days(story.now.at, story.about)
    return numbers.authority if notice < numbers.authority_below else ""


def _no_exigency(kind: Kind, story: Story, changes: Changes, day: ForceDay) -> str:
    if kind == "stood_down" and changes.stood_down_by_agreement:
        return "Nobody is stood down from a published shift by exigency: it needs agreement."
    months = changes.rest_day_exigency_months
    is_far = months is not None and not day.is_within_months(story.now.at, story.about, months)
    if is_far and kind in _REST_DAYS:
        return f"A rest day {months} months ahead or more moves by agreement only."
    if not changes.told_by_midnight or kind in _OUTSIDE_THE_TOUR:
        return ""
    if day.is_told_by_midnight(story.now.at, story.about):
        return ""
    return (
        "It is too late for an exigency, which is told by midnight before the day: it needs the "
        "officer's own request or agreement."
    )
