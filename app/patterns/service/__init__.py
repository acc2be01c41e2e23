"""What can be done with patterns. Every verb takes its caller's transaction and never commits.

A pattern that is not in the room that the caller names sounds like one that does not exist.
"""

from __future__ import annotations

from app.patterns.service.judging import judged
from app.patterns.service.writing import (
    add_pattern,
    change_pattern,
    drop_pattern,
    own_pattern,
    pattern,
    patterns,
    written,
)
from app.patterns.values import BookVerdict, Judged, KnownPattern, OwnPattern, PatternDetails

__all__ = [
    "BookVerdict",
    "Judged",
    "KnownPattern",
    "OwnPattern",
    "PatternDetails",
    "add_pattern",
    "change_pattern",
    "drop_pattern",
    "judged",
    "own_pattern",
    "pattern",
    "patterns",
    "written",
]
