"""What is wrong with what was given, said before anything is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from app.errors import Conflict, InvalidInput, Place
from app.preferences.values import KINDS, MOST_POINTS, Round, RoundDetails, Wish, WishDetails
from app.web.words import day_words, period_words, span_words

LONGEST = 366
"""Days of a round: a year and a leap day."""

MOST_BUDGET = 1_000
"""Points of an officer and round: more than a wish a day, each at its most, for 13 weeks."""

YEARS = range(1971, 2199)
"""Beyond them no control room plans, and days could no longer be counted."""

MOST_SHIFTS = 20
"""Templates that one wish names: more than a room has of one kind."""


def check_round(details: RoundDetails, zone: str, others: Iterable[Round]) -> None:
    """Refuse a round that cannot be, or that asks about days of another.

    Raises:
        InvalidInput: naming every field at fault.
        Conflict: naming the other round's period.
    """
    _refuse(_round_faults(details, ZoneInfo(zone)))
    for other in others:
        theirs = other.details
        if theirs.first_day <= details.last_day and details.first_day <= theirs.last_day:
            period = period_words(theirs.first_day, theirs.last_day)
            raise Conflict(f"Wishes are already asked for {period}; choose days beside it.")


def _round_faults(details: RoundDetails, zone: ZoneInfo) -> Iterator[Place]:
    if not 1 <= details.days <= LONGEST:
        yield Place("days", f"Give 1 to {LONGEST} days.")
    if not 1 <= details.points <= MOST_BUDGET:
        yield Place("points", f"Give 1 to {MOST_BUDGET} points.")
    if details.first_day.year not in YEARS:
        yield Place("first_day", "Give a year between 1971 and 2198.")
        return
    if details.closes.tzinfo is None or details.closes.year not in YEARS:
        yield Place("closes", "Give an instant of our time with its offset from UTC.")
        return
    begins = datetime.combine(details.first_day, time(), zone).astimezone(UTC)
    if details.closes > begins:
        yield Place("closes", "Give a time before the period begins.")
    if details.answers and details.answers < details.closes.astimezone(zone).date():
        yield Place("answers", "Give a day on or after the deadline.")


def check_taken(asked: RoundDetails, wishes: Iterable[Wish]) -> None:
    """Refuse a change of a round that wishes already placed would not fit.

    Raises:
        Conflict: with what stands in the way.
    """
    spent: dict[object, int] = {}
    for wish in wishes:
        if wish.day not in asked:
            raise Conflict(
                f"There is a wish for {day_words(wish.day)}; the period must keep that day."
            )
        spent[wish.officer_id] = spent.get(wish.officer_id, 0) + wish.points
    most = max(spent.values(), default=0)
    if most > asked.points:
        raise Conflict(f"Somebody has placed {most} points; the budget cannot be less.")


def check_open(asked: Round, zone: str) -> None:
    """Refuse any change of wishes once the round has closed.

    Raises:
        Conflict: saying when it closed, or that it has been answered.
    """
    if asked.state == "answered":
        raise Conflict("Wishes for this period have been answered; they can no longer change.")
    if asked.state == "closed":
        closed = asked.closes.astimezone(ZoneInfo(zone))
        raise Conflict(
            f"Wishes for this period closed on {day_words(closed.date())} at {closed:%H:%M}; "
            "they can no longer change."
        )


def check_wish(asked: Round, details: WishDetails, others: Iterable[Wish]) -> None:
    """Refuse a wish that cannot be, or does not go with the officer's others of the round.

    Raises:
        InvalidInput: naming every field at fault.
        Conflict: when the day has a wish.
    """
    placed = tuple(others)
    _refuse(_wish_faults(asked, details))
    if any(other.day == details.day for other in placed):
        raise Conflict(
            f"There is already a wish for {day_words(details.day)}; change that one instead."
        )
    left = asked.points - sum(other.points for other in placed)
    if details.points > left:
        raise InvalidInput([Place("points", f"{left} left. Take some from another wish.")])


def _wish_faults(asked: Round, details: WishDetails) -> Iterator[Place]:
    if details.day not in asked.details:
        period = span_words(asked.first_day, asked.details.last_day)
        yield Place("day", f"Give a day of the period, {period}.")
    if not 1 <= details.points <= MOST_POINTS:
        yield Place("points", f"Give 1 to {MOST_POINTS} points.")
    if details.kinds and details.shifts:
        yield Place("shifts", "Give kinds or shifts, not both.")
    if unknown := [kind for kind in details.kinds if kind not in KINDS]:
        yield Place("kinds", f"{unknown[0]} is not a kind; give {', '.join(KINDS)}.")
    if len(set(details.kinds)) < len(details.kinds):
        yield Place("kinds", "Give each kind once.")
    if not details.wants and set(details.kinds) == set(KINDS):
        yield Place("kinds", "To be spared every kind, ask for the day off: give no kinds.")
    yield from _shift_faults(details.shifts)


def _shift_faults(shifts: tuple[str, ...]) -> Iterator[Place]:
    if len(shifts) > MOST_SHIFTS or len(set(shifts)) < len(shifts):
        yield Place("shifts", f"Give at most {MOST_SHIFTS} codes, each once.")
    if any(not code.isprintable() or not code.strip() or len(code) > 64 for code in shifts):
        yield Place("shifts", "A code has 1 to 64 characters on one line.")


def _refuse(faults: Iterable[Place]) -> None:
    if found := tuple(faults):
        raise InvalidInput(found)
