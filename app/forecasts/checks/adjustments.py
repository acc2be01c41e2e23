"""What can be laid over a forecast, said field by field before it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.errors import InvalidInput, Place
from app.forecasts.values import WantedAdjustment
from forecasting.adjustments import LARGEST, LONGEST_DAYS
from forecasting.calendar import MINUTES_PER_DAY

LONGEST_REASON = 500

USUAL_REVIEW = timedelta(weeks=4)
"""How long an adjustment lies before somebody is asked to look again, unless told otherwise."""

QUARTER = 15
"""Minutes: hours begin and end at quarter hours."""


def refuse_adjustment(wanted: WantedAdjustment, today: date) -> None:
    """Refuse what cannot be laid over a forecast.

    Args:
        wanted: what is wanted.
        today: the room's present local day.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    faults = [*_days(wanted, today), *_hours(wanted), *_amount(wanted), *_reason(wanted.reason)]
    if wanted.review_on is not None:
        faults += _review(wanted.review_on, max(today, wanted.first_day), wanted.last_day)
    if faults:
        raise InvalidInput(faults)


def refuse_end(reason: str) -> None:
    """Refuse to end an adjustment without a reason.

    Raises:
        InvalidInput: naming the reason.
    """
    if faults := [*_reason(reason)]:
        raise InvalidInput(faults)


def refuse_review(reason: str, review_on: date, today: date, last_day: date) -> None:
    """Refuse a look at an adjustment that gives no reason or no next day that can be.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    faults = [
        *_reason(reason),
        *_review(review_on, min(today + timedelta(days=1), last_day), last_day),
    ]
    if faults:
        raise InvalidInput(faults)


def usual_review(wanted: WantedAdjustment, today: date) -> date:
    """When an adjustment is to be looked at again unless a person says."""
    return min(wanted.last_day, max(today, wanted.first_day) + USUAL_REVIEW)


def _days(wanted: WantedAdjustment, today: date) -> Iterator[Place]:
    latest = today + timedelta(days=LONGEST_DAYS - 1)
    if wanted.first_day < today:
        yield Place("first_day", f"It acts from today on: give {today.isoformat()} or later.")
    if wanted.last_day < wanted.first_day:
        yield Place("last_day", "Give the first day or a later one.")
    elif wanted.last_day > latest:
        words = f"It lasts a year at most: give {latest.isoformat()} or earlier."
        yield Place("last_day", words)
    if not wanted.weekdays or not set(wanted.weekdays) <= set(range(7)):
        yield Place("weekdays", "Choose at least one day of the week.")
    elif 0 <= (wanted.last_day - wanted.first_day).days < 6:
        span = range((wanted.last_day - wanted.first_day).days + 1)
        there = {(wanted.first_day + timedelta(days=day)).weekday() for day in span}
        if not there & set(wanted.weekdays):
            yield Place("weekdays", "None of the days chosen is on one of these weekdays.")


def _hours(wanted: WantedAdjustment) -> Iterator[Place]:
    if not 0 <= wanted.begins < MINUTES_PER_DAY or wanted.begins % QUARTER:
        yield Place("begins", "Give a quarter hour of the day, such as 18:00.")
    if not 1 <= wanted.minutes <= MINUTES_PER_DAY or (wanted.begins + wanted.minutes) % QUARTER:
        yield Place("until", "Give a quarter hour of the day, such as 02:00.")


def _amount(wanted: WantedAdjustment) -> Iterator[Place]:
    most = LARGEST[wanted.unit]
    least = -100.0 if wanted.unit == "percent" else -most
    if not least <= wanted.amount <= most or not wanted.amount:
        unit = "per cent" if wanted.unit == "percent" else "calls an hour"
        yield Place("amount", f"Give {least:,.0f} to {most:,.0f} {unit}, and not 0.")
    if wanted.unit == "calls" and wanted.queue_id is None:
        yield Place("queue_id", "Calls an hour are for one queue: choose which.")


def _reason(reason: str) -> Iterator[Place]:
    said = reason.strip()
    if not said:
        yield Place("reason", "Say why: others will read it.")
    elif len(said) > LONGEST_REASON or not said.isprintable():
        yield Place("reason", f"Give up to {LONGEST_REASON} printable characters.")


def _review(review_on: date, earliest: date, last_day: date) -> Iterator[Place]:
    if not earliest <= review_on <= last_day:
        words = f"Give a day from {earliest.isoformat()} to its last, {last_day.isoformat()}."
        yield Place("review_on", words)
