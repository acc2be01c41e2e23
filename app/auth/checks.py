"""Passwords and secrets: made, hashed, compared."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import invalid

SHORTEST, LONGEST = 12, 200
"""Characters of a password: NIST SP 800-63B asks for at least 8, and at least 64 to be taken; 12
since there is no second factor. Above 200 nothing is gained."""

HASHER = PasswordHasher()
"""Argon2id with the low-memory numbers of RFC 9106: 64 MiB, 3 passes, 4 lanes."""

AT_ONCE = BoundedSemaphore(4)
"""Hashes at once: each takes 64 MiB, and attempts may come in a flood."""


def hash_password(password: str) -> str:
    """The hash to keep of a password.

    Raises:
        InvalidInput: when it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise invalid("password", f"Give {SHORTEST} to {LONGEST} characters.")
    with AT_ONCE:
        return HASHER.hash(password)


def password_fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was hashed; as slow where nothing is kept."""
    try:
        with AT_ONCE:
            HASHER.verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether a hash was made with other numbers than today's."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return HASHER.hash(secrets.token_urlsafe())


def new_secret(prefix: str = "") -> str:
    """256 random bits as text."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """SHA-256 in hex: enough for a secret that nobody can guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def csrf_token(secret: str) -> str:
    """A token for the forms of whoever holds that cookie's secret.

    Each is masked anew, so that a compressed page does not give it away letter by letter.
    """
    mask = secrets.token_bytes(32)
    return base64.urlsafe_b64encode(mask + _xor(mask, _csrf(secret))).decode()


def csrf_fits(secret: str, token: str) -> bool:
    """Whether a token was made for the holder of that secret."""
    try:
        raw = base64.urlsafe_b64decode(token.encode())
    except ValueError:
        return False
    return len(raw) == 64 and hmac.compare_digest(_xor(raw[:32], raw[32:]), _csrf(secret))


def _csrf(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"csrf", "sha256")


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
