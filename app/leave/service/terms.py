"""What the rulebooks in force say of leave."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.db.transaction import Reading
from app.leave.reading import leave_terms
from app.leave.values import LeaveTerms
from app.people.service import Employment
from app.rulebooks import service as rulebooks


class RoomTerms:
    """What holds in a control room on a day, for officers and for staff; each day is read once."""

    def __init__(self, reading: Reading, room_id: UUID) -> None:
        self._reading = reading
        self._room_id = room_id
        self._books: dict[date, rulebooks.Books] = {}
        self._terms: dict[tuple[Employment, date], LeaveTerms] = {}

    def of(self, employment: Employment, day: date) -> LeaveTerms:
        """What holds for somebody so employed on a day.

        Raises:
            NotFound: when there is no such room.
        """
        if (employment, day) not in self._terms:
            if day not in self._books:
                self._books[day] = rulebooks.in_force(self._reading, self._room_id, day)
            found = self._books[day].in_force(employment)
            self._terms[employment, day] = leave_terms(found.book, found.answer)
        return self._terms[employment, day]

    def carried(self, employment: Employment, day: date) -> int:
        """Minutes of leave that may be carried into the leave year that begins on a day."""
        terms = self.of(employment, day)
        return round(terms.carried_days * terms.day_minutes)
