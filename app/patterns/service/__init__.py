"""What can be done with patterns. Every verb takes its caller's transaction and never commits.

A pattern that is not in the room that the caller names sounds like one that does not exist.
"""

from __future__ import annotations

from app.patterns.checks import check_day
from app.patterns.service.books import times_until, today
from app.patterns.service.following import (
    followed,
    own_lines,
    preview,
    roll_out,
    roll_outs,
    team_lines,
    withdraw,
)
from app.patterns.service.judging import all_judged, judged
from app.patterns.service.needing import suggested_places
from app.patterns.service.publishing import publications, publish, standing, told, told_to
from app.patterns.service.writing import (
    add_pattern,
    change_pattern,
    drop_pattern,
    own_pattern,
    pattern,
    patterns,
    written,
)
from app.patterns.values import (
    REST,
    BookVerdict,
    Differs,
    Due,
    FollowedDay,
    Judged,
    KnownPattern,
    Line,
    OwnPattern,
    PatternDetails,
    Previewed,
    Publication,
    RollOut,
    Standing,
    Target,
    Told,
    Wanted,
)

__all__ = [
    "REST",
    "BookVerdict",
    "Differs",
    "Due",
    "FollowedDay",
    "Judged",
    "KnownPattern",
    "Line",
    "OwnPattern",
    "PatternDetails",
    "Previewed",
    "Publication",
    "RollOut",
    "Standing",
    "Target",
    "Told",
    "Wanted",
    "add_pattern",
    "all_judged",
    "change_pattern",
    "check_day",
    "drop_pattern",
    "followed",
    "judged",
    "own_lines",
    "own_pattern",
    "pattern",
    "patterns",
    "preview",
    "publications",
    "publish",
    "roll_out",
    "roll_outs",
    "standing",
    "suggested_places",
    "team_lines",
    "times_until",
    "today",
    "told",
    "told_to",
    "withdraw",
    "written",
]
