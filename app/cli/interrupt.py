"""Ctrl-C held back while something must not be torn, or while child processes are at work."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from types import FrameType

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

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    resource_tracker.ensure_running()  # started with the first child, it would unblock signals
    handlers = {number: signal.signal(number, note) for number in HELD}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, HELD)
    try:
        yield lambda: bool(came or signal.sigpending() & {*HELD})
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])
