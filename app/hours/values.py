"""What the service gives: frozen values, free of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.people.service import Officer, Term
from rostering.working_time import HoursStanding


@dataclass(frozen=True, slots=True)
class PersonHours:
    """How one person stands.

    Attributes:
        opt_out: the agreement to work more than the average week that is in force, if any.
        assessed: the day of the last health assessment for night work, if one is known.
    """

    officer: Officer
    standing: HoursStanding
    opt_out: Term | None
    assessed: date | None

    @property
    def assessment_is_due(self) -> bool:
        """Tell whether a night worker has no health assessment on record."""
        return self.standing.night is not None and self.assessed is None


@dataclass(frozen=True, slots=True)
class RoomHours:
    """How the people of a room stand.

    Attributes:
        until: the last day of which worked shifts are known; None where none are.
        people: those over a limit first, then by what is left to them, then by name.
    """

    until: date | None
    people: tuple[PersonHours, ...]
