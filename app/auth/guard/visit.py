"""What a door knows of the one who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from app import clock
from app.auth import service
from app.auth.guard.attempts import Attempts
from app.auth.service import Action, Caller
from app.db.transaction import Database, Reading, Transaction
from app.errors import Forbidden
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """What every door knows of the control room in its path.

    Attributes:
        zone: IANA time zone.
        day_start: minutes after local midnight.
        notice: what every page of the room says at its top; may be empty.
        as_of: the room's own present where its data end in the past.
    """

    id: UUID
    force_id: UUID
    name: str
    zone: str
    day_start: int
    notice: str = ""
    as_of: datetime | None = None

    def now(self) -> datetime:
        """The room's present: its own, where its data end in the past."""
        return self.as_of or clock.now()

    def today(self) -> date:
        """The local day of the room's present."""
        return self.now().astimezone(ZoneInfo(self.zone)).date()


class Rooms(Protocol):
    """Where control rooms are looked up; they are kept by a slice above this one."""

    def room(self, reading: Reading, room_id: UUID) -> RoomFacts | None:
        """The control room of that id."""

    def rooms(self, reading: Reading, force_id: UUID) -> tuple[RoomFacts, ...]:
        """The control rooms of a force, by name."""

    def has_officer(self, reading: Reading, room_id: UUID, officer_id: UUID) -> bool:
        """Whether that is an officer of the control room."""


@dataclass(frozen=True, slots=True)
class House:
    """What the service is run with; kept on `app.state.house`."""

    database: Database
    settings: Settings
    rooms: Rooms
    attempts: Attempts


@dataclass(frozen=True, slots=True)
class Own:
    """The officer that a caller is, and their control room."""

    officer_id: UUID
    room: RoomFacts


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that was let in.

    Attributes:
        caller: who asks.
        action: what they were let in for.
        room: the control room of the path; None where the path names none.
    """

    caller: Caller
    action: Action
    house: House
    room: RoomFacts | None = None

    @property
    def database(self) -> Database:
        """Where transactions begin."""
        return self.house.database

    @property
    def settings(self) -> Settings:
        """How the service is set."""
        return self.house.settings

    @property
    def here(self) -> RoomFacts:
        """The control room of the path, at doors whose path names one."""
        if self.room is None:
            raise LookupError("the path of this door names no room_id")
        return self.room

    @property
    def force_id(self) -> UUID:
        """The force of the path's room; the caller's home where the path names none."""
        return self.room.force_id if self.room else self.caller.force_id

    def now(self) -> datetime:
        """The present of the path's room: its own, where its data end in the past."""
        return self.room.now() if self.room else clock.now()

    def today(self) -> date:
        """The local day of that present in the path's room."""
        return self.here.today()

    def rooms(self, reading: Reading) -> tuple[RoomFacts, ...]:
        """The control rooms in which the caller may do what they were let in for."""
        return rooms_for(self.house, reading, self.caller, self.action)

    def own(self, reading: Reading) -> Own:
        """The officer that the caller is.

        Raises:
            Forbidden: when they are not rostered anywhere.
        """
        room_id = self.caller.room_id
        room = self.house.rooms.room(reading, room_id) if room_id else None
        if self.caller.officer_id is None or room is None:
            raise Forbidden("This is for officers: your account is not that of an officer.")
        return Own(self.caller.officer_id, room)

    def record(self, transaction: Transaction, what: str, thing_id: UUID | None = None) -> None:
        """Keep in the audit what the caller did here, in the transaction of what was done."""
        service.record(
            transaction,
            what,
            user_id=self.caller.user_id,
            force_id=self.force_id,
            room_id=self.room.id if self.room else None,
            thing_id=thing_id,
        )


@dataclass(frozen=True, slots=True)
class Passing:
    """A request at a public door; `caller` is who asks, where that is known."""

    house: House
    caller: Caller | None

    @property
    def database(self) -> Database:
        """Where transactions begin."""
        return self.house.database

    @property
    def settings(self) -> Settings:
        """How the service is set."""
        return self.house.settings


def rooms_for(
    house: House, reading: Reading, caller: Caller, action: Action
) -> tuple[RoomFacts, ...]:
    """The control rooms in which a caller may do an action, force by force and by name."""
    forces = dict.fromkeys(grant.force_id for grant in caller.grants)
    return tuple(
        room
        for force_id in forces
        for room in house.rooms.rooms(reading, force_id)
        if service.allowed(service.covering(caller.grants, force_id, room.id), action)
    )
