"""Random numbers as a function of a key and a place: no state, no order, the same for two rooms.

The mixing function is the finaliser of SplitMix64 (G. Steele, D. Lea and C. Flood, "Fast splittable
pseudorandom number generators", OOPSLA 2014, with D. Stafford's 13th constants). A key walks along
the multiples of the golden ratio, as there.
"""

from __future__ import annotations

import math
from hashlib import blake2b

import numpy as np

from forecasting.compiled.jit import compiled

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)


def key_of(seed: int, *words: str) -> np.uint64:
    """A key that no other seed and words share, but by a chance of one in 2⁶⁴."""
    text = "\0".join((str(seed), *words)).encode()
    return np.uint64(int.from_bytes(blake2b(text, digest_size=8).digest(), "little"))


@compiled
def mixed(bits: np.uint64) -> np.uint64:
    """Each bit of the answer hangs on every bit of `bits`."""
    bits = (bits ^ (bits >> _30)) * _FIRST
    bits = (bits ^ (bits >> _27)) * _SECOND
    return bits ^ (bits >> _31)


@compiled
def key_at(key: np.uint64, place: int) -> np.uint64:
    """The key of the `place`-th of those that share a key."""
    return mixed(key + np.uint64(place + 1) * GOLDEN)


@compiled
def uniform(key: np.uint64, place: int) -> float:
    """The number at a place, above 0 and at most 1."""
    return (float(key_at(key, place) >> _11) + 1.0) * 2.0**-53


@compiled
def exponential(key: np.uint64, place: int) -> float:
    """The number at a place, exponential with mean 1."""
    return -math.log(uniform(key, place))


@compiled
def normal(key: np.uint64, place: int) -> float:
    """The number at two places, standard normal (G. Box and M. Muller, 1958)."""
    turn = 2.0 * math.pi * uniform(key, place + 1)
    return math.sqrt(2.0 * exponential(key, place)) * math.cos(turn)
