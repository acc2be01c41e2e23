"""Whether a decision about a finding can be one, and whether it is about a finding at all."""

from __future__ import annotations

from collections.abc import Sequence

from app.demand.values import Found, Layer, Ruling
from app.errors import InvalidInput, Place

LONGEST_REASON = 500
MOST_CALLS = 10_000_000
ALIKE = 0.5
"""Share of their time together that a decision and a finding of its kind have in common: what is
found again after an import may begin a little earlier."""


def refuse_ruling(ruling: Ruling, found: Found) -> None:
    """Refuse what cannot be decided about a finding.

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
    if wrong:
        raise InvalidInput(wrong)


def is_decided(found: Found, layers: Sequence[Layer]) -> bool:
    """Whether one of these decisions is about a finding."""
    return any(each.kind == found.kind and _alike(found, each) for each in layers)


def _alike(found: Found, layer: Layer) -> bool:
    shared = min(found.end, layer.end) - max(found.start, layer.start)
    whole = max(found.end, layer.end) - min(found.start, layer.start)
    return shared / whole >= ALIKE
