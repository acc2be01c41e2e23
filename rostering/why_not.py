"""Why a wish is not met, found by trying to meet it; no other person is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rostering.effect import Effect, effect
from rostering.effect_words import cover_words
from rostering.problem import REST, Officer, Preference
from rostering.remedies import candidates, newly_broken
from rostering.rules.base import Breach
from rostering.rules.contracted_hours import ContractedHours
from rostering.standing import Standing
from rostering.tally import Change
from rostering.words import day_words

Kind = Literal["rule", "cover", "own", "open"]
"""Every way breaks a rule; leaves a desk short; costs the officer something else; or none does."""

VERBS = {
    "has": "would have",
    "works": "would work",
    "is": "are",
    "was": "were",
    "does": "do",
}
"""How a sentence about an officer in a roster says to the officer what would be."""


@dataclass(frozen=True)
class Reason:
    """Why a wish is not met.

    Attributes:
        kind: what stands in the way.
        changes: the best way to meet it, as tried.
        breach: what that way would break first; for `rule` alone.
        effect: what it would do; for all but `rule`.
        words: the reason, as one or two sentences to the officer.
    """

    kind: Kind
    changes: tuple[Change, ...]
    breach: Breach | None
    effect: Effect | None
    words: str


def why_not(standing: Standing, officer: int, wish: Preference) -> Reason | None:
    """Why an officer's wish is not met; None where nothing could meet it whatever the roster."""
    ways = list(_ways(standing, officer, wish))
    broken = [(way, _first_breach(standing, officer, way)) for way in ways]
    if all(breach and breach.rule == ContractedHours.code for _, breach in broken):
        made_up = [longer for way in ways for longer in _made_up(standing, officer, way)]
        broken += [(way, _first_breach(standing, officer, way)) for way in made_up]
    lawful = [(way, effect(standing, standing.after(way))) for way, breach in broken if not breach]
    if lawful:
        return _despite(standing, *min(lawful, key=lambda tried: tried[1].points))
    unlawful = [(way, breach) for way, breach in broken[: len(ways)] if breach]
    if not unlawful:
        return None
    way, breach = min(unlawful, key=lambda tried: tried[1].excess)
    person = standing.problem.officers[officer]
    return Reason("rule", way, breach, None, f"It would break a rule: {_told(breach, person)}")


def _ways(standing: Standing, officer: int, wish: Preference) -> Iterator[tuple[Change, ...]]:
    """Changes of the wish's own day that meet it."""
    shifts = standing.problem.shifts
    for choice in range(REST, len(shifts)):
        if wish.is_met_by(None if choice == REST else shifts[choice]):
            yield ((officer, wish.day, choice),)


def _made_up(
    standing: Standing, officer: int, way: tuple[Change, ...]
) -> Iterator[tuple[Change, ...]]:
    """The way, with hours given back or made up on another day, so that the contract is kept."""
    ((_, wished, choice),) = way
    row = standing.choices[officer].tolist()
    for day, now in enumerate(row):
        if day == wished:
            continue
        if choice == REST and now == REST:
            yield (*way, (officer, day, row[wished]))
        elif row[wished] == REST and now != REST:
            yield (*way, (officer, day, REST))


def _first_breach(standing: Standing, officer: int, way: tuple[Change, ...]) -> Breach | None:
    row = standing.choices[officer].copy()
    for _, day, choice in way:
        row[day] = choice
    return newly_broken(standing, officer, row)


def _despite(standing: Standing, way: tuple[Change, ...], tried: Effect) -> Reason:
    """Why a wish is not met though a lawful way would meet it."""
    others = _points_of_others(standing, way, tried) if tried.points > 0 else None
    if tried.points <= 0 or (others is not None and others <= 0):
        return Reason("open", way, None, tried, _open_words(standing, way))
    short = [change for change in tried.cover if change.after > max(change.before, 0)]
    if not short:
        return Reason("own", way, None, tried, _own_words(tried))
    words = cover_words(standing.problem, short[0]).replace(" would be ", " would have been ", 1)
    if others is not None:
        words += " Every other answer was harder on someone else."
    elif _gives_away(standing, way):
        words += " Nobody else could have worked it within the rules."
    return Reason("cover", way, None, tried, words)


def _open_words(standing: Standing, way: tuple[Change, ...]) -> str:
    """That the wish could be met, and which other day would have to change for it."""
    if len(way) == 1:
        return "It could be met as the roster stands: ask for it."
    _, day, choice = way[1]
    act = "resting" if choice == REST else "working"
    return f"It could be met by {act} on {day_words(standing.problem, day)} instead: ask for it."


def _gives_away(standing: Standing, way: tuple[Change, ...]) -> bool:
    """Whether the officer would rest instead of working, so that somebody else could work."""
    (officer, day, choice), *_ = way
    return choice == REST and int(standing.choices[officer, day]) != REST


def _points_of_others(standing: Standing, way: tuple[Change, ...], tried: Effect) -> int | None:
    """Points of the best handing over of the shift that is given away; None where nobody could."""
    if not _gives_away(standing, way):
        return None
    officer, day, _ = way[0]
    found = candidates(standing.after(way), day, int(standing.choices[officer, day]))
    others = (other.points for other in found.best if other.officer != officer)
    return next((tried.points + points for points in others), None)


def _own_words(tried: Effect) -> str:
    line = tried.lines[0]
    if line.lost:
        return "Another of your wishes would not have been met."
    if tried.worse:
        return f"It would be against guidance: {_told(tried.worse[0], line.officer)}"
    return "It would have cost the room more than the wish weighs."


def _told(breach: Breach, person: Officer) -> str:
    """A breach as said to a person, who may not be the one whom it is about."""
    if breach.officer != person.id:
        return "somebody who relies on who else is on duty would be let down."
    return to_you(breach, person.name)


def to_you(breach: Breach, name: str) -> str:
    """What is said of an officer, said to the officer."""
    said = breach.words if breach.own_words is None else breach.own_words
    verb, _, rest = said.removeprefix(name).lstrip().partition(" ")
    return f"you {VERBS.get(verb, verb)} {rest}"
