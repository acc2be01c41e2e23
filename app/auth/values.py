"""What auth keeps, as frozen values, free of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Kind = Literal["person", "system"]
Role = Literal["officer", "manager", "administrator"]


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in one control room, or in all of a force where `room_id` is None."""

    role: Role
    force_id: UUID
    room_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class User:
    """Who may be let in: a person with a password, or a system with tokens.

    Attributes:
        force_id: the force whose administrators look after the account.
        sign_in_name: unique over all forces, in lower case.
        officer_id: the officer this person is, where they are rostered.
        version: grows by one with every change.
    """

    id: UUID
    force_id: UUID
    kind: Kind
    sign_in_name: str
    name: str
    officer_id: UUID | None
    active: bool
    created: datetime
    version: int
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks.

    Attributes:
        force_id: the force whose administrators look after the account.
        officer_id: the officer that the caller is, if one.
    """

    user_id: UUID
    name: str
    kind: Kind
    force_id: UUID
    officer_id: UUID | None
    grants: tuple[Grant, ...]

    @property
    def room_id(self) -> UUID | None:
        """The control room in which the caller is rostered; None for all but officers."""
        return next((grant.room_id for grant in self.grants if grant.role == "officer"), None)


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that lasts; `last_seen` is to within some minutes."""

    user_id: UUID
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A system's token, without the secret: that is shown once and never kept.

    Attributes:
        created_by: the user who issued it; None for the command line.
        last_used: to within some minutes.
    """

    id: UUID
    user_id: UUID
    name: str
    created: datetime
    created_by: UUID | None
    expires: datetime | None
    last_used: datetime | None
    revoked: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit: who did what to which thing, and where."""

    id: UUID
    at: datetime
    user_id: UUID | None
    what: str
    force_id: UUID | None
    room_id: UUID | None
    thing_id: UUID | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A request that is at work under its Idempotency-Key; `claim` is its own word for itself."""

    user_id: UUID
    key: str
    claim: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered to a request with an Idempotency-Key."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class KeptKey:
    """What is kept of an Idempotency-Key; `answer` is None while the request is at work."""

    request: str
    asked: datetime
    answer: KeptAnswer | None
