"""What each dial meant in a roster, in sentences whose figures come from the roster itself.

Things of different kinds are compared by what they cost: a wish that was not met weighed as much
as one person missing for so many minutes. One person missing is the first one, with the skills
that most people have, in the hour in which most people are needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from rostering.cover_grid import cover_weight
from rostering.dials import AS_SET, LEVELS, ON_WHAT_WAS_TOLD, Level, levels_of
from rostering.prices.values import Counts, DialPrice, PriceList
from rostering.problem import Cover, Problem
from rostering.rules.base import Dial
from rostering.rules.cover import Covered
from rostering.rules.stability import Stability
from rostering.words import count_words, day_words, time_words

HOUR = 60


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What one person missing costs in the busiest hour of a problem.

    Attributes:
        points: for the whole hour.
        start: instant at which the hour begins.
    """

    points: int
    start: int

    def words(self, problem: Problem) -> str:
        """The hour, such as `Friday 18 December 20:00 to 21:00`."""
        day = int(np.searchsorted(problem.midnights, self.start, side="right")) - 1
        until = time_words(problem, self.start + HOUR)
        return f"{day_words(problem, day)} {time_words(problem, self.start)} to {until}"


def yardstick(problem: Problem) -> Yardstick | None:
    """The busiest hour and the price of one person in it; None where no cover has a price."""
    covers = [cover for cover in problem.cover if not cover.role and len(cover.required)]
    if not covers:
        return None
    widest = max(covers, key=lambda cover: len(cover.skills))
    wide = max(HOUR // widest.interval_minutes, 1)
    needed = np.convolve(widest.required, np.ones(min(wide, len(widest.required))), "valid")
    start = widest.start + int(needed.argmax()) * widest.interval_minutes
    usual = Counter(officer.skills for officer in problem.officers).most_common(1)
    skills = usual[0][0] if usual else frozenset()
    points = sum(_first_price(cover, start) for cover in covers if cover.skills & skills)
    points *= cover_weight(problem, Covered)
    return Yardstick(points, start) if points else None


def _first_price(cover: Cover, start: int) -> int:
    """Points for the first person missing over an hour; nothing where nobody is needed."""
    first = (start - cover.start) // cover.interval_minutes
    intervals = range(max(first, 0), first + max(HOUR // cover.interval_minutes, 1))
    return sum(
        cover.steps_at(at)[0] for at in intervals if at < len(cover.required) and cover.required[at]
    )


def meanings(
    problem: Problem, prices: PriceList, more_late: float | None = None
) -> Mapping[Dial, tuple[str, ...]]:
    """What each dial that turns anything meant in a roster, a sentence or more each.

    Args:
        problem: what the roster was made from.
        prices: what it costs.
        more_late: calls late or lost beyond those with the need met; None where not known.
    """
    measure = yardstick(problem)
    found: dict[Dial, tuple[str, ...]] = {}
    for each in prices.dials:
        if each.dial is not None:
            counted = _counted(each, prices.counts, more_late)
            found[each.dial] = (*counted, *_weighed(each, prices, measure, problem))
    return found


def counted_words(each: DialPrice, counts: Counts, more_late: float | None = None) -> str:
    """What happened, in natural units, in a sentence or two."""
    return " ".join(_counted(each, counts, more_late))


def _counted(each: DialPrice, counts: Counts, more_late: float | None) -> Iterator[str]:
    if each.dial == "shortage":
        yield from _short(counts, more_late)
    elif each.dial == "preferences":
        yield from _wishes(counts)
    elif each.dial == "stability":
        if counts.told:
            told = f"{counts.changed:,} of {counts.told:,} days that were told"
            yield f"{told} became something else."
    elif each.dial == "notice":
        if counts.told:
            yield from _notice(counts)
    elif each.dial == "fairness":
        yield _shares(each)
    else:
        yield from _places(each)


def _short(counts: Counts, more_late: float | None) -> Iterator[str]:
    if not counts.short_minutes:
        yield "Nobody was missing."
        return
    yield f"{_person_hours(counts.short_minutes)} were missing."
    if more_late is not None and more_late >= 0.5:
        callers = count_words(round(more_late), "caller")
        yield f"About {callers} more would wait too long, or give up, than with everybody there."


def _wishes(counts: Counts) -> Iterator[str]:
    if not (counts.wishes or counts.long_wishes or counts.company):
        yield "Nobody wished for anything."
    if counts.wishes:
        yield f"{counts.wishes_met:,} of {counts.wishes:,} wishes about a day were met."
    if counts.long_wishes:
        yield f"{counts.long_met:,} of {counts.long_wishes:,} over several days were met wholly."
    if counts.company:
        yield f"{counts.company_met:,} of {counts.company:,} days with or without a colleague were."


def _notice(counts: Counts) -> Iterator[str]:
    if not (counts.soon or counts.late or counts.rests_taken):
        yield "No change was at short notice, and no rest day was taken."
        return
    parts = [
        (counts.soon, "change was at short notice", "changes were at short notice"),
        (counts.late, "was told very late", "were told very late"),
        (counts.rests_taken, "rest day was taken", "rest days were taken"),
    ]
    said = [count_words(number, one, many) for number, one, many in parts if number]
    yield f"{', '.join(said)}."


def _shares(each: DialPrice) -> str:
    if not each.times:
        return "Nobody had more than their share of what nobody likes."
    shares = count_words(each.times, "share")
    return f"{shares} of nights, weekends, unsocial hours or holidays came to more than is fair."


def _places(each: DialPrice) -> Iterator[str]:
    if not each.times:
        yield "Nothing stood against it."
        return
    worst = max(each.rules, key=lambda rule: rule.times)
    places = count_words(each.times, "place stood", "places stood")
    most = f", most often: {worst.title.lower()} ({worst.times:,})" if len(each.rules) > 1 else ""
    yield f"{places} against it{most}."


def _weighed(
    each: DialPrice, prices: PriceList, measure: Yardstick | None, problem: Problem
) -> Iterator[str]:
    """What one of them cost beside one person missing, and at the next levels."""
    if each.dial is None:
        return
    if each.dial == "shortage":
        if measure is not None:
            hour, points = measure.words(problem), Fraction(measure.points, prices.scale)
            yield f"One person missing in the busiest hour ({hour}) cost {_points(points)}."
        return
    level = prices.levels.get(each.dial, AS_SET)
    number, one = _ones(each, prices.counts)
    cost = Fraction(each.points, number) if number else Fraction(0)
    verb = "weighed"
    if not number and each.dial in ON_WHAT_WAS_TOLD:
        cost, one = _price_of_a_change(each.dial, problem)
        verb = "weighs"
    elif level == "off" and number:
        yield f"{one} cost nothing: the dial stood at off."
    if not cost:
        return
    if measure is None:
        yield f"{one} cost {_points(cost / prices.scale)} on average."
        return
    minutes = cost * HOUR / measure.points
    said = f"{one} {verb} as much as one person missing for {_time(minutes)} in the busiest hour"
    others = ", ".join(
        f"{_time(minutes * LEVELS[other][1] / LEVELS[level][1])} at “{LEVELS[other][0].lower()}”"
        for other in _beside(each.dial, level)
    )
    yield f"{said}; {others}." if others else f"{said}."


def _price_of_a_change(dial: Dial, problem: Problem) -> tuple[Fraction, str]:
    """What a change would have cost where nothing that was told changed."""
    rule = next((each for each in problem.rules if isinstance(each, Stability)), None)
    if rule is None or not isinstance(rule.weight, int):
        return Fraction(0), ""
    if dial == "stability":
        return Fraction(rule.weight * rule.change_points), "A day that changes"
    more = max(rule.late_points - rule.change_points, 0)
    days = count_words(rule.late_days, "clear day")
    return Fraction(rule.weight * more), f"On top of it, a change with fewer than {days} of notice"


def _beside(dial: Dial, level: Level) -> list[Level]:
    """The levels next to one, below and above; none that cost nothing."""
    known = levels_of(dial)
    place = known.index(level)
    near = [*known[max(place - 1, 0) : place], *known[place + 1 : place + 2]]
    return [other for other in near if LEVELS[other][1]]


def _ones(each: DialPrice, counts: Counts) -> tuple[int, str]:
    """How many things a dial's points are of, and what one of them is."""
    if each.dial == "preferences":
        unmet = counts.wishes - counts.wishes_met + counts.long_wishes - counts.long_met
        return unmet + counts.company - counts.company_met, "A wish not met"
    if each.dial == "stability":
        return each.times, "A day that changed"
    if each.dial == "notice":
        return each.times, "A change at short notice or of a rest day"
    if each.dial == "fairness":
        return each.times, "A share that came to more"
    return each.times, "One such place"


def _person_hours(minutes: int) -> str:
    hours = minutes / HOUR
    said = f"{hours:,.0f}" if hours >= 10 else f"{hours:.2f}".rstrip("0").rstrip(".")
    return f"{said} person-hours"


def _points(points: Fraction) -> str:
    if points < 10 and points.denominator > 1:
        return f"{float(points):.1f} points"
    return count_words(round(points), "point")


def _time(minutes: Fraction) -> str:
    """A length of time that need not be exact."""
    if minutes < 1:
        return f"{max(round(60 * minutes), 1)} s"
    if minutes < 10:
        return f"{float(minutes):.1f}".removesuffix(".0") + " min"
    if minutes < 2 * HOUR:
        return f"{round(minutes)} min"
    return f"{round(minutes / HOUR)} h"
