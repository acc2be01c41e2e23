"""Why a forecast says what it says of an interval, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from app.forecasts.service import MODELS, Before, Explanation, LaidPart, Part
from app.web.words import MINUS, SPACE, day_words, listed, number, percent

CLEAR = 0.005
"""Share below which a change is not worth a clause: it rounds to nothing."""

NO_CHANGE = "none"

SOMEBODY = "Somebody"
"""Who laid an adjustment and is no longer a user."""

TO_MAKE = "What it is made of was not kept with this forecast: make a new forecast to see why."


def sentence(found: Explanation, names: Mapping[UUID, str]) -> str:
    """Why a forecast says what it says of one interval.

    Args:
        found: what it is made of.
        names: of those who laid adjustments, as far as they are users.
    """
    lead = f"{day_words(found.local_day)} {time_of(found)} is forecast at {calls(found.mean)}"
    if not found.is_told:
        return ". ".join([lead, *(_laid(each, names) for each in found.laid), TO_MAKE])
    if found.is_closed:
        return f"{lead}: {found.queue} is closed then, by all of its counts."
    return f"{lead}: {'; '.join(_clauses(found, names))}."


def sentences(found: Explanation, model: str, names: Mapping[UUID, str]) -> tuple[str, ...]:
    """Why, how far it may differ, what came, and why this model; those that say anything."""
    told = (
        sentence(found, names),
        range_words(found),
        clock_words(found),
        before_words(found),
        model_words(found.reason, model) if found.is_told else "",
    )
    return tuple(words for words in told if words)


def model_words(reason: str, model: str) -> str:
    """Why this model."""
    return reason or f"The model {MODELS[model]} was asked for."


def _clauses(found: Explanation, names: Mapping[UUID, str]) -> Iterator[str]:
    share = found.value("time")
    yield (
        f"an ordinary {found.local_day:%A} now brings {calls(found.ordinary_day)} in all, of which "
        f"{percent(share, 1 if share >= 0.01 else 2)} come between {time_of(found)} and "
        f"{time_after(found)}"
    )
    told = [words for each in found.parts if (words := _part(each, found))]
    told += [_laid(each, names) for each in found.laid]
    yield from told or ["nothing else sets this time apart"]


def _part(part: Part, found: Explanation) -> str:
    """A factor as a clause; "" where it changes next to nothing or is told elsewhere."""
    if part.kind in {"level", "weekday", "time"} or abs(part.value - 1) < CLEAR:
        return ""
    share = percent(abs(part.value - 1), 0)
    more = "more" if part.value > 1 else "fewer"
    if part.kind == "season":
        return f"{found.local_day:%B} brings {share} {more} than the mean of the year"
    if part.kind == "ahead":
        moved = "risen" if part.value > 1 else "fallen"
        return f"by then calls are expected to have {moved} by {share}"
    if part.kind == "holiday":
        return f"{holiday_words(part)}: {share} {more}"
    return f"{part.name}: {share} {more}"


def holiday_words(part: Part) -> str:
    """A holiday or a day beside one."""
    return {-1: "the day before ", 0: "", 1: "the day after "}[part.offset] + part.name


def _laid(each: LaidPart, names: Mapping[UUID, str]) -> str:
    change = each.calls or each.factor - 1
    much = calls(abs(each.calls)) if each.calls else percent(abs(change), 0)
    does = "adds" if change > 0 else "takes away"
    return f"an adjustment by {names.get(each.by, SOMEBODY.lower())} {does} {much}"


def range_words(found: Explanation) -> str:
    """How far it may differ, and why."""
    low, high = number(found.low), number(found.high)
    between = f"{low} calls" if low == high else f"between {low} and {high} calls"
    words = f"On four days of five it will be {between}."
    if found.spread is None or found.high <= found.low:
        return words
    parts = [
        (found.spread.chance, "pure chance"),
        (found.spread.day, "that the day may be busier or calmer than expected"),
        (found.spread.hour, "that the same hour differs from day to day"),
    ]
    told = [(share, what) for share, what in sorted(parts, reverse=True) if share >= CLEAR]
    of = " of what is unsure is"
    each = [f"{percent(share, 0)}{of if not place else ''} {what}"
            for place, (share, what) in enumerate(told)]  # fmt: skip
    return f"{words} {listed(each)}."


def before_words(found: Explanation) -> str:
    """What came then, and at the same time of other days."""
    told = []
    if found.counted is not None:
        told.append(f"{calls(found.counted)} came.")
    each = [
        _before(found.last, "the last counted"),
        _before(found.year_before, "a year before"),
    ]
    known = [words for words in each if words]
    if known:
        told.append(f"At the same time: {listed(known)}.")
    return " ".join(told)


def _before(found: Before | None, when: str) -> str:
    if found is None:
        return ""
    return f"{calls(found.calls)} on {day_words(found.day)} {found.day.year} ({when})"


def clock_words(found: Explanation) -> str:
    """What the clocks do on that day; "" for nothing."""
    return {
        "": "",
        "forward": "The clocks go forward on this day: it is an hour shorter.",
        "back": "The clocks go back on this day: it is an hour longer.",
        "twice": "The clocks go back on this day: this hour comes twice, and each is forecast so.",
    }[found.clocks]


def time_of(found: Explanation) -> str:
    """When it begins by the wall clock, such as `22:00`."""
    return f"{found.minute // 60:02d}:{found.minute % 60:02d}"


def time_after(found: Explanation) -> str:
    """When it ends by the wall clock."""
    minute = (found.minute + found.interval_minutes) % 1440
    return f"{minute // 60:02d}:{minute % 60:02d}"


def calls(value: float) -> str:
    """A number of calls, with a decimal where they are few."""
    text = number(value, 0 if value >= 20 or round(value, 1) == round(value) else 1)
    return f"{text} call" if text == "1" else f"{text} calls"


def changed(factor: float) -> str:
    """A factor as a change, such as `+4 %`; `none` where it rounds to nothing."""
    change = round((factor - 1) * 100, 1)
    if not change:
        return NO_CHANGE
    return f"{'+' if change > 0 else MINUS}{number(abs(change), 1)}{SPACE}%"
