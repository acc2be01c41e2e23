"""The people that a plan asks for, tested by simulation within a part of its time."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import click

from app.requirements.service import RUNS, Asking, mended_notes, tested
from app.web.words import duration
from forecasting.staffing.posts import RoomTerms
from forecasting.staffing.room import RoomRequirement, room_requirement

PART = 6
"""A sixth of the plan's time goes to the test at most: the search needs the rest."""

LEAST_SECONDS = 5.0
"""A test in less time would see little: two queues over a week take two seconds or so."""


@dataclass(frozen=True, eq=False, slots=True)
class Tested:
    """What a plan asks for.

    Attributes:
        need: people to roster, those added by the test included.
        notes: what the test came to, a sentence each.
        seconds: what is left of the plan's time, at least 1.
    """

    need: RoomRequirement
    notes: tuple[str, ...]
    seconds: int


def tested_need(
    queues: Asking, room: RoomTerms, zone: str, seconds: int, *, deterministic: bool
) -> Tested:
    """Test what queues ask by simulation, as far as there is time, and add the people they lack.

    Args:
        queues: what they ask.
        room: what the room asks as a whole.
        zone: its time zone.
        seconds: of the plan, of which the test takes a part.
        deterministic: whether the test is made in full however long it takes, and the search gets
            what is left beside its part.
    """
    most = seconds / PART
    if most < LEAST_SECONDS:
        words = (
            "The people needed were not tested by simulation: that takes --seconds "
            f"{LEAST_SECONDS * PART:.0f} or more."
        )
        return Tested(room_requirement(queues.need, room, zone), (words,), seconds)
    click.echo(f"Testing the people needed by simulation, {duration(most)} at most.")
    begun = monotonic()
    found = tested(queues, room, zone, RUNS, lambda *_: deterministic or monotonic() - begun < most)
    spent = most if deterministic else monotonic() - begun
    left = max(round(seconds - spent), 1)
    return Tested(found.found, tuple(mended_notes(found)), left)
