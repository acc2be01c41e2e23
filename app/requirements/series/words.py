"""What is said of a requirement, a sentence each: what was measured and assumed, and the seats."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC

from app.requirements.values import Terms
from app.web.words import count, hours, listed, number, percent, period_words, when
from forecasting.staffing.hours import Hours
from forecasting.staffing.room import RoomRequirement
from forecasting.staffing.seats import FewSeats


def origin_notes(terms: Iterable[Terms]) -> tuple[str, ...]:
    """What was forecast, measured and assumed, a sentence each with its queues.

    Also where a handling time that is given stands in place of one that is forecast, and where how
    unsure a forecast of them is was added to the level of a day.
    """
    terms = tuple(terms)
    said: dict[tuple[str, str], list[str]] = {}
    for name, words in WORDS.items():
        for each in terms:
            if each.origins[name] != "given":
                key = each.origins[name].capitalize(), words(each)
                said.setdefault(key, []).append(each.queue)
    named = (f"{origin} for {listed(queues)}: {words}." for (origin, words), queues in said.items())
    return (*named, *(note for each in terms for note in _aht_notes(each)))


def _aht_notes(each: Terms) -> Iterator[str]:
    """What else to know of a queue's handling time where one is forecast."""
    found = each.forecast
    if found is None:
        return
    if each.origins["aht_seconds"] == "given":
        yield (
            f"Given for {each.queue}: AHT {_length(each.terms.aht_seconds)}, in place of the "
            f"{found.aht_seconds:.0f} s that are forecast."
        )
    elif each.used is not each.terms:
        yield (
            f"How far handling times of {each.queue} may lie from their forecast, "
            f"± {percent(found.variation, 0)}, is added to the level of a day."
        )


def _aht(each: Terms) -> str:
    words = f"AHT {_length(round(each.terms.aht_seconds))}"
    if each.origins["aht_seconds"] == "forecast" and each.forecast is not None:
        said = each.forecast
        if not each.is_aht_by_hour:
            return words
        hours = f"{_length(round(said.least))} to {_length(round(said.most))} by the hour"
        return f"{words} on average, {hours}"
    found = each.measured
    if found is None or each.origins["aht_seconds"] != "measured":
        return words
    days = period_words(found.first_day, found.last_day)
    if each.is_aht_by_hour and found.by_hour is not None:
        least, most = (pick(map(pick, found.by_hour)) for pick in (min, max))
        words += f" on average, {_length(least)} to {_length(most)} by the hour"
    return f"{words}, from {number(found.calls)} calls of {days}"


def _patience(each: Terms) -> str:
    seconds = each.terms.patience_seconds
    if seconds is None:
        return "nobody hangs up"
    return f"callers wait {_length(seconds)} on average before they hang up"


def _goal(each: Terms) -> str:
    words = f"{_percent(each.terms.share)} answered within {_length(each.terms.within_seconds)}"
    if each.terms.clock == "own":
        return words
    return f"{words} on the published clock, {_length(each.terms.own_within_seconds)} on our own"


def _shrinkage(each: Terms) -> str:
    parts = (part for part in each.terms.shrinkage if part.in_shift)
    named = listed(f"{part.name} {_percent(part.share)}" for part in parts)
    lost = f"{_percent(each.terms.in_shift_shrinkage)} of each shift lost"
    return f"{lost} ({named})" if named else lost


def _percent(share: float) -> str:
    return percent(share, 0 if round(share * 100, 9) % 1 == 0 else 1)


def _length(seconds: float) -> str:
    """Such as `312 s` or `5 min`."""
    return f"{seconds / 60:g} min" if seconds >= 60 and seconds % 60 == 0 else f"{seconds:.0f} s"


WORDS: Mapping[str, Callable[[Terms], str]] = {
    "aht_seconds": _aht,
    "patience_seconds": _patience,
    "share": _goal,
    "shrinkage": _shrinkage,
}
"""The terms that change a requirement most; the service goal is one term of two fields."""


def room_notes(found: RoomRequirement, zone: str, known: Collection[str]) -> Iterator[str]:
    """Skills that nobody can hold, and seats that are too few.

    Args:
        found: what is asked.
        zone: IANA name of the time zone of the room.
        known: codes of the force's skills.
    """
    for skill in sorted({skill for row in found.rows for skill in row.skills} - {*known}):
        yield f"The force has no skill {skill}: nobody can be rostered for it."
    yield from seat_notes(found, zone)


def seat_notes(found: RoomRequirement, zone: str) -> Iterator[str]:
    """Where seats are too few, when, and what service they allow."""
    for few in found.few_seats:
        yield _few_seats(few, few.intervals * found.queues.interval_minutes / 60, zone)
    if found.posts_unseated:
        lacking = found.posts_unseated * found.queues.interval_minutes / 60
        seats = found.terms.seats or 0
        are = f"{count(seats, 'seat')} {'is' if seats == 1 else 'are'}"
        yield (
            f"The {are} fewer than the posts ask for during {hours(lacking)} hours: "
            "the posts named last stand empty."
        )


def hours_words(whole: Hours) -> str:
    """Hours that a roster must find, as a sentence."""
    return (
        f"Of {number(whole.paid)} paid hours {number(whole.rostered)} are rostered, and "
        f"{number(whole.at_desks)} of these are spent at desks."
    )


def _few_seats(few: FewSeats, lacking: float, zone: str) -> str:
    moment = when(few.worst.astype("datetime64[s]").item().replace(tzinfo=UTC), zone)
    left = f"{count(few.seats, 'seat')} left" if few.seats else "no seat left"
    words = (
        f"Too few seats for {listed(few.queues)} during {hours(lacking)} hours, most on "
        f"{moment}: {number(few.wanted)} wanted, {left}"
    )
    if few.share is None:
        return f"{words}."
    return f"{words}; {percent(few.share, 0)} are answered within {_length(few.within_seconds)}."
