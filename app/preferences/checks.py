"""What is wrong with what was given, said before anything is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from app.errors import Conflict, InvalidInput, Place
from app.preferences.values import (
    KINDS,
    MOST_POINTS,
    WITH_COLLEAGUE,
    Ask,
    LongWish,
    LongWishDetails,
    Round,
    RoundDetails,
    Wish,
    WishDetails,
)
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


def check_taken(asked: RoundDetails, wishes: Iterable[Wish], long: Iterable[LongWish] = ()) -> None:
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
    for each in long:
        if not each.details.days_of(asked):
            raise Conflict("There is a wish for days that would no longer lie in the period.")
        spent[each.officer_id] = spent.get(each.officer_id, 0) + each.points
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


def check_wish(asked: Round, details: WishDetails, others: Iterable[Wish], left: int) -> None:
    """Refuse a wish that cannot be, or does not go with the officer's others of the round.

    Raises:
        InvalidInput: naming every field at fault.
        Conflict: when the day has a wish.
    """
    _refuse(_wish_faults(asked, details))
    if any(other.day == details.day for other in others):
        raise Conflict(
            f"There is already a wish for {day_words(details.day)}; change that one instead."
        )
    _check_left(details.points, left)


def _check_left(points: int, left: int) -> None:
    if points > left:
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


# --- wishes about several days ------------------------------------------------------------------

FIELDS: dict[Ask, frozenset[str]] = {
    "off": frozenset(),
    "no_kind": frozenset({"kinds"}),
    "kind": frozenset({"kinds"}),
    "times": frozenset({"earliest", "latest"}),
    "work_run": frozenset({"most", "fewest"}),
    "rest_run": frozenset({"fewest"}),
    "with": frozenset({"colleague_id"}),
    "apart": frozenset({"colleague_id"}),
}
"""What each kind of wish gives beside its days."""

RUNS: frozenset[Ask] = frozenset({"work_run", "rest_run"})

LONGEST_RUN = 14
"""Days in a row beyond which no rule lets anybody work, and few are off."""

A_DAY = 1440


def check_long_wish(
    asked: RoundDetails, details: LongWishDetails, left: int, colleagues: Collection[UUID]
) -> None:
    """Refuse a wish about several days that cannot be, or takes more points than are left.

    Raises:
        InvalidInput: naming every field at fault.
    """
    _refuse(_long_faults(asked, details, colleagues))
    _check_left(details.points, left)


def _long_faults(
    asked: RoundDetails, details: LongWishDetails, colleagues: Collection[UUID]
) -> Iterator[Place]:
    if not 1 <= details.points <= MOST_POINTS:
        yield Place("points", f"Give 1 to {MOST_POINTS} points.")
    for name in sorted(frozenset().union(*FIELDS.values()) - FIELDS[details.ask]):
        if getattr(details, name) not in (None, ()):
            yield Place(name, "This wish does not speak of it: leave it out.")
    yield from _when_faults(asked, details)
    if details.ask in {"no_kind", "kind"}:
        yield from _kind_faults(details)
    elif details.ask == "times":
        yield from _time_faults(details)
    elif details.ask in RUNS:
        yield from _run_faults(details)
    elif details.ask in WITH_COLLEAGUE:
        yield from _colleague_faults(asked, details, colleagues)


def _when_faults(asked: RoundDetails, details: LongWishDetails) -> Iterator[Place]:
    ends = (("first_day", details.first_day), ("last_day", details.last_day))
    given = [(name, day) for name, day in ends if day is not None]
    if details.standing and given:
        yield Place(given[0][0], "A standing wish is about the whole period: leave it out.")
        return
    if details.ask in RUNS and (given or details.weekdays):
        name = given[0][0] if given else "weekdays"
        yield Place(name, "Days in a row are asked for the whole period: leave it out.")
        return
    outside = [name for name, day in given if day not in asked]
    if outside:
        period = span_words(asked.first_day, asked.last_day)
        yield Place(outside[0], f"Give a day of the period, {period}.")
    elif len(given) > 1 and given[0][1] > given[1][1]:
        yield Place("last_day", "Give a day on or after the first.")
    elif faults := tuple(weekday_fault(details.weekdays)):
        yield from faults
    elif not details.days_of(asked):
        yield Place("weekdays", "None of these weekdays lies between these days.")


def weekday_fault(weekdays: tuple[int, ...]) -> Iterator[Place]:
    """What is wrong with some weekdays, where anything is."""
    if set(weekdays) - set(range(7)) or _twice(weekdays):
        yield Place("weekdays", "Give weekdays from 0, Monday, to 6, each once.")


def _twice(values: tuple[object, ...]) -> bool:
    return len(set(values)) < len(values)


def _kind_faults(details: LongWishDetails) -> Iterator[Place]:
    if not details.kinds:
        yield Place("kinds", "Choose one kind or more.")
    elif set(details.kinds) - set(KINDS) or _twice(details.kinds):
        yield Place("kinds", f"Give some of {', '.join(KINDS)}, each once.")
    elif set(details.kinds) == set(KINDS):
        yield Place("kinds", "These are all kinds: leave one out, or ask for days off.")


def _time_faults(details: LongWishDetails) -> Iterator[Place]:
    earliest, latest = details.earliest, details.latest
    if earliest is None and latest is None:
        yield Place("earliest", "Give a time to start from, a time to finish by, or both.")
    if earliest is not None and not 0 < earliest < A_DAY:
        yield Place("earliest", "Give a time of the day after 00:00.")
    if latest is not None and not 0 < latest < 2 * A_DAY:
        yield Place("latest", "Give a time of the day or of the day after.")
    elif earliest is not None and latest is not None and latest <= earliest:
        yield Place("latest", "Give a time after the earliest start.")


def _run_faults(details: LongWishDetails) -> Iterator[Place]:
    most, fewest = details.most, details.fewest
    if (most is None) == (fewest is None):
        field = "fewest" if details.ask == "rest_run" else "most"
        yield Place(field, "Give the most or the fewest days in a row.")
    if most is not None and not 1 <= most <= LONGEST_RUN:
        yield Place("most", f"Give 1 to {LONGEST_RUN} days.")
    if fewest is not None and not 2 <= fewest <= LONGEST_RUN:
        yield Place("fewest", f"Give 2 to {LONGEST_RUN} days.")


def _colleague_faults(
    asked: RoundDetails, details: LongWishDetails, colleagues: Collection[UUID]
) -> Iterator[Place]:
    if details.colleague_id not in colleagues:
        yield Place("colleague_id", "Choose a colleague of your control room.")
    days = len(details.days_of(asked))
    if 1 <= details.points < days:
        yield Place(
            "points",
            f"It is about {days} days, and a colleague takes a point or more for each: give more "
            "points or choose fewer days.",
        )


def _refuse(faults: Iterable[Place]) -> None:
    if found := tuple(faults):
        raise InvalidInput(found)
