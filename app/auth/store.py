"""Every query about users, their grants and what they sign in with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, delete, insert, select, update

from app.auth.tables import audit, grants, kept_answers, sessions, tokens, users
from app.auth.values import Claim, Entry, Grant, KeptAnswer, KeptKey, Session, Token, User
from app.db.transaction import Reading, Transaction
from app.db.types import new_id

ACCOUNT = tuple(column for column in users.c if column.name != "password_hash")
KEPT_OF_TOKEN = tuple(column for column in tokens.c if column.name != "digest")


def add_user(transaction: Transaction, user: User, password_hash: str | None) -> None:
    """Keep a new user with their grants."""
    row = {column.name: getattr(user, column.name) for column in ACCOUNT}
    transaction.execute(insert(users).values(row | {"password_hash": password_hash}))
    _add_grants(transaction, user.id, user.grants)


def user(reading: Reading, user_id: UUID, force_id: UUID | None = None) -> User | None:
    """The user of that id, if of that force."""
    query = select(*ACCOUNT).where(users.c.id == user_id)
    if force_id is not None:
        query = query.where(users.c.force_id == force_id)
    row = reading.execute(query).mappings().first()
    return _user(row, _grants_of(reading, [user_id]).get(user_id, ())) if row else None


def names(reading: Reading, force_id: UUID, user_ids: Collection[UUID]) -> dict[UUID, str]:
    """Names of those users that are of that force."""
    query = select(users.c.id, users.c.name).where(
        users.c.force_id == force_id, users.c.id.in_(user_ids)
    )
    return {row.id: row.name for row in reading.execute(query)}


def user_named(reading: Reading, sign_in_name: str) -> User | None:
    """The user of that sign-in name."""
    query = select(users.c.id).where(users.c.sign_in_name == sign_in_name)
    found = reading.execute(query).scalar()
    return user(reading, found) if found else None


def password_of(reading: Reading, user_id: UUID) -> str | None:
    """The hash of a user's password."""
    return reading.execute(select(users.c.password_hash).where(users.c.id == user_id)).scalar()


def users_of(reading: Reading, force_id: UUID, after: str | None, limit: int) -> tuple[User, ...]:
    """Users of a force by sign-in name, from just after one on."""
    query = select(*ACCOUNT).where(users.c.force_id == force_id)
    if after is not None:
        query = query.where(users.c.sign_in_name > after)
    rows = reading.execute(query.order_by(users.c.sign_in_name).limit(limit)).mappings().all()
    granted = _grants_of(reading, [row["id"] for row in rows])
    return tuple(_user(row, granted.get(row["id"], ())) for row in rows)


def change_user(
    transaction: Transaction, user_id: UUID, version: int, values: Mapping[str, object]
) -> bool:
    """Write over the version before; False when that is not there."""
    change = (
        update(users)
        .where(users.c.id == user_id, users.c.version == version)
        .values(version=version + 1, **values)
    )
    return transaction.execute(change).rowcount == 1


def set_password_hash(transaction: Transaction, user_id: UUID, password_hash: str) -> None:
    """Let this be the hash of a user's password."""
    transaction.execute(
        update(users).where(users.c.id == user_id).values(password_hash=password_hash)
    )


def set_grants(transaction: Transaction, user_id: UUID, wanted: Iterable[Grant]) -> None:
    """Let these be all of a user's grants."""
    transaction.execute(delete(grants).where(grants.c.user_id == user_id))
    _add_grants(transaction, user_id, wanted)


def _add_grants(transaction: Transaction, user_id: UUID, wanted: Iterable[Grant]) -> None:
    rows = [
        {"id": new_id(), "user_id": user_id, "role": grant.role, "force_id": grant.force_id,
         "room_id": grant.room_id}
        for grant in wanted
    ]  # fmt: skip
    if rows:
        transaction.execute(insert(grants), rows)


def _grants_of(reading: Reading, ids: Collection[UUID]) -> dict[UUID, tuple[Grant, ...]]:
    query = select(grants).where(grants.c.user_id.in_(ids)).order_by(grants.c.id)
    found: dict[UUID, tuple[Grant, ...]] = {}
    for row in reading.execute(query):
        grant = Grant(row.role, row.force_id, row.room_id)
        found[row.user_id] = (*found.get(row.user_id, ()), grant)
    return found


def _user(row: RowMapping, granted: tuple[Grant, ...]) -> User:
    return User(**row, grants=granted)


def add_session(
    transaction: Transaction, digest: str, user_id: UUID, now: datetime, expires: datetime
) -> None:
    """Keep a new session."""
    row = {"digest": digest, "user_id": user_id, "created": now, "last_seen": now}
    transaction.execute(insert(sessions).values(row | {"expires": expires}))


def session(reading: Reading, digest: str, now: datetime, idle_since: datetime) -> Session | None:
    """A session, while it lasts."""
    query = select(sessions.c.user_id, sessions.c.last_seen).where(
        sessions.c.digest == digest, sessions.c.expires > now, sessions.c.last_seen > idle_since
    )
    row = reading.execute(query).first()
    return Session(row.user_id, row.last_seen) if row else None


def see_session(transaction: Transaction, digest: str, now: datetime) -> None:
    """Keep that a session was used now."""
    transaction.execute(update(sessions).where(sessions.c.digest == digest).values(last_seen=now))


def end_session(transaction: Transaction, digest: str) -> None:
    """Forget one session."""
    transaction.execute(delete(sessions).where(sessions.c.digest == digest))


def end_sessions(transaction: Transaction, user_id: UUID) -> None:
    """Forget every session of a user."""
    transaction.execute(delete(sessions).where(sessions.c.user_id == user_id))


def end_old_sessions(transaction: Transaction, now: datetime, idle_since: datetime) -> None:
    """Forget what has ended by itself."""
    old = (sessions.c.expires <= now) | (sessions.c.last_seen <= idle_since)
    transaction.execute(delete(sessions).where(old))


def add_token(transaction: Transaction, token: Token, digest: str) -> None:
    """Keep a new token."""
    row = {column.name: getattr(token, column.name) for column in KEPT_OF_TOKEN}
    transaction.execute(insert(tokens).values(row | {"digest": digest}))


def token_with(reading: Reading, digest: str, now: datetime) -> Token | None:
    """The token of that digest, while it may be used."""
    query = select(*KEPT_OF_TOKEN).where(
        tokens.c.digest == digest,
        tokens.c.revoked.is_(None),
        tokens.c.expires.is_(None) | (tokens.c.expires > now),
    )
    row = reading.execute(query).mappings().first()
    return Token(**row) if row else None


def tokens_of(reading: Reading, user_id: UUID) -> tuple[Token, ...]:
    """The tokens of a user, the newest first."""
    query = select(*KEPT_OF_TOKEN).where(tokens.c.user_id == user_id).order_by(tokens.c.id.desc())
    return tuple(Token(**row) for row in reading.execute(query).mappings())


def use_token(transaction: Transaction, token_id: UUID, now: datetime) -> None:
    """Keep that a token was used now."""
    transaction.execute(update(tokens).where(tokens.c.id == token_id).values(last_used=now))


def revoke_token(transaction: Transaction, user_id: UUID, token_id: UUID, now: datetime) -> bool:
    """Let a user's token be of no use from now on; False when there is none."""
    change = update(tokens).where(tokens.c.id == token_id, tokens.c.user_id == user_id)
    still = change.where(tokens.c.revoked.is_(None)).values(revoked=now)
    return transaction.execute(still).rowcount == 1


def record(transaction: Transaction, entry: Entry) -> None:
    """Add a line to the audit."""
    row = {column.name: getattr(entry, column.name) for column in audit.c}
    transaction.execute(insert(audit).values(row))


def entries(reading: Reading, force_id: UUID, before: UUID | None, limit: int) -> tuple[Entry, ...]:
    """The audit of a force, the newest first, from just before one on."""
    query = select(audit).where(audit.c.force_id == force_id)
    if before is not None:
        query = query.where(audit.c.id < before)
    rows = reading.execute(query.order_by(audit.c.id.desc()).limit(limit)).mappings()
    return tuple(Entry(**row) for row in rows)


def drop_old_keys(transaction: Transaction, before: datetime) -> None:
    """Forget the answers that were asked for before an instant."""
    transaction.execute(delete(kept_answers).where(kept_answers.c.asked < before))


def drop_dead_claim(transaction: Transaction, user_id: UUID, key: str, before: datetime) -> None:
    """Forget a key whose request has been at work since before an instant."""
    dead = kept_answers.c.status.is_(None) & (kept_answers.c.asked < before)
    transaction.execute(delete(kept_answers).where(_key(user_id, key), dead))


def key(reading: Reading, user_id: UUID, word: str) -> KeptKey | None:
    """What is kept of a key."""
    row = reading.execute(select(kept_answers).where(_key(user_id, word))).first()
    if row is None:
        return None
    done = row.status is not None
    answer = KeptAnswer(row.status, dict(row.headers), bytes(row.body)) if done else None
    return KeptKey(row.request, row.asked, answer)


def add_claim(transaction: Transaction, claim: Claim, request: str, now: datetime) -> None:
    """Keep that a request is at work under its key."""
    row = {"user_id": claim.user_id, "key": claim.key, "claim": claim.claim}
    transaction.execute(insert(kept_answers).values(row | {"request": request, "asked": now}))


def keep_answer(transaction: Transaction, claim: Claim, answer: KeptAnswer) -> bool:
    """Keep the answer under its key; False when the key was taken over."""
    change = update(kept_answers).where(_claimed(claim))
    values = {"status": answer.status, "headers": answer.headers, "body": answer.body}
    return transaction.execute(change.values(values)).rowcount == 1


def drop_claim(transaction: Transaction, claim: Claim) -> None:
    """Forget a key whose request came to nothing."""
    transaction.execute(delete(kept_answers).where(_claimed(claim)))


def _key(user_id: UUID, word: str) -> ColumnElement[bool]:
    return and_(kept_answers.c.user_id == user_id, kept_answers.c.key == word)


def _claimed(claim: Claim) -> ColumnElement[bool]:
    return and_(_key(claim.user_id, claim.key), kept_answers.c.claim == claim.claim)
