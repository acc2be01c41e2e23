"""Whether a decision about a finding can be one, and whether it is about a finding at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.demand.values import Found, Layer, Ruling, Stretch, instant, minute
from app.errors import Conflict, InvalidInput, Place, invalid
from app.web.words import count, number, when_year
from forecasting.series import Series

LONGEST_REASON = 500
MOST_CALLS = 10_000_000
ALIKE = 0.5
"""Share of their time together that a decision and a finding of its kind have in common: what is
found again after an import may begin a little earlier."""


def refuse_ruling(ruling: Ruling, found: Found | Stretch, interval_minutes: int) -> None:
    """Refuse what cannot be decided about a finding or a stretch.

    Args:
        ruling: what is decided.
        found: the finding or the stretch.
        interval_minutes: length of the queue's intervals.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    wrong = []
    reason = ruling.reason.strip()
    if not reason:
        wrong.append(Place("reason", "Say why: others will read it."))
    elif len(reason) > LONGEST_REASON or not reason.isprintable():
        wrong.append(Place("reason", f"Give up to {LONGEST_REASON} printable characters."))
    if ruling.decision == "accept" and found.kind == "named":
        wrong.append(Place("decision", "Nobody doubts these counts: exclude or correct them."))
    if (ruling.decision == "correct") != (ruling.way is not None):
        wrong.append(Place("way", "Say how to correct, and only for a correction."))
    elif ruling.way in {"halve", "move"} and ruling.way not in found.remedies:
        wrong.append(Place("way", "These counts cannot be corrected in that way."))
    if (ruling.way == "total") != (ruling.total is not None):
        wrong.append(Place("total", "Give the calls of the whole stretch, or leave it out."))
    elif ruling.total is not None and not 0 <= ruling.total <= MOST_CALLS:
        wrong.append(Place("total", f"Give 0 to {MOST_CALLS:,} calls."))
    intervals = (found.end - found.start) // timedelta(minutes=interval_minutes)
    if (ruling.way == "values") != (ruling.values is not None):
        wrong.append(Place("values", "Give the calls of each interval, or leave them out."))
    elif ruling.values is not None and len(ruling.values) != intervals:
        words = f"Give {count(intervals, 'figure')}, one for each interval"
        wrong.append(Place("values", f"{words}: {number(len(ruling.values))} came."))
    elif any(each is not None and not 0 <= each <= MOST_CALLS for each in ruling.values or ()):
        wrong.append(Place("values", f"Give 0 to {MOST_CALLS:,} calls in each interval."))
    if wrong:
        raise InvalidInput(wrong)


def refuse_stretch(stretch: Stretch, series: Series, zone: str) -> None:
    """Refuse a stretch that is not one of whole intervals within a queue's counts.

    Raises:
        InvalidInput: naming the end of it that cannot be used.
    """
    first, step = int(series.start.astype(int)), series.interval_minutes
    last = first + step * len(series)
    for name, given in (("start", stretch.start), ("end", stretch.end)):
        if not first <= minute(given) <= last:
            ends = f"{when_year(instant(first), zone)} to {when_year(instant(last), zone)}"
            raise invalid(name, f"Give a time within the queue's counts: {ends}.")
        if (given - instant(first)).total_seconds() % (60 * step):
            raise invalid(name, f"Counts are by intervals of {step} minutes: give a time on one.")
    if stretch.end <= stretch.start:
        raise invalid("end", "Give an end after the start.")


def refuse_overlap(stretch: Stretch, layers: Sequence[Layer]) -> None:
    """Refuse a stretch that shares a part with one that is decided, and neither holds the other.

    A decision within a longer one is clear: the newer holds where both are. One over an edge leaves
    it to chance which of the two was meant beyond it.

    Args:
        stretch: what is named.
        layers: decisions about the queue that hold.

    Raises:
        Conflict: naming the other, or when the same stretch was named before.
    """
    for each in layers:
        if each.kind == "named" and (each.start, each.end) == (stretch.start, stretch.end):
            raise Conflict("Somebody decided about this stretch already: take that back first.")
        apart = stretch.end <= each.start or each.end <= stretch.start
        within = each.start <= stretch.start and stretch.end <= each.end
        around = stretch.start <= each.start and each.end <= stretch.end
        if not (apart or within or around):
            raise Conflict(
                f'Part of this stretch is decided about already ("{each.words.rstrip(".")}"): '
                "take that back first, or name a stretch without it."
            )


def is_decided(found: Found, layers: Sequence[Layer]) -> bool:
    """Whether one of these decisions is about a finding."""
    return any(_covers(each, found) for each in layers)


def _covers(layer: Layer, found: Found) -> bool:
    """Whether a decision is about a finding; one about a named stretch is, where it holds most."""
    shared = min(found.end, layer.end) - max(found.start, layer.start)
    if layer.kind == "named":
        return shared / (found.end - found.start) >= ALIKE
    if layer.kind != found.kind:
        return False
    whole = max(found.end, layer.end) - min(found.start, layer.start)
    return shared / whole >= ALIKE
