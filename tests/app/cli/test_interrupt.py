"""Signals to stop that are held back."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from app.cli.interrupt import held_back


@pytest.mark.usefixtures("interruptible")
def test_a_signal_that_another_thread_takes_late_still_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It was seen pending: the end of the block waits until it is told, and lets it act there."""
    monkeypatch.setattr(signal, "sigpending", lambda: {signal.SIGINT})
    after = []

    def stopped() -> None:
        with held_back() as asked:
            assert asked()
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
        after.append("went on")

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert after == []


def test_nobody_asks() -> None:
    """Without a signal the block ends at once."""
    with held_back() as asked:
        assert not asked()
