"""Whether a decision about a finding can be one, and whether it is about a finding at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.demand.values import Found, Layer, Ruling
from app.errors import InvalidInput, Place

LONGEST_REASON = 500
MOST_CALLS = 10_000_000
ALIKE = 0.5
"""Share of their time together that a decision and a finding of its kind have in common: what is
found again after an import may begin a little earlier."""


def refuse_ruling(ruling: Ruling, found: Found, interval_minutes: int) -> None:
    """Refuse what cannot be decided about a finding.

    Args:
        ruling: what is decided.
        found: the finding.
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
        words = f"Give {intervals} values, one for each interval; none for not observed."
        wrong.append(Place("values", words))
    elif any(each is not None and not 0 <= each <= MOST_CALLS for each in ruling.values or ()):
        wrong.append(Place("values", f"Give 0 to {MOST_CALLS:,} calls in each interval."))
    if wrong:
        raise InvalidInput(wrong)


def is_decided(found: Found, layers: Sequence[Layer]) -> bool:
    """Whether one of these decisions is about a finding."""
    return any(each.kind == found.kind and _alike(found, each) for each in layers)


def _alike(found: Found, layer: Layer) -> bool:
    shared = min(found.end, layer.end) - max(found.start, layer.start)
    whole = max(found.end, layer.end) - min(found.start, layer.start)
    return shared / whole >= ALIKE
