"""Rules and their numbers in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.rulebooks.values import BookInForce, Numbers
from app.web.words import listed, period_words
from rostering.rulebooks.laid_over import Number, is_clock
from rostering.rules.base import Rule
from rostering.words import hours_words, price_words

LABELS: Mapping[str, str] = {
    "minutes": "Length",
    "most": "At most",
    "least": "At least",
    "mode": "How it is kept",
    "kind": "Kind of shift",
    "weight": "Weight",
    "early_before": "An early start is before",
    "early_minutes": "An early start is before",
    "long_minutes": "Long tour",
    "rest_minutes": "Rest under",
    "sleep_minutes": "Sleep between a night and another tour under",
    "nights": "Nights in a row beyond",
    "days": "Days in a row beyond",
    "night_start": "Night from",
    "night_end": "Night until",
    "least_night_minutes": "A night worker works of it at least",
    "one_week_in": "In one week in",
    "weeks": "Reference weeks",
    "hazard": "Special hazard",
    "clocks_back_minutes": "More where clocks go back",
    "daily_rest_minutes": "Daily rest beside it",
    "change_points": "Points of a change",
    "soon_days": "Soon is under, clear days",
    "soon_points": "Points of a soon change",
    "late_days": "Late is under, clear days",
    "late_points": "Points of a late change",
    "rest_points": "Points more on a rest day",
    "hour_points": "Points of each hour more",
    "night_points": "Points of a night over the share",
    "weekend_points": "Points of a weekend over the share",
    "unsocial_hours_a_point": "Unsocial hours over the share that are a point",
    "public_holiday_points": "Points of a public holiday over the share",
    "christmas_points": "Points of a shift at Christmas over the share",
    "years": "Years of holidays looked back on",
    "repaid_weeks": "What is owed is made good over, weeks",
    "unsocial_start": "Unsocial from",
    "unsocial_end": "Unsocial until",
}
"""What numbers are called on pages; others by their name."""

WORDS: Mapping[str, str] = {
    "24in7": "24 h in 7 days",
    "48in14": "48 h, or twice 24 h, in 14 days",
}
"""Values that are codes."""

REST_DAY = "another_rest_day"
"""How a band of notice is called that gives another rest day in place of pay or time."""

FORMS: Mapping[str, str] = {
    "pay_or_time": "pay or time off, as they choose",
    "pay_and_time": "pay and time off",
    "pay": "pay",
    REST_DAY: "another rest day",
}
"""What a rest day worked can earn."""

SPOKEN = {"most": "at most ", "least": "at least "}
"""What stands before a number in a sentence."""

SAID_BY_TITLE = ("Most ", "Longest ")
"""How titles begin that say so themselves."""


def label(name: str) -> str:
    """What a number is called on a page."""
    words = name.removesuffix("_minutes").replace("_", " ")
    return LABELS.get(name, words[:1].upper() + words[1:])


def clock_words(minutes: int) -> str:
    """A time of day, such as `23:00`."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def number_words(name: str, value: object) -> str:
    """A number of a rule, or its weight, with its unit."""
    if name == "weight":
        return price_words(None if value == "hard" else value)  # type: ignore[arg-type]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(map(_line_words, value)) if value and isinstance(value[0], dict) else (
            ", ".join(each if isinstance(each, str) else f"{each:g}" for each in value)
        )  # fmt: skip
    if isinstance(value, int) and is_clock(name):
        return clock_words(value)
    if isinstance(value, int) and name.endswith("minutes"):
        return hours_words(value)
    return WORDS.get(str(value), str(value))


def _line_words(line: Mapping[str, object]) -> str:
    """A line of a table: a band of notice, or the break of a tour."""
    if "from_minutes" in line:
        return f"from {_length(line['from_minutes'])}: {_length(line.get('minutes'))}"
    below = f"under {line['below']} clear days" if "below" in line else "otherwise"
    form = FORMS.get(str(line.get("form", REST_DAY)), "")
    if "rate" not in line:
        return f"{below}: {form}"
    rate = line["rate"]
    return f"{below}: {form}, " + ("at the rate answered" if rate == "asked" else f"at {rate}")


def _length(minutes: object) -> str:
    return hours_words(minutes) if isinstance(minutes, int) else str(minutes)


def said_words(title: str, numbers: Numbers) -> str:
    """What is said of a rule, such as `daily rest 12 h`."""
    parts = [
        _named(title, name, numbers)
        + ("as in the rulebook" if value is None else number_words(name, value))
        for name, value in numbers.items()
    ]
    return f"{title[:1].lower()}{title[1:]} {listed(parts)}"


def _named(title: str, name: str, numbers: Numbers) -> str:
    """What stands before a number, where the title does not say it already."""
    if name in SPOKEN:
        return "" if title.startswith(SAID_BY_TITLE) else SPOKEN[name]
    return "" if name in {"minutes", "weight"} or len(numbers) == 1 else f"{label(name).lower()} "


def book_words(book: BookInForce, rules: Iterable[Rule]) -> tuple[str, ...]:
    """A rulebook and what the force has changed in its rules, in words.

    Args:
        book: the rulebook.
        rules: those of the room: a price is the same for all of it, and another one is not told.
    """
    titles = {rule.code: rule.title for rule in book.book.rules}
    weights = {rule.code: rule.weight for rule in rules}
    said: dict[tuple[str, date], dict[str, Number]] = {}
    for own in book.own:
        if own.rule not in titles or (
            own.name == "weight" and book.rule(own.rule).weight != weights[own.rule]
        ):
            continue
        said.setdefault((own.rule, own.change.said.from_day), {})[own.name] = own.value
    return (
        f"{book.book.title}, numbers of {_on(book.shipped.dated)}",
        *(
            f"{said_words(titles[rule], numbers)} from {_on(day)}"
            for (rule, day), numbers in said.items()
        ),
    )


def later_words(book: BookInForce, last: date) -> tuple[str, ...]:
    """Numbers of a book's rules that begin to hold after its day, on a last day at the latest."""
    titles = {rule.code: rule.title for rule in book.book.rules}
    return tuple(
        f"{said_words(titles[each.rule], each.said.numbers)} from {_on(each.said.from_day)}"
        for each in book.coming
        if each.rule in titles and each.said.from_day <= last
    )


def _on(day: date) -> str:
    """A date with its year, such as `1 March 2027`."""
    return period_words(day, day)
