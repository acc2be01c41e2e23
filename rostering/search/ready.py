"""Compiling the inner loops where this machine does not hold them yet.

It takes most of a minute once. In the searching children it would take the time in which a roster
is wanted, so it is done before their clock starts.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context

from rostering.compiled.folder import can_keep, is_ready
from rostering.search.lifeline import end_with_parent

LOOK_SECONDS = 0.2
"""Between two looks at whether compiling is still wanted."""


def make_ready(cancelled: Callable[[], bool] | None = None) -> None:
    """Compile in a process of its own what is not compiled yet, where that can be kept.

    A process that dies over it is no error: a search compiles what it still misses by itself.

    Args:
        cancelled: asked several times a second; once it says yes compiling ends.
    """
    if is_ready() or not can_keep():
        return
    process = get_context("spawn").Process(target=_compile, daemon=True)
    process.start()
    while process.is_alive():
        process.join(LOOK_SECONDS)
        if cancelled is not None and cancelled():
            process.kill()
    process.join()


def _compile() -> None:
    end_with_parent()
    from rostering.compiled.__main__ import warm_up  # noqa: PLC0415  loads the compiler

    warm_up()
