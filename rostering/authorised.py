"""Breaches that a manager has authorised: they stand in a roster without making it unlawful."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Authorised:
    """A breach of a hard rule that may stand.

    Who authorised it, why, and what is owed for it stand where rosters are kept.

    Attributes:
        officer: id of the officer.
        rule: code of the rule.
        first, last: days on which a tour of the breach starts, from and to, both included.
        excess: how far at most, in the rule's unit: what was not seen is not authorised.
    """

    officer: str
    rule: str
    first: int
    last: int
    excess: int

    def allows(self, officer: str | None, rule: str, days: Collection[int], excess: int) -> bool:
        """Tell whether a breach is one that may stand.

        Args:
            officer: id of the officer; None where it concerns the room.
            rule: code of the rule.
            days: days on which its tours start; none where it is about the whole period.
            excess: how far it goes, in the rule's unit.
        """
        is_same = (officer, rule) == (self.officer, self.rule) and excess <= self.excess
        return is_same and (not days or any(self.first <= day <= self.last for day in days))
