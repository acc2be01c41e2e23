"""Processes that run until they are told to stop, by Ctrl-C or by whatever started them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def on_stop(act: Callable[[], None]) -> Iterator[None]:
    """Do this when asked to stop; the process itself goes on to the end of the block."""
    wanted = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: act()) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def leave_at_once() -> None:
    """End the process, whose work is done, with status 0.

    Taking the interpreter apart would cost seconds, and would wait for a job that does not let
    itself be stopped: another worker takes that over.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
