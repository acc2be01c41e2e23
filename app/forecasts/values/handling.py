"""Handling times of a forecast as they are kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackedHandling:
    """What a forecast says of a queue's handling times; arrays are little-endian float64, (n,).

    Attributes:
        family: of the distribution.
        single: relative variance of single calls.
        mean: seconds of a call.
        own: relative variance that an interval's calls share.
        level: relative variance of the day's level.
    """

    family: str
    single: float
    mean: bytes
    own: bytes
    level: bytes
