"""What of the burdens of a period falls to an officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from rostering.errors import InputError

Burden = Literal["nights", "weekends", "unsocial_hours", "public_holidays", "christmas"]
"""Tours of the night; weekends with a tour; hours in the evening and at night; tours on public
holidays other than Christmas; tours on 25 and 26 December."""

BURDENS: tuple[Burden, ...] = get_args(Burden)

DATED: frozenset[Burden] = frozenset({"public_holidays", "christmas"})
"""Burdens of certain days."""


@dataclass(frozen=True, slots=True)
class Portion:
    """How much of a burden falls to an officer in a period.

    Attributes:
        burden: the burden.
        most: units of it; more goes against the officer.
        days: days of the period that it is about, for a burden of certain days.

    Raises:
        InputError: when it names days and needs none, or the other way round.
    """

    burden: Burden
    most: int
    days: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if bool(self.days) != (self.burden in DATED):
            raise InputError("Public holidays and Christmas name their days, other burdens none.")
