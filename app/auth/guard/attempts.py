"""Attempts to sign in, slowed down per name and per address.

Counted in the memory of each process: several of them take so many times the attempts, which is
still far below what guessing needs.
"""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.auth.service import digest
from app.errors import TooMany
from app.settings import Settings

MINUTES = 5
"""A guess a minute at one name is no use; a person who waits for it is not held up for long."""


class Attempts:
    """How often signing in failed of late."""

    def __init__(self, settings: Settings) -> None:
        self._counted = MovingWindowRateLimiter(MemoryStorage())
        self._per_name = RateLimitItemPerMinute(settings.attempts_per_name, MINUTES, "name")
        self._per_address = RateLimitItemPerMinute(
            settings.attempts_per_address, MINUTES, "address"
        )

    def begin(self, sign_in_name: str, address: str) -> None:
        """Count an attempt under that name, before it is known how it ends.

        Raises:
            TooMany: when the name or the address has failed too often of late.
        """
        if not self._counted.test(self._per_address, address):
            raise self._refusal(self._per_address, address)
        name = _key(sign_in_name)
        if not self._counted.hit(self._per_name, name):
            raise self._refusal(self._per_name, name)

    def succeeded(self, sign_in_name: str) -> None:
        """Forget the attempts under a name: they were its owner's."""
        self._counted.clear(self._per_name, _key(sign_in_name))

    def failed(self, address: str) -> None:
        """Count a failure from an address."""
        self._counted.hit(self._per_address, address)

    def _refusal(self, item: RateLimitItem, key: str) -> TooMany:
        reset, _ = self._counted.get_window_stats(item, key)
        seconds = max(1, math.ceil(reset - time.time()))
        minutes = math.ceil(seconds / 60)
        wait = "a minute" if minutes == 1 else f"{minutes} minutes"
        return TooMany(f"That was too often. Wait {wait}, then try again.", seconds)


def _key(sign_in_name: str) -> str:
    return digest(sign_in_name.strip().lower())
