"""Ctrl-C held back while something must not be torn, or while child processes are at work."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from types import FrameType

TAKEN_SECONDS = 1.0
"""For a pending signal to be noted: another thread may take it, and has then yet to tell."""

HELD = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def held_back() -> Iterator[Callable[[], bool]]:
    """Let signals to stop wait until the end of the block, where they take effect.

    Child processes started inside inherit the blocked mask: a Ctrl-C at the terminal, which
    reaches them too, then leaves it to this process to end them.

    Yields:
        tells whether someone has asked to stop.
    """
    came: list[int] = []
    seen: set[int] = set()

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    resource_tracker.ensure_running()  # started with the first child, it would unblock signals
    handlers = {number: signal.signal(number, note) for number in HELD}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, HELD)

    def asked() -> bool:
        seen.update(signal.sigpending() & {*HELD})
        return bool(came or seen)

    try:
        yield asked
    finally:
        asked()
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        until = time.monotonic() + TAKEN_SECONDS
        while seen and not came and time.monotonic() < until:
            time.sleep(0.001)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])
