"""How a search for a roster is going, told on the terminal, or line by line where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.text import Text

from rostering.solve import Progress

LINE_EVERY_SECONDS = 10.0
"""Seconds between two lines of one phase where no terminal can redraw one."""


@contextmanager
def told(console: Console) -> Iterator[Callable[[Progress], None]]:
    """Give what `solve` tells its progress to: one line redrawn, or a line for each event."""
    if not console.is_terminal:
        yield LineByLine(console)
        return
    with Live(Text("Preparing …"), console=console, refresh_per_second=4, transient=True) as live:

        def redraw(progress: Progress) -> None:
            live.update(Text(progress_words(progress)))

        yield redraw


class LineByLine:
    """Tells of a new phase, of the first roster, and now and then of a better one."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._phase: str | None = None
        self._objective: int | None = None
        self._told_at = 0.0

    def __call__(self, progress: Progress) -> None:
        """Print a line when there is something new to say."""
        new_phase = progress.phase != self._phase
        first = self._objective is None and progress.objective is not None
        better = progress.objective != self._objective
        waited = progress.seconds - self._told_at >= LINE_EVERY_SECONDS
        if new_phase or first or (better and waited):
            self._phase, self._objective = progress.phase, progress.objective
            self._told_at = progress.seconds
            self._console.print(
                progress_words(progress), markup=False, highlight=False, soft_wrap=True
            )


def progress_words(progress: Progress) -> str:
    """One line: seconds, phase, points, bound, gap, time left, cover missing."""
    parts = [f"{progress.seconds:5.0f} s  {progress.phase}"]
    if progress.objective is not None:
        parts.append(f"{progress.objective:,} points")
        if progress.bound is not None:
            parts.append(f"bound {progress.bound:,.0f}")
            parts.append(f"gap {gap_words(progress.objective, progress.bound)}")
    if progress.missing_minutes is not None:
        parts.append(f"{progress.missing_minutes / 60:,.1f} person-hours missing")
    parts.append(f"{max(progress.seconds_left, 0):.0f} s left")
    return " · ".join(parts)


def gap_words(objective: int, bound: float) -> str:
    """How much of the points might still be saved, such as `3.6 %`."""
    share = (objective - bound) / objective if objective else 0.0
    return f"{100 * max(share, 0):.1f} %"
