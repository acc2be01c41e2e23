"""What a room can run out of, so that people are missing."""

from __future__ import annotations

from typing import Literal

Resource = Literal[
    "skill",
    "people",
    "shifts",
    "leave",
    "fixed",
    "limits",
    "company",
    "elsewhere",
    "rest",
    "weekends",
    "nights",
    "week",
    "hours",
]
"""A skill that nobody holds; people, where more are needed at once than there are; shift templates
that reach a time; people who are not on leave, not fixed to something else, not limited by terms of
their own, not held by others, not on another shift; rest between shifts and over days; weekends,
nights, hours of a week by law, contracted hours."""
