"""What callers do besides waiting: they call again, turn to another queue, accept a call back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.errors import InputError


@dataclass(frozen=True, slots=True)
class Redial:
    """Callers who hang up and call the same queue again.

    Attributes:
        share: of those who hang up, ≥ 0 and ≤ 1.
        after_seconds: mean time until they call again, exponential, > 0.

    Raises:
        InputError: a number out of its range.
    """

    share: float
    after_seconds: float = 300.0

    def __post_init__(self) -> None:
        _share(self.share, "who call again")
        _positive(self.after_seconds, "the time until callers call again")


@dataclass(frozen=True, slots=True)
class Turn:
    """Callers who hang up and call another queue at once, such as 999 after waiting on 101.

    Attributes:
        to: name of the queue they call.
        share: of those who hang up and do not redial, ≥ 0 and ≤ 1.

    Raises:
        InputError: a number out of its range.
    """

    to: str
    share: float

    def __post_init__(self) -> None:
        _share(self.share, "who turn to another queue")


@dataclass(frozen=True, slots=True)
class CallBack:
    """Callers are offered a call back; who accepts keeps the place in the queue and cannot hang up.

    Attributes:
        above_seconds: offered while the expected wait is longer than this; 0: whenever a caller
            would have to wait.
        accepted: share of those offered who accept.
        reached: share of accepted call-backs that reach the caller within all attempts.
        attempts: most attempts made, 1 or more.
        attempt_seconds: what an attempt that fails costs a person.

    Humberside's Q-Buster: 12.5 % of 101 callers asked for one and 96.5 % of those succeeded
    (HMICFRS, 2023); Cumbria: three attempts.

    Raises:
        InputError: a number out of its range.
    """

    above_seconds: float
    accepted: float
    reached: float = 0.965
    attempts: int = 3
    attempt_seconds: float = 30.0

    def __post_init__(self) -> None:
        _share(self.accepted, "who accept a call back")
        _share(self.reached, "whom a call back reaches")
        if not 0 <= self.above_seconds < np.inf:
            raise InputError(
                f"the wait above which a call back is offered must be 0 or more seconds, "
                f"not {self.above_seconds:g}."
            )
        if self.attempts < 1 or self.attempts != int(self.attempts):
            raise InputError(f"attempts must be a whole number of 1 or more, not {self.attempts}.")
        _positive(self.attempt_seconds, "the length of an attempt")

    @property
    def attempt_reached(self) -> float:
        """Share of attempts that reach the caller, each like the other."""
        return float(1 - (1 - self.reached) ** (1 / self.attempts))


def _share(value: float, whom: str) -> None:
    if not 0 <= value <= 1:
        raise InputError(f"the share of callers {whom} must be from 0 to 1, not {value:g}.")


def _positive(value: float, what: str) -> None:
    if not 0 < value < np.inf:
        raise InputError(f"{what} must be above 0 seconds, not {value:g}.")
