"""The reason why a wish is not met, in words: what stood in the way, what would make it possible.

What the officer reads names no other person; what the manager reads also says who would have had
to give way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rostering.effect import CoverChange
from rostering.effect_words import cover_words
from rostering.problem import REST, Preference, Problem
from rostering.reasons.found import Found, Way
from rostering.reasons.wanted import Wanted
from rostering.reasons.words import told
from rostering.rules.base import Breach
from rostering.rules.contracted_hours import ContractedHours
from rostering.rules.group import GroupRule
from rostering.rules.officer_days import OfficerDays
from rostering.rules.personal_limits import PersonalLimits
from rostering.rules.preferences import wish_words
from rostering.rules.skills import Skills
from rostering.rules.unavailability import Unavailability
from rostering.standing import Standing
from rostering.tally import Change
from rostering.wishes import RunWish
from rostering.words import count_words, day_words, listed_words, tour_words

Kind = Literal["rule", "cover", "own", "others", "open"]
"""Every way breaks a rule; leaves a desk short; costs the officer something else; is harder on
somebody else; or none of these: it could be met."""

Late = Callable[[Standing], float]
"""Calls late or lost with a roster."""

MOST_WISH_POINTS, BEYOND = 10, 1000
"""Points that a wish of a day can have, up to which putting more on it is worth saying."""

NO_BETTER = "Nobody else taking the shift over or exchanging it would have made that less."

POSSIBLE_WITH = {
    Unavailability.code: "It is possible only on days on which you are not away.",
    OfficerDays.code: "It would be possible if that day, which is fixed, were freed.",
    Skills.code: "It would be possible with the skill that the shift asks for.",
    PersonalLimits.code: "It will be possible once that limit on your duties has ended.",
}
"""What would make possible what a rule about a day by itself forbids."""


@dataclass(frozen=True)
class Reason:
    """Why a wish is not met.

    Attributes:
        kind: what stands in the way.
        changes: the best way to meet it, as tried.
        points: points that this way adds to the roster, the wish's own taken off; 0 for `rule`.
        breach: what it would break first; for `rule` alone.
        short: the costliest stretch that it would leave short of people; for `cover` alone.
        is_proved: for `rule`, whether no lawful line of the officer's meets the wish at all,
            whatever their other days become; for others, whether each other way was weighed.
        stood: what stood in the way, as sentences to the officer.
        possible: what would make it possible, as a sentence to the officer.
        yielding: who would have had to give way, as a sentence to the manager.
    """

    kind: Kind
    changes: tuple[Change, ...]
    points: int
    breach: Breach | None
    short: CoverChange | None
    is_proved: bool
    stood: str
    possible: str
    yielding: str

    @property
    def words(self) -> str:
        """All that the officer is told."""
        return f"{self.stood} {self.possible}".strip()


def broken(
    standing: Standing, wish: Wanted, way: tuple[Change, ...], breach: Breach, *, is_proved: bool
) -> Reason:
    """The reason where every way breaks a rule.

    Args:
        standing: the roster.
        wish: the wish.
        way: the nearest way to meet it.
        breach: what that would break.
        is_proved: whether no line of the officer's that keeps the rules meets it.
    """
    person = standing.problem.officers[wish.officer]
    whatever = "" if is_proved else ", with the rest of your shifts as they are"
    stood = f"It would break a rule{whatever}: {told(breach, person)}"
    possible = POSSIBLE_WITH.get(breach.rule, "")
    if not possible and breach.rule == ContractedHours.code and wish.rest[wish.days].all():
        possible = "It would be possible as leave or time off in lieu, which count as hours."
    elif not possible and is_proved:
        possible = "Ask for other days: no change of your other shifts makes it possible on these."
    elif not possible:
        possible = "It would be possible if your shifts on the days around it were others."
    yielding = "Nobody else could have made it possible."
    return Reason("rule", way, 0, breach, None, is_proved, stood, possible, yielding)


def despite(standing: Standing, wish: Wanted, found: Found, late: Late | None) -> Reason:
    """The reason where a lawful way would meet the wish.

    Args:
        standing: the roster.
        wish: the wish.
        found: the ways.
        late: tells calls late or lost, where they are known.
    """
    way = found.best
    if way is None:
        raise ValueError("a lawful way is missing")
    kind, short, stood = _stood(standing, wish, way, late)
    return Reason(
        kind=kind,
        changes=way.changes,
        points=way.points,
        breach=None,
        short=short,
        is_proved=True,
        stood=stood,
        possible=_possible(standing, wish, found, kind, short),
        yielding=_yielding(standing, wish, found),
    )


def _stood(
    standing: Standing, wish: Wanted, way: Way, late: Late | None
) -> tuple[Kind, CoverChange | None, str]:
    problem = standing.problem
    if way.points <= 0:
        return "open", None, _open_words(problem, wish, way)
    short = [each for each in way.effect.cover if each.points > 0 and each.after > 0]
    if short:
        words = cover_words(problem, short[0]).replace(" would be ", " would have been ", 1)
        if all(officer == wish.officer for officer, _, _ in way.changes):
            words = f"With other people's shifts as they are, {words}"
        words = words.removesuffix(".") + _with_others(problem, wish, way)
        return "cover", short[0], f"{words}{_callers(standing, way, late)} {NO_BETTER}"
    person = problem.officers[wish.officer]
    if lost := [each for line in way.effect.lines if line.officer is person for each in line.lost]:
        said = [f"{wish_words(each)} on {day_words(problem, each.day)}" for each in lost]
        return "own", None, f"Your wish for {listed_words(said)} would not have been met then."
    bonds = {rule.code for rule in problem.rules if isinstance(rule, GroupRule)}
    for breach in way.effect.worse:
        if breach.officer == person.id or breach.rule in bonds:
            return "own", None, f"It would be against guidance: {told(breach, person)}"
    if any(officer != wish.officer for officer, _, _ in way.changes):
        return "others", None, "Every answer was harder on somebody else than this is on you."
    more = count_words(way.points, "point")
    return "own", None, f"It would have cost the room {more} more than the wish weighs."


def _with_others(problem: Problem, wish: Wanted, way: Way) -> str:
    """What else the way changes, as the end of a sentence."""
    mine = [(day, choice) for officer, day, choice in way.changes if officer == wish.officer]
    beside = [(day, choice) for day, choice in mine if day not in wish.days]
    if len(beside) == 1:
        ((day, choice),) = beside
        act = "rested" if choice == REST else "worked"
        said = f", had you {act} on {day_words(problem, day)} instead"
    elif beside:
        said = f", with {count_words(len(beside), 'more day')} of yours changed"
    else:
        said = ""
    if len(mine) < len(way.changes):
        said += ", even with one other person's shifts changed"
    return said + "."


def _callers(standing: Standing, way: Way, late: Late | None) -> str:
    """How many more callers would wait too long, as a sentence; "" where it is not known."""
    if late is None:
        return ""
    more = late(standing.after(way.changes)) - late(standing)
    if more < 0.05:
        return ""
    number = f"{more:.1f}" if more < 10 else f"{more:,.0f}"
    return f" About {number} more callers would have waited too long or given up."


def _open_words(problem: Problem, wish: Wanted, way: Way) -> str:
    """That the wish could be met, and which other days would have to change for it."""
    mine = [(day, choice) for officer, day, choice in way.changes if officer == wish.officer]
    beside = [(day, choice) for day, choice in mine if day not in wish.days]
    shared = len(mine) < len(way.changes)
    how = []
    if len(beside) > 2:
        how.append(f"by changing {count_words(len(beside), 'other day')} of yours")
    elif beside:
        acts = (
            f"{'resting' if choice == REST else 'working'} on {day_words(problem, day)}"
            for day, choice in beside
        )
        how.append(f"by {listed_words(list(acts))} instead")
    if shared:
        how.append("with one other person's shifts changed")
    return f"It could be met {listed_words(how) or 'as the roster stands'}: ask for it."


def _possible(
    standing: Standing, wish: Wanted, found: Found, kind: Kind, short: CoverChange | None
) -> str:
    way = found.best
    if kind == "open" or way is None:
        return ""
    if found.could_exchange:
        people = count_words(found.could_exchange, "other")
        return f"{people} could lawfully exchange shifts with you for it: ask for a swap."
    if found.could_take:
        people = count_words(found.could_take, "other")
        return f"It would be possible if one of {people} who lawfully could took the shift over."
    return _possible_alone(standing, wish, way, short)


def _possible_alone(standing: Standing, wish: Wanted, way: Way, short: CoverChange | None) -> str:
    """What would make a wish possible where nobody else could help."""
    enough = way.points + (wish.wish.points if isinstance(wish.wish, Preference) else BEYOND)
    if enough <= MOST_WISH_POINTS:
        return f"With {enough} points on it, it would have been as good to meet it."
    if short is not None:
        asked = short.role or listed_words(short.queues)
        gives = any(standing.choices[who, day] != REST for who, day, _ in way.changes)
        nobody = "Nobody else could take the shift over within the rules: it" if gives else "It"
        return f"{nobody} would be possible with one more {asked} person on duty then."
    lost = [each.points for line in way.effect.lines for each in line.lost]
    if lost and way.points <= sum(lost):
        return "It becomes possible when you take that wish back."
    return "It would be possible with more points on it, or fewer on your other wishes."


def _yielding(standing: Standing, wish: Wanted, found: Found) -> str:
    """Who would have had to give way and how, named."""
    if found.own is not None and found.own.points <= 0:
        return "Nobody has to give way."
    if found.shared is None:
        return "Nobody else could have taken a shift over within the rules."
    problem = standing.problem
    by: dict[int, list[str]] = {}
    for officer, day, choice in found.shared.changes:
        if officer != wish.officer:
            by.setdefault(officer, []).append(_became(standing, officer, day, choice))
    said = (f"{problem.officers[who].name} would have had to {listed_words(what)}."
            for who, what in by.items())  # fmt: skip
    return " ".join(said)


def _became(standing: Standing, officer: int, day: int, choice: int) -> str:
    problem = standing.problem
    before = int(standing.choices[officer, day])
    if choice == REST:
        return f"rest on {tour_words(problem, problem.tour(day, before))}"
    now = f"work {tour_words(problem, problem.tour(day, choice))}"
    return now if before == REST else f"{now} instead of {problem.shifts[before].code}"


def nearest_ways(standing: Standing, wish: Wanted) -> Iterator[tuple[Change, ...]]:
    """Changes that meet a wish, or begin to, with the officer's other days as they are."""
    officer, row = wish.officer, standing.choices[wish.officer]
    against = [day for day in wish.days if not wish.allows(day, int(row[day]))]
    if len(against) == 1:
        for choice in range(REST, len(standing.problem.shifts)):
            if wish.allows(against[0], choice):
                yield ((officer, against[0], choice),)
    elif against:
        yield tuple((officer, day, REST) for day in against)
    elif isinstance(wish.wish, RunWish):
        rests = wish.wish.of == "rest" or wish.wish.longest is not None
        for day in np.flatnonzero((row != REST) == rests).tolist():
            if rests:
                yield ((officer, day, REST),)
            elif day and row[day - 1] != REST:
                yield ((officer, day, int(row[day - 1])),)
