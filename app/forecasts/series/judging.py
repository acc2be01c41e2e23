"""Adjustments held against the counts of the intervals in which they acted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import numpy as np

from app.forecasts.series.runs import cut
from app.forecasts.values import AdjustmentScore, Laid
from app.web.words import SPACE, count, number, percent
from forecasting import forecast as engine
from forecasting.adjustments import Days, Verdict, adjusted_mean, judge
from forecasting.calendar import Calendar
from forecasting.series import FloatArray, History

Part = tuple[FloatArray, FloatArray, FloatArray, Days]
"""Calls forecast, adjusted and counted, and the day on which the hours began; one interval each."""

VERDICTS: Mapping[Verdict, str] = {
    "better": "brought the forecast closer",
    "worse": "made it worse",
    "alike": "made no clear difference",
}

BANDS = (-0.25, -0.1, 0.0, 0.1, 0.25)
"""Adjustments between two of these sizes are alike."""


class Judging:
    """Holds adjustments against counts.

    Args:
        said: forecasts, each with the local days for which it is the newest.
        history: counts of the room's queues.
        queue_ids: ids of the queues by name.
    """

    def __init__(
        self,
        said: Sequence[tuple[engine.Forecast, Days]],
        history: History,
        queue_ids: Mapping[str, UUID],
    ) -> None:
        self._said = [
            (each, Calendar(each.zone).local(each.start, each.interval_minutes, each.intervals), on)
            for each, on in said
        ]
        self._history = history
        self._queue_ids = queue_ids

    def score(self, laid: Laid, at: datetime) -> AdjustmentScore | None:
        """How an adjustment did by itself; None where nothing was counted in its hours."""
        by_queue: list[list[Part]] = []
        for queue, queue_id in self._queue_ids.items():
            if laid.queue_id in {None, queue_id} and queue in self._history:
                by_queue.append(list(self._parts(laid, queue)))
        parts = [part for parts in by_queue for part in parts]
        if not parts:
            return None
        before, after, counts, began = (np.concatenate(each) for each in zip(*parts, strict=True))
        sizes = [sum(len(part[0]) for part in parts) for parts in by_queue]
        days = began.astype(np.int64)
        runs = np.repeat(np.arange(len(sizes)), sizes) * (int(days.max(initial=0)) + 1) + days
        judged = judge(before, after, counts, runs)
        if judged is None:
            return None
        return AdjustmentScore(laid.id, at, len(np.unique(days[~np.isnan(counts)])), judged)

    def _parts(self, laid: Laid, queue: str) -> Iterator[Part]:
        series = self._history[queue]
        for whole, local, on in self._said:
            said = whole.by_queue.get(queue)
            if said is None or whole.interval_minutes != series.interval_minutes:
                continue
            share, began = laid.said.reach(whole.times, local)
            acts = np.flatnonzero((share > 0) & np.isin(local.date, on))
            moved = adjusted_mean(said.mean, [laid.said], whole.times, local)
            first = int((whole.start - series.start) // series.step)
            counts = cut(series.offered, first, len(said))
            yield said.mean[acts], moved[acts], counts[acts], began[acts]


def score_words(score: AdjustmentScore) -> str:
    """How an adjustment did, such as `Over 3 days this made it worse: error 19 % …`."""
    judged = score.judged
    begin = f"Over {count(score.days, 'day')} this {VERDICTS[judged.verdict]}"
    if not judged.calls:
        return (
            f"{begin}: no call came, {number(judged.adjusted)} were expected instead of "
            f"{number(judged.untouched)}."
        )
    now, before = (
        percent(error / judged.calls, 0)
        for error in (judged.run_error_adjusted, judged.run_error_untouched)
    )
    return f"{begin}: error {now} instead of {before}."


def band(size: float) -> int:
    """Number of the band of sizes that are alike; `size` as in `AdjustmentScore`."""
    near = round(size, 6)
    return int(np.searchsorted(BANDS, near, side="left" if near > 0 else "right"))


def band_words(which: int) -> str:
    """The sizes of a band, such as `+10 to +25 %`."""
    texts = [f"{'+' if edge > 0 else ''}{number(100 * edge)}" for edge in BANDS]
    if which == 0:
        return f"below {texts[0]}{SPACE}%"
    if which == len(BANDS):
        return f"above {texts[-1]}{SPACE}%"
    return f"{texts[which - 1]} to {texts[which]}{SPACE}%"


def verdicts(scores: Iterable[AdjustmentScore]) -> dict[Verdict, int]:
    """How many scores have each verdict."""
    found = [each.judged.verdict for each in scores]
    return {verdict: found.count(verdict) for verdict in VERDICTS}
