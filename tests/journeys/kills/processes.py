"""Real processes, started and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[3]

PATIENCE = 300.0
"""Seconds until a test gives up; a busy machine is slow, not wrong."""


def wait_until(
    holds: Callable[[], object],
    what: str,
    *,
    patience: float = PATIENCE,
    of: subprocess.Popen[bytes] | None = None,
) -> None:
    """Wait for something to hold.

    Args:
        holds: asked again and again.
        what: what is waited for, in words.
        patience: seconds.
        of: the process that brings it about; without it nothing is waited for.

    Raises:
        AssertionError: when it never does, saying what was waited for.
    """
    before = time.monotonic() + patience
    while not holds():
        assert of is None or of.poll() is None, f"the process ended before {what}"
        assert time.monotonic() < before, f"waited in vain for {what}"
        time.sleep(0.02)


@contextmanager
def running(
    arguments: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process that is killed at the end, if nothing else has ended it."""
    with log.open("ab") as written:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdout=written,
            stderr=written,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def kill(pid: int) -> None:
    """`kill -9`, of one that may have ended meanwhile."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def children(pid: int) -> list[int]:
    """The living children of a process, without multiprocessing's tracker of resources."""
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, listed.read_text().split())
        except OSError:
            continue  # the thread has ended
    return [child for child in found if is_alive(child) and "resource_tracker" not in said(child)]


def said(pid: int) -> str:
    """The command line of a process; empty when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
