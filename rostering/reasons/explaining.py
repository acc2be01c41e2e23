"""Why wishes of a roster are not met, found by trying to meet them."""

from __future__ import annotations

from rostering.effect import effect
from rostering.reasons.found import Found, Way
from rostering.reasons.reason import POSSIBLE_WITH, Late, Reason, broken, despite, nearest_ways
from rostering.reasons.wanted import Wanted, Wish, wanted
from rostering.reasons.ways import Ways
from rostering.remedies import newly_broken
from rostering.rules.base import Breach
from rostering.standing import Standing
from rostering.tally import Change


class Explaining:
    """Finds the reasons of one roster; what its officers' lines can be is laid out once.

    Args:
        standing: the roster.
        late: tells calls late or lost with a roster, where they are known.
    """

    def __init__(self, standing: Standing, late: Late | None = None) -> None:
        self.standing = standing
        self._late = late
        self._ways = Ways(standing)

    def why_not(self, officer: int, wish: Wish) -> Reason | None:
        """Why an officer's wish is not met; None where nothing could meet it whatever the roster.

        Args:
            officer: index of the officer.
            wish: a wish about a day or several, about days in a row, or about a colleague.
        """
        asked = wanted(self.standing, officer, wish)
        if not (asked.shifts.any(axis=1) | asked.rest).all():
            return None
        found = self._ways.find(asked)
        if found.best is not None:
            return despite(self.standing, asked, found, self._late)
        tried = [
            (way, self._first_breach(asked, way)) for way in nearest_ways(self.standing, asked)
        ]
        if lawful := [way for way, breach in tried if breach is None]:
            ways = (Way(way, effect(self.standing, self.standing.after(way))) for way in lawful)
            own = min(ways, key=lambda way: way.points)
            return despite(self.standing, asked, Found(own, None), self._late)
        unlawful = [(way, breach) for way, breach in tried if breach is not None]
        if not unlawful:
            return None
        way, breach = min(unlawful, key=_order)
        return broken(self.standing, asked, way, breach, is_proved=found.is_impossible)

    def _first_breach(self, asked: Wanted, way: tuple[Change, ...]) -> Breach | None:
        """What a way would break first: a rule about a day by itself before others."""
        row = self.standing.choices[asked.officer].copy()
        for _, day, choice in way:
            row[day] = choice
        first = newly_broken(self.standing, asked.officer, row)
        if first is None or first.rule in POSSIBLE_WITH:
            return first
        made = effect(self.standing, self.standing.after(way)).made
        return next((breach for breach in made if breach.rule in POSSIBLE_WITH), first)


def _order(tried: tuple[tuple[Change, ...], Breach]) -> tuple[bool, int]:
    """What is told first: rules about a day by itself, then the least that is broken."""
    return tried[1].rule not in POSSIBLE_WITH, tried[1].excess
