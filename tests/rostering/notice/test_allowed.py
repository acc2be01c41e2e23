"""A published duty changes for the reasons that the conditions allow, at the notice they ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rostering.notice import REASONS, Reason, Story, Telling, authority_for, reasons_for, refusal
from tests.rostering.notice.days import (
    DUTY_DAY,
    ENGLAND,
    LONDON,
    SCOTLAND,
    STAFF,
    duty,
    moved,
    numbers,
    told,
    worked,
)


def open_for(story: Story, book: str) -> set[Reason]:
    """The reasons for which a change may be made."""
    found = reasons_for(story, numbers(book), LONDON)
    return {reason for reason, why_not in found.items() if not why_not}


@pytest.mark.parametrize("book", [ENGLAND, STAFF, SCOTLAND])
def test_a_change_needs_a_reason_and_a_first_roster_none(book: str) -> None:
    """Annex E and the staff handbook: after publication a change has one of three reasons."""
    change = moved(duty(), duty("15:00"), told(20))
    assert refusal(change, None, numbers(book), LONDON).startswith("Say why")
    first = Story((Telling(told(20), duty()),))
    assert refusal(first, None, numbers(book), LONDON) == ""


def test_an_exigency_is_told_by_midnight_before_the_day() -> None:
    """At 23:59 the day before it may be told.

    At midnight only what is agreed or asked for (PNB 86/9; West Midlands); a longer tour is
    overtime and comes at any time.
    """
    for change in (duty("15:00"), None):
        last, late = (moved(duty(), change, DUTY_DAY + timedelta(minutes=at)) for at in (-1, 0))
        assert open_for(last, ENGLAND) == set(REASONS)
        assert open_for(late, ENGLAND) == {"own_request", "agreement"}
    longer = moved(duty(), duty(hours=9), DUTY_DAY + timedelta(hours=15))
    assert open_for(longer, ENGLAND) == set(REASONS)


def test_staff_rest_days_beyond_three_months_move_by_agreement() -> None:
    """Up to 3 months ahead by agreement or exigency, then by agreement only (wmp-unite.com)."""
    near, far = (
        Story((Telling(DUTY_DAY - timedelta(days=200), None),
               Telling(datetime(2026, 9, day, 12, tzinfo=UTC), duty(), None)))
        for day in (18, 17)
    )  # fmt: skip
    assert open_for(near, STAFF) == set(REASONS)
    assert open_for(far, STAFF) == {"own_request", "agreement"}
    assert open_for(far, ENGLAND) == set(REASONS)
    times = moved(duty(), duty("15:00"), DUTY_DAY - timedelta(days=92))
    assert open_for(times, STAFF) == set(REASONS)


def test_staff_are_stood_down_by_agreement_only() -> None:
    """Police staff keep a published shift unless they agree (wmp-unite.com); officers do not."""
    change = moved(duty(), None, told(20))
    assert open_for(change, STAFF) == {"own_request", "agreement"}
    assert open_for(change, ENGLAND) == set(REASONS)
    words = refusal(change, "exigency", numbers(STAFF), LONDON)
    assert words == ("Nobody is stood down from a published shift by exigency: it needs agreement.")


@pytest.mark.parametrize(("notice", "whose"), [(14, "assistant chief constable"), (15, "")])
def test_a_public_holiday_at_short_notice_needs_an_authority(notice: int, whose: str) -> None:
    """Under 15 clear days an assistant chief constable authorises it (Annex H.

    West Midlands, Staffordshire), unless the officer asks for it.
    """
    change = worked(notice, holiday="Christmas Day")
    assert authority_for(change, numbers(ENGLAND), LONDON) == whose
    asked = worked(notice, "own_request", holiday="Christmas Day")
    assert authority_for(asked, numbers(ENGLAND), LONDON) == ""
    assert authority_for(worked(notice), numbers(ENGLAND), LONDON) == ""
    assert authority_for(change, numbers(STAFF), LONDON) == ""
