"""Handling times between what is kept of them and the library."""

from __future__ import annotations

from typing import cast

import numpy as np

from app.forecasts.values import Floats, PackedHandling
from forecasting.handling_time import Family, HandlingTimes

ARRAYS = ("mean", "own", "level")


def pack_handling(said: HandlingTimes) -> PackedHandling:
    """Handling times as they are kept."""
    arrays = {name: getattr(said, name).astype("<f8").tobytes() for name in ARRAYS}
    return PackedHandling(said.family, said.single, **arrays)


def unpack_handling(packed: PackedHandling) -> HandlingTimes:
    """Kept handling times as the library has them."""
    arrays: dict[str, Floats] = {
        name: np.frombuffer(getattr(packed, name), "<f8").astype(np.float64) for name in ARRAYS
    }
    family = cast("Family", packed.family)
    return HandlingTimes(single=packed.single, family=family, **arrays)
