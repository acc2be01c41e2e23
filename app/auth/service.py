"""What can be done with users, what they sign in with, and the audit.

Every verb takes the transaction of its caller and never commits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from app import clock
from app.auth import store
from app.auth.checks import csrf_fits, csrf_token, digest, hash_password, new_secret
from app.auth.permissions import (
    ACTIONS,
    MAY,
    OWN,
    Action,
    allowed,
    allowed_without_room,
    covering,
)
from app.auth.values import Caller, Entry, Grant, Kind, Role, Token, User
from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.errors import NotFound, Stale, invalid
from app.settings import Settings

__all__ = [
    "ACTIONS",
    "MAY",
    "OWN",
    "Action",
    "Caller",
    "Entry",
    "Found",
    "Grant",
    "Kind",
    "Role",
    "Token",
    "User",
    "allowed",
    "allowed_without_room",
    "caller_of",
    "covering",
    "create_user",
    "csrf_fits",
    "csrf_token",
    "digest",
    "entries",
    "issue_token",
    "new_secret",
    "record",
    "revoke_token",
    "session_caller",
    "set_grants",
    "set_password",
    "start_session",
    "token_caller",
    "tokens_of",
    "user",
    "user_named",
    "users",
]

SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,99}")


def create_user(
    transaction: Transaction,
    *,
    force_id: UUID,
    sign_in_name: str,
    name: str,
    grants: Iterable[Grant] = (),
    kind: Kind = "person",
    password: str | None = None,
    officer_id: UUID | None = None,
) -> User:
    """A new user; without a password nobody can sign in as them.

    Args:
        transaction: the caller's.
        force_id: whose administrators look after the account.
        sign_in_name: unique over all forces; kept in lower case.
        name: how pages call them.
        grants: their roles.
        kind: a person, or a system that comes with tokens.
        password: 12 to 200 characters.
        officer_id: the officer they are, where rostered.

    Raises:
        Conflict: when the sign-in name is taken.
        InvalidInput: when a field cannot be used.
    """
    given = sign_in_name.strip().lower()
    if not SIGN_IN_NAME.fullmatch(given):
        raise invalid(
            "sign_in_name", "Give 2 to 100 letters, digits, dots, hyphens, underscores or @."
        )
    if not 1 <= len(name.strip()) <= 200:
        raise invalid("name", "Give 1 to 200 characters.")
    if kind == "system" and password is not None:
        raise invalid("password", "A system comes with tokens, not with a password.")
    new = User(
        new_id(), force_id, kind, given, name.strip(), officer_id, True, clock.now(), 1,
        checked_grants(grants),
    )  # fmt: skip
    kept = hash_password(password) if password is not None else None
    with unless_taken(transaction, "That sign-in name is taken."):
        store.add_user(transaction, new, kept)
    return new


def checked_grants(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Grants that can stand, each once.

    Raises:
        InvalidInput: when an officer's names no room, or an administrator's names one.
    """
    wanted = tuple(dict.fromkeys(grants))
    for i, grant in enumerate(wanted):
        if grant.role == "officer" and grant.room_id is None:
            raise invalid(f"grants[{i}].room_id", "An officer is of one control room: name it.")
        if grant.role == "administrator" and grant.room_id is not None:
            raise invalid(
                f"grants[{i}].room_id", "An administrator's grant is for the whole force."
            )
    return wanted


def user(reading: Reading, user_id: UUID, force_id: UUID | None = None) -> User:
    """A user, if of that force.

    Raises:
        NotFound: when there is none.
    """
    found = store.user(reading, user_id, force_id)
    if found is None:
        raise NotFound("There is no such user.")
    return found


def user_named(reading: Reading, sign_in_name: str) -> User:
    """The user of that sign-in name.

    Raises:
        NotFound: when there is none.
    """
    found = store.user_named(reading, sign_in_name.strip().lower())
    if found is None:
        raise NotFound(f"There is no user called {sign_in_name}.")
    return found


def users(
    reading: Reading, force_id: UUID, after: str | None = None, limit: int = 100
) -> tuple[User, ...]:
    """Users of a force by sign-in name, from just after one on."""
    return store.users_of(reading, force_id, after, limit)


def set_grants(
    transaction: Transaction, user_id: UUID, version: int, grants: Iterable[Grant]
) -> User:
    """Let these be all of a user's grants.

    Raises:
        Stale: when the user is no longer at that version.
        InvalidInput: when a grant cannot stand.
    """
    wanted = checked_grants(grants)
    _change(transaction, user_id, version, {})
    store.set_grants(transaction, user_id, wanted)
    return user(transaction, user_id)


def _change(
    transaction: Transaction, user_id: UUID, version: int, values: dict[str, object]
) -> None:
    if not store.change_user(transaction, user_id, version, values):
        raise Stale("Somebody changed this user meanwhile: read again, then change.")


def set_password(transaction: Transaction, user_id: UUID, password: str) -> None:
    """Let this be a user's password; every session of theirs ends.

    Raises:
        NotFound: when there is no such person.
        InvalidInput: when the password is too short or too long.
    """
    if user(transaction, user_id).kind == "system":
        raise invalid("password", "A system comes with tokens, not with a password.")
    store.set_password_hash(transaction, user_id, hash_password(password))
    store.end_sessions(transaction, user_id)


def issue_token(
    transaction: Transaction,
    user_id: UUID,
    name: str,
    *,
    created_by: UUID | None = None,
    expires: datetime | None = None,
) -> tuple[Token, str]:
    """A new bearer token of a user, and its secret: only its hash is kept.

    Raises:
        NotFound: when there is no such user.
        InvalidInput: when the name is blank or too long, or it ends before it begins.
    """
    user(transaction, user_id)
    now = clock.now()
    if not 1 <= len(name.strip()) <= 200:
        raise invalid("name", "Give 1 to 200 characters.")
    if expires is not None and expires <= now:
        raise invalid("expires", "Give an instant in the future.")
    secret = new_secret("parade_")
    token = Token(new_id(), user_id, name.strip(), now, created_by, expires, None, None)
    store.add_token(transaction, token, digest(secret))
    return token, secret


def revoke_token(transaction: Transaction, user_id: UUID, token_id: UUID) -> None:
    """Let a user's token be of no use from now on.

    Raises:
        NotFound: when the user has no such token, or it is revoked.
    """
    if not store.revoke_token(transaction, user_id, token_id, clock.now()):
        raise NotFound("There is no such token, or it is revoked already.")


def tokens_of(reading: Reading, user_id: UUID) -> tuple[Token, ...]:
    """The tokens of a user, the newest first."""
    return store.tokens_of(reading, user_id)


def start_session(transaction: Transaction, user_id: UUID, settings: Settings) -> str:
    """A new session of a user; the secret for its cookie."""
    secret, now = new_secret(), clock.now()
    store.end_old_sessions(transaction, now, _idle_since(now, settings))
    expires = now + timedelta(hours=settings.session_hours)
    store.add_session(transaction, digest(secret), user_id, now, expires)
    return secret


def _idle_since(now: datetime, settings: Settings) -> datetime:
    return now - timedelta(minutes=settings.session_idle_minutes)


@dataclass(frozen=True, slots=True)
class Found:
    """Who asks, and what is to be kept of it.

    Attributes:
        due: keeps that their session or token was used now; None while that is known well enough.
    """

    caller: Caller
    due: Callable[[Transaction], None] | None


def session_caller(reading: Reading, secret: str, settings: Settings) -> Found | None:
    """Who holds that session, while it lasts."""
    now = clock.now()
    session = store.session(reading, digest(secret), now, _idle_since(now, settings))
    caller = caller_of(reading, session.user_id) if session else None
    if session is None or caller is None:
        return None
    see = partial(store.see_session, digest=digest(secret), now=now)
    return Found(caller, see if _due(session.last_seen, now, settings) else None)


def token_caller(reading: Reading, secret: str, settings: Settings) -> Found | None:
    """Who holds that token, while it may be used."""
    now = clock.now()
    token = store.token_with(reading, digest(secret), now)
    caller = caller_of(reading, token.user_id) if token else None
    if token is None or caller is None:
        return None
    use = partial(store.use_token, token_id=token.id, now=now)
    return Found(caller, use if _due(token.last_used, now, settings) else None)


def _due(last: datetime | None, now: datetime, settings: Settings) -> bool:
    return last is None or now - last >= timedelta(minutes=settings.seen_minutes)


def caller_of(reading: Reading, user_id: UUID) -> Caller | None:
    """A user as the one who asks; None when there is none or they are not active."""
    found = store.user(reading, user_id)
    if found is None or not found.active:
        return None
    return Caller(found.id, found.name, found.kind, found.force_id, found.officer_id, found.grants)


def record(
    transaction: Transaction,
    what: str,
    *,
    user_id: UUID | None,
    force_id: UUID | None = None,
    room_id: UUID | None = None,
    thing_id: UUID | None = None,
) -> None:
    """Add a line to the audit, which nothing can change or take away.

    Args:
        transaction: the one of what was done.
        what: in a few words, nothing personal: `published a roster`.
        user_id: who did it; None for the command line.
        force_id: where.
        room_id: where.
        thing_id: to what.
    """
    entry = Entry(new_id(), clock.now(), user_id, what, force_id, room_id, thing_id)
    store.record(transaction, entry)


def entries(
    reading: Reading, force_id: UUID, before: UUID | None = None, limit: int = 100
) -> tuple[Entry, ...]:
    """The audit of a force, the newest first, from just before one on."""
    return store.entries(reading, force_id, before, limit)
