"""Idempotency keys: what is at work, and what was answered."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from app import clock
from app.auth import store
from app.auth.values import Claim, KeptAnswer
from app.db.transaction import Transaction, unless_taken
from app.errors import Conflict, invalid
from app.settings import Settings

AT_WORK = "The same request is at work just now: ask again in a moment."


def claim_key(
    transaction: Transaction, user_id: UUID, key: str, request: str, settings: Settings
) -> Claim | KeptAnswer:
    """The right to work under a key, or what was answered under it before.

    Args:
        transaction: the caller's, with nothing else in it.
        user_id: whose key it is.
        key: their own word.
        request: SHA-256 of what is asked.
        settings: how long answers and claims last.

    Raises:
        Conflict: when a request is at work under the key.
        InvalidInput: when the key was used with another request.
    """
    now = clock.now()
    store.drop_old_keys(transaction, now - timedelta(hours=settings.idempotency_hours))
    dead = now - timedelta(seconds=settings.idempotency_claim_seconds)
    store.drop_dead_claim(transaction, user_id, key, dead)
    kept = store.key(transaction, user_id, key)
    if kept is not None and kept.request != request:
        raise invalid("Idempotency-Key", "It was used with another request: take a new key.")
    if kept is not None and kept.answer is not None:
        return kept.answer
    if kept is not None:
        raise Conflict(AT_WORK)
    claim = Claim(user_id, key, secrets.token_hex(16))
    with unless_taken(transaction, AT_WORK):
        store.add_claim(transaction, claim, request, now)
    return claim


def keep_answer(transaction: Transaction, claim: Claim, answer: KeptAnswer) -> None:
    """Keep what is answered, in the transaction of what is done.

    Raises:
        Conflict: when the request was given up as dead, and its key taken over.
    """
    if not store.keep_answer(transaction, claim, answer):
        raise Conflict("This took too long, and was asked for again meanwhile.")


def release_key(transaction: Transaction, claim: Claim) -> None:
    """Let a key be free again: its request came to nothing."""
    store.drop_claim(transaction, claim)
