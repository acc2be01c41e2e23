"""Pots: the callers of one queue sorted by priority, all answered by the same people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from forecasting.errors import InputError, quoted

SHARES_MARGIN = 1e-6
"""How far the shares of a queue's pots may miss 1 by rounding."""


@dataclass(frozen=True, slots=True)
class Pot:
    """A kind of caller of a queue, answered before every later pot and after every earlier one.

    Suffolk lists its 101 calls in 14 such pots (HMICFRS, 2023).

    Attributes:
        name: its name.
        share: of the queue's calls, above 0 and at most 1.
        aht_seconds: average handling time, > 0; None: the queue's.
        goal_share: least share answered in time; None: the queue's. The queue's own goal is for
            all its pots together.
        within_seconds: what "in time" means, on the clock of the queue's own time; None: the
            queue's.

    Raises:
        InputError: a number out of its range. The goal is checked with the queue's terms.
    """

    name: str
    share: float
    aht_seconds: float | None = None
    goal_share: float | None = None
    within_seconds: float | None = None

    def __post_init__(self) -> None:
        if not self.name:
            raise InputError("a pot has no name.")
        if not 0 < self.share <= 1:
            raise InputError(
                f"the share of pot {quoted(self.name)} must be above 0 and at most 1, "
                f"not {self.share:g}."
            )
        if self.aht_seconds is not None and not 0 < self.aht_seconds < np.inf:
            raise InputError(
                f"the handling time of pot {quoted(self.name)} must be above 0, "
                f"not {self.aht_seconds:g}."
            )


def check_pots(pots: Sequence[Pot]) -> None:
    """Refuse pots of one queue that do not make up its calls.

    Raises:
        InputError: a name twice, or shares that do not add up to 1.
    """
    names = sorted(pot.name for pot in pots)
    twice = [name for name, after in pairwise(names) if name == after]
    if twice:
        raise InputError(f"pot {quoted(twice[0])} is given twice.")
    total = sum(pot.share for pot in pots)
    if pots and abs(total - 1) > SHARES_MARGIN:
        raise InputError(f"the shares of the pots must add up to 1, not {total:g}.")
