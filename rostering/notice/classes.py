"""What kind of change the last telling of a day is."""

from __future__ import annotations

from typing import Literal

from rostering.notice.facts import Hours, Story

Kind = Literal[
    "first_published",
    "rest_day_worked",
    "rest_day_reinstated",
    "free_day_worked",
    "public_holiday_worked",
    "leave_recalled",
    "start_brought_forward",
    "tour_lengthened",
    "times_moved",
    "stood_down",
    "duty_put_back",
]

KIND_WORDS: dict[Kind, str] = {
    "first_published": "First published",
    "rest_day_worked": "Rest day worked",
    "rest_day_reinstated": "Rest day cancelled, then given back",
    "free_day_worked": "Free day worked",
    "public_holiday_worked": "Public holiday worked",
    "leave_recalled": "Recalled from leave",
    "start_brought_forward": "Start brought forward",
    "tour_lengthened": "Longer tour",
    "times_moved": "Start or end moved",
    "stood_down": "Stood down",
    "duty_put_back": "Duty put back",
}
"""Each kind as people read it, in the order in which they are told."""

REST_DAY_DISRUPTED: frozenset[Kind] = frozenset({"rest_day_worked", "rest_day_reinstated"})
"""What the Police Scotland handbook, part 7, counts towards its excessive rest day disruption
allowance: rest days cancelled, and cancelled ones given back."""


def kind_of(story: Story) -> Kind:
    """The kind of change that was told last."""
    if story.before is None:
        return "first_published"
    before, after = story.before.duty, story.now.duty
    if after is None:
        was_rest = story.first.duty is None
        return "rest_day_reinstated" if was_rest else "stood_down"
    if before is None:
        return _called_in(story)
    return _moved(before, after)


def _called_in(story: Story) -> Kind:
    """A duty on a day that had none."""
    if story.first.duty is not None:
        return "duty_put_back"
    if story.without == "leave":
        return "leave_recalled"
    if story.holiday:
        return "public_holiday_worked"
    return "free_day_worked" if story.without == "free" else "rest_day_worked"


def _moved(before: Hours, after: Hours) -> Kind:
    if after.start < before.start:
        return "start_brought_forward"
    return "tour_lengthened" if after.minutes > before.minutes else "times_moved"
