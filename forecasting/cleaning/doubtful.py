"""Counts of several queues that are hard to believe before an instant, and a history without them.

For those who learn from counts about which nobody has decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from forecasting.calendar import Calendar
from forecasting.cleaning.examine import examine_together
from forecasting.cleaning.finding import Finding
from forecasting.series import History, Series


def doubtful_before(
    history: History, instant: np.datetime64, calendar: Calendar
) -> dict[str, tuple[Finding, ...]]:
    """What is hard to believe in counts that had come by an instant, by queue; gaps left out.

    Args:
        history: Counts of one or more queues.
        instant: UTC; nothing after it is looked at.
        calendar: The room's zone, its events, and its public holidays if they are known.

    Returns:
        The findings of each queue that has any, in order of time, placed in its series.
    """
    past = {queue: part for queue, each in history.items() if (part := each.before(instant))}
    found = {}
    for queue, examined in examine_together(past, calendar).items():
        series = history[queue]
        moved = int((past[queue].start - series.start) // series.step)
        placed = tuple(
            replace(each, first=each.first + moved, after=each.after + moved)
            for each in examined.findings
            if each.kind != "absent"
        )
        if placed:
            found[queue] = placed
    return found


def is_certain(finding: Finding) -> bool:
    """Whether it is an outage or a day counted twice, and no event could look like it."""
    return finding.kind in {"outage", "doubled"} and not finding.may_be_real


def without(history: History, findings: Mapping[str, Sequence[Finding]]) -> History:
    """A history in which the stretches of these findings, by queue, were not observed."""
    return History(
        {queue: _without(series, findings.get(queue, ())) for queue, series in history.items()}
    )


def _without(series: Series, findings: Sequence[Finding]) -> Series:
    kept = np.ones(len(series))
    for each in findings:
        kept[each.first : each.after] = np.nan
    seconds, answered = (
        None if told is None else told * kept for told in (series.handled_seconds, series.answered)
    )
    return replace(
        series, offered=series.offered * kept, handled_seconds=seconds, answered=answered
    )
