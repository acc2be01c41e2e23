"""What callers do is checked when it is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from forecasting.errors import InputError
from forecasting.staffing.callers import CallBack, Redial, Turn


def test_attempts_together_reach_whom_a_call_back_reaches() -> None:
    """Three attempts, each like the other, miss a caller as often as all of them together."""
    call_back = CallBack(60, 0.125, reached=0.965, attempts=3)
    assert (1 - call_back.attempt_reached) ** 3 == pytest.approx(0.035)


@pytest.mark.parametrize(
    "made",
    [
        lambda: Redial(1.1),
        lambda: Redial(0.5, 0),
        lambda: Turn("999", -0.1),
        lambda: CallBack(-1, 0.5),
        lambda: CallBack(60, 1.5),
        lambda: CallBack(60, 0.5, reached=2),
        lambda: CallBack(60, 0.5, attempts=0),
        lambda: CallBack(60, 0.5, attempt_seconds=0),
    ],
)
def test_a_number_out_of_its_range_is_refused(made: Callable[[], object]) -> None:
    """No share above 1, no time below 0."""
    with pytest.raises(InputError):
        made()
