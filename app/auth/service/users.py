"""Users: who may be let in, and as what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from app import clock
from app.auth import store
from app.auth.checks import hash_password
from app.auth.values import Grant, Kind, User
from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.errors import NotFound, Stale, invalid

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
    if kind == "system" and password is not None:
        raise invalid("password", "A system comes with tokens, not with a password.")
    new = User(
        new_id(), force_id, kind, given, _name(name), officer_id, True, clock.now(), 1,
        checked_grants(force_id, grants),
    )  # fmt: skip
    kept = hash_password(password) if password is not None else None
    with unless_taken(transaction, "That sign-in name is taken."):
        store.add_user(transaction, new, kept)
    return new


def checked_grants(force_id: UUID, grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Grants that a user of that force can have, each once.

    Raises:
        InvalidInput: when one is of another force, whose administrators do not look after the
            account; when an officer's names no room, or an administrator's names one.
    """
    wanted = tuple(dict.fromkeys(grants))
    for i, grant in enumerate(wanted):
        if grant.force_id != force_id:
            raise invalid(f"grants[{i}]", "A user's roles are in their own force.")
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


def names_of(reading: Reading, force_id: UUID, whose: Iterable[UUID]) -> dict[UUID, str]:
    """Names of users; one who is gone or not of the force is somebody."""
    ids = set(whose)
    return dict.fromkeys(ids, "somebody") | store.names(reading, force_id, ids)


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
        NotFound: when there is no such user.
        Stale: when the user is no longer at that version.
        InvalidInput: when a grant cannot stand.
    """
    wanted = checked_grants(user(transaction, user_id).force_id, grants)
    _change(transaction, user_id, version, {})
    store.set_grants(transaction, user_id, wanted)
    return user(transaction, user_id)


def change_user(
    transaction: Transaction,
    user_id: UUID,
    version: int,
    *,
    name: str | None = None,
    active: bool | None = None,
) -> User:
    """Let a user be called or stand otherwise; one who is not active is signed out everywhere.

    Raises:
        NotFound: when there is no such user.
        Stale: when the user is no longer at that version.
        InvalidInput: when the name cannot be used.
    """
    user(transaction, user_id)
    values: dict[str, object] = {}
    if name is not None:
        values["name"] = _name(name)
    if active is not None:
        values["active"] = active
    _change(transaction, user_id, version, values)
    if active is False:
        store.end_sessions(transaction, user_id)
    return user(transaction, user_id)


def _name(given: str) -> str:
    if not 1 <= len(given.strip()) <= 200:
        raise invalid("name", "Give 1 to 200 characters.")
    return given.strip()


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
