"""The dials of a roster's form, and what a roster cost, in words and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.rosters.service import DialHere, Weighed
from app.web.words import MINUS, day_words, listed, number, percent
from rostering.dials import (
    AS_SET,
    DIALS,
    LEVELS,
    ON_WHAT_WAS_TOLD,
    Level,
    Levels,
    levels_of,
    moved,
)
from rostering.prices import DialPrice, PriceList
from rostering.prices.words import counted_words
from rostering.rules.base import Dial

Row = tuple[str, ...]

COMPANY = "Company that was agreed, and other prices"
"""What is called that no dial turns."""


@dataclass(frozen=True, slots=True)
class DialField:
    """A dial of the form: its name, what it is, its levels with words, and what it meant."""

    name: str
    title: str
    words: str
    levels: tuple[tuple[str, str], ...]
    level: str
    meant: tuple[str, ...]


def dial_fields(found: tuple[DialHere, ...], said: Mapping[str, str]) -> tuple[DialField, ...]:
    """The dials as fields, at the levels that were said, else where they stand."""
    return tuple(
        DialField(
            name=each.dial,
            title=each.title,
            words=each.words,
            levels=tuple((level, LEVELS[level][0]) for level in each.levels),
            level=said.get(each.dial) or each.level,
            meant=each.meant,
        )
        for each in found
    )


@dataclass(frozen=True, slots=True)
class DialRow:
    """What one dial cost.

    Attributes:
        name: of the dial, with its level where it is not as set.
        told: what happened.
        weighed: what one such thing weighed, here and at the next levels.
        points, share, as_set: its points, their share of all, and at the rulebook's prices.
        counts: whether it is told of where only what happened is.
    """

    name: str
    told: str
    weighed: str
    points: str
    share: str
    as_set: str
    counts: bool


@dataclass(frozen=True, slots=True)
class PricesView:
    """What a roster cost, on a page.

    Attributes:
        sentence: what it cost most of all.
        turned: which dials are not as set, in a sentence; empty where all are.
        dials: what each dial cost.
        total, total_as_set: all points.
        is_turned: whether any dial is not as set, so that the two differ.
        rules: by rule: title, places, points and, where they differ, points as set.
        dearest: points, what it is, rule.
        teams: name, people, points, points a person, wishes met.
        days: day, points.
    """

    sentence: str
    turned: str
    dials: tuple[DialRow, ...]
    total: str
    total_as_set: str
    is_turned: bool
    rules: tuple[Row, ...]
    dearest: tuple[Row, ...]
    teams: tuple[Row, ...]
    days: tuple[Row, ...]


def prices_view(found: Weighed) -> PricesView:
    """Say what a roster cost."""
    prices = found.prices
    return PricesView(
        sentence=_sentence(prices),
        turned=turned_words(prices.levels),
        dials=tuple(_dials(found)),
        total=number(prices.points),
        total_as_set=number(prices.as_set),
        is_turned=bool(prices.levels),
        rules=tuple(_rules(prices)),
        dearest=tuple((item.words, number(item.points)) for item in prices.dearest),
        teams=tuple(_teams(prices)),
        days=tuple(_days(found)),
    )  # fmt: skip


def _rules(prices: PriceList) -> Iterator[Row]:
    for rule in (rule for each in prices.dials for rule in each.rules):
        if rule.points or rule.as_set:
            places = number(rule.times) if rule.times else ""
            as_set = (number(rule.as_set),) if prices.levels else ()
            yield (rule.title, places, number(rule.points), *as_set)


def turned_words(levels: Levels) -> str:
    """Which dials are not as set, such as `Wishes stand at much.`; empty where all are."""
    said = [f"{DIALS[dial].title.lower()} at “{LEVELS[level][0].lower()}”"
            for dial, level in moved(levels).items()]  # fmt: skip
    return f"Weighed otherwise than set: {listed(said)}." if said else ""


def _sentence(prices: PriceList) -> str:
    if not prices.points:
        return "Nothing costs a point in this roster."
    most = max(prices.dials, key=lambda each: each.points)
    share = percent(most.points / prices.points, 0)
    return f"{_title(most)} make {share} of what this roster costs, {number(prices.points)} points."


def _title(each: DialPrice) -> str:
    return DIALS[each.dial].title if each.dial else COMPANY


def _dials(found: Weighed) -> Iterator[DialRow]:
    prices = found.prices
    for each in prices.dials:
        counts = bool(each.points or each.as_set or each.times)
        counts = counts or each.dial in {"shortage", "preferences"}
        silent = each.dial is None or (each.dial in ON_WHAT_WAS_TOLD and not prices.counts.told)
        if silent and not counts:
            continue
        level = prices.levels.get(each.dial, AS_SET) if each.dial else AS_SET
        name = _title(each)
        if level != AS_SET:
            name = f"{name}, {LEVELS[level][0].lower()}"
        told = counted_words(each, prices.counts, found.more_late)
        meant = " ".join(found.meant[each.dial]) if each.dial else told
        yield DialRow(
            name=name,
            told=told,
            weighed=meant.removeprefix(told).strip(),
            points=number(each.points),
            share=_share(each.points, prices.points),
            as_set=number(each.as_set),
            counts=counts,
        )


def _share(points: int, total: int) -> str:
    if 0 < points < total / 200:
        return f"under {percent(0.01, 0)}"
    return percent(points / total, 0) if total else ""


def _teams(prices: PriceList) -> Iterator[Row]:
    for team in prices.teams:
        yield (
            team.name or "In no team",
            number(team.people),
            number(team.points),
            number(team.points / team.people, 1),
            f"{number(team.wishes_met)} of {number(team.wishes)}" if team.wishes else "none made",
        )


def _days(found: Weighed) -> Iterator[Row]:
    prices, first = found.prices, found.roster.first_day
    for day, points in enumerate(prices.by_day):
        yield day_words(first + timedelta(days=day)), number(points)
    if prices.of_no_day:
        yield "Of no single day", number(prices.of_no_day)


# --- two rosters --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TwoPrices:
    """What two rosters cost, beside each other.

    Attributes:
        sentence: which is the better as set, and which dial would turn that.
        rows: by dial: name, level and points as set in one, in the other, and the difference.
    """

    sentence: str
    rows: tuple[Row, ...]


def two_prices(one: Weighed, other: Weighed) -> TwoPrices:
    """Lay the price lists of two rosters beside each other, both at the rulebook's prices."""
    dials: list[Dial | None] = [*DIALS, None]
    rows: list[Row] = []
    for dial in dials:
        sides = [each.prices.of(dial) for each in (one, other)]
        points = [side.as_set for side in sides]
        if any(points) or dial in {"shortage", "preferences"}:
            rows.append((
                _title(sides[0]),
                _at(one.prices.levels, dial, points[0]),
                _at(other.prices.levels, dial, points[1]),
                _more(points),
            ))  # fmt: skip
    totals = [one.prices.as_set, other.prices.as_set]
    rows.append(("All points, less is better", *map(number, totals),
                 _more(totals)))  # fmt: skip
    return TwoPrices(_better(one.prices, other.prices), tuple(rows))


def _more(points: Sequence[int]) -> str:
    """What the second costs more or less than the first, with its sign."""
    more = points[1] - points[0]
    return f"{'+' if more > 0 else MINUS}{number(abs(more))}" if more else "same"


def _at(levels: Levels, dial: Dial | None, points: int) -> str:
    """Points as set, with the level of the dial where it is another."""
    level = levels.get(dial, AS_SET) if dial else AS_SET
    return number(points) if level == AS_SET else f"{number(points)} ({LEVELS[level][0].lower()})"


def _better(one: PriceList, other: PriceList) -> str:
    """Which costs less at the rulebook's prices, and at which level of a dial that would turn."""
    as_set = one.at({}) - other.at({})
    if not as_set:
        said = "At the rulebook's prices both cost the same."
    else:
        ahead = "second" if as_set > 0 else "first"
        said = f"At the rulebook's prices the {ahead} costs less."
    turns = [words for dial in DIALS if (words := _turns(one, other, dial, as_set))]
    if turns:
        said += f" That turns with {listed(turns)}."
    return said


def _turns(one: PriceList, other: PriceList, dial: Dial, as_set: float) -> str:
    """The nearest levels of one dial at which the other roster would cost less."""
    if not as_set:
        return ""
    known = levels_of(dial)
    by_distance = sorted(known, key=lambda level: abs(known.index(level) - known.index(AS_SET)))
    for level in by_distance:
        levels: dict[Dial, Level] = {dial: level}
        if as_set * (one.at(levels) - other.at(levels)) < 0:
            return f"{DIALS[dial].title.lower()} at “{LEVELS[level][0].lower()}”"
    return ""
