"""What auth takes and gives as JSON."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.auth.service import Grant, Kind, Role
from app.web.http.schema import Answer, Strict, When

Name = Annotated[str, Field(min_length=1, max_length=200)]
Password = Annotated[str, Field(min_length=12, max_length=200)]


class GrantAnswer(Answer):
    """A role in one control room, or in the whole force where `room_id` is null."""

    role: Role
    force_id: UUID
    room_id: UUID | None


class Me(Answer):
    """Who asks."""

    user_id: UUID
    name: str
    kind: Kind
    force_id: UUID
    officer_id: UUID | None
    grants: tuple[GrantAnswer, ...]


class NewGrant(Strict):
    """A role in one control room, or in the whole force without `room_id`.

    An officer's names the room; an administrator's is for the whole force.
    """

    role: Role
    room_id: UUID | None = None

    def of(self, force_id: UUID) -> Grant:
        """The grant within a force."""
        return Grant(self.role, force_id, self.room_id)


class NewUser(Strict):
    """A user to make; a person without a password cannot sign in yet."""

    sign_in_name: Annotated[str, Field(min_length=2, max_length=100)]
    name: Name
    kind: Kind = "person"
    password: Password | None = None
    officer_id: UUID | None = None
    grants: tuple[NewGrant, ...] = ()


class UserAnswer(Answer):
    """Who may be let in."""

    id: UUID
    kind: Kind
    sign_in_name: str
    name: str
    officer_id: UUID | None
    active: bool
    created: When
    version: int
    grants: tuple[GrantAnswer, ...]


class UserList(Answer):
    """Users by sign-in name."""

    users: tuple[UserAnswer, ...]


class UserChange(Strict):
    """What to change; what is left out stays. One who is not active is signed out everywhere."""

    name: Name | None = None
    active: bool | None = None


class Grants(Strict):
    """All grants that a user shall have."""

    grants: Annotated[tuple[NewGrant, ...], Field(max_length=200)]


class NewPassword(Strict):
    """A password, 12 to 200 characters."""

    password: Password


class NewToken(Strict):
    """A token to make; without `expires` it holds until it is revoked."""

    name: Name
    expires: When | None = None


class TokenAnswer(Answer):
    """A token, without its secret."""

    id: UUID
    name: str
    created: When
    created_by: UUID | None
    expires: When | None
    last_used: When | None
    revoked: When | None


class IssuedToken(TokenAnswer):
    """A new token; `token` is shown this once."""

    token: str


class TokenList(Answer):
    """Tokens, the newest first."""

    tokens: tuple[TokenAnswer, ...]


class EntryAnswer(Answer):
    """Who did what to which thing; `user_id` is null for the command line."""

    id: UUID
    at: When
    user_id: UUID | None
    what: str
    room_id: UUID | None
    thing_id: UUID | None


class EntryList(Answer):
    """What was done, the newest first."""

    entries: tuple[EntryAnswer, ...]
