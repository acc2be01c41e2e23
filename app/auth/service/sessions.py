"""Signing in: by a password for a session, by a token for a system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from app import clock
from app.auth import store
from app.auth.checks import digest, hash_password, new_secret, outdated, password_fits
from app.auth.service.users import user
from app.auth.values import Caller, Token
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import NotFound, invalid
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Known:
    """A person whose password fitted; `rehash` when it should be hashed by today's numbers."""

    user_id: UUID
    force_id: UUID
    rehash: bool


def check_password(reading: Reading, sign_in_name: str, password: str) -> Known | None:
    """Who signs in with that name and password.

    As slow for a name that is unknown, not active or without a password as for a wrong password.
    """
    found = store.user_named(reading, sign_in_name.strip().lower())
    kept = store.password_of(reading, found.id) if found and found.active else None
    if not password_fits(password, kept) or found is None or kept is None:
        return None
    return Known(found.id, found.force_id, outdated(kept))


def rehash(transaction: Transaction, user_id: UUID, password: str) -> None:
    """Hash a password, just seen to fit, by today's numbers."""
    store.set_password_hash(transaction, user_id, hash_password(password))


def end_session(transaction: Transaction, secret: str) -> None:
    """Sign out here."""
    store.end_session(transaction, digest(secret))


def end_sessions(transaction: Transaction, user_id: UUID) -> None:
    """Sign a user out everywhere."""
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
