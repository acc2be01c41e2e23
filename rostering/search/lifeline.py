"""A child process that ends with the one that started it, whatever it is computing."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess

PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): the signal to get when the thread that started this process has ended."""


def end_with_parent() -> None:
    """End this process when the one that started it is gone, be it by `kill -9`.

    On Linux by the kernel, which compiled code cannot keep waiting; elsewhere by a thread. The
    thread that starts the child must live as long as the child is wanted.
    """
    parent = parent_process()
    if parent is None:
        return
    threading.Thread(target=_outlive, args=(parent,), daemon=True).start()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if not parent.is_alive():  # it went before the kernel was asked
            os._exit(1)


def _outlive(parent: BaseProcess) -> None:
    """Wait for the parent's end, and follow it."""
    parent.join()
    os._exit(1)
