"""Where people are missing from a roster, what binds there, and what would help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from app.db.transaction import Reading, Transaction
from app.errors import Conflict
from app.jobs import service as jobs
from app.rosters.service.answers import LaidOut, laid_out
from app.rosters.service.desk import is_being_made, opened, roster
from app.rosters.store import rosters as store
from app.rosters.values import Roster
from app.web.views.shortfall import Stretch
from rostering.problem import Problem
from rostering.shortages.room import Cause, MoreHours, RoomShortage
from rostering.shortages.stretch import Shortage, shortage
from rostering.shortages.words import remedy_words, room_words, shortage_words
from rostering.standing import Standing

SHORTAGE_KIND = "shortage"
"""The kind of job that finds out what binds in the room."""

RECENT = 50
"""Jobs among which the one of a roster is looked for: the newest of their kind."""

_whys: WeakKeyDictionary[Standing, dict[tuple[int, int], WhyShort | None]] = WeakKeyDictionary()
"""What was found out of stretches, as long as the roster they are about is laid out."""


@dataclass(frozen=True, slots=True)
class WhyShort:
    """Why people are missing in a stretch.

    Attributes:
        found: where everybody is, and what binds.
        words: the same in sentences.
        remedy: what would help, as a sentence; it names people.
    """

    found: Shortage
    words: str
    remedy: str


@dataclass(frozen=True)
class Shortages:
    """Where people are missing from a roster.

    Attributes:
        laid: the roster.
        missing_minutes: person-minutes missing in the room.
        room: what binds in the room; None where it was not worked out, or could not be.
        words: the same in sentences; none before it was worked out.
        stretches: the hardest stretches, each with what binds there.
        others: how many more stretches there are.
        job: the newest job that works out what binds in the room; None where there was none.
    """

    laid: LaidOut
    missing_minutes: int
    room: RoomShortage | None
    words: tuple[str, ...]
    stretches: tuple[tuple[Stretch, WhyShort], ...]
    others: int
    job: jobs.Job | None


def shortages(reading: Reading, room_id: UUID, roster_id: UUID, limit: int = 8) -> Shortages:
    """Where people are missing, the hardest stretches first.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    laid = laid_out(reading, room_id, roster_id)
    desk, standing = laid.opened, laid.opened.standing
    missing = standing.counting.missing_minutes(standing.choices)
    room = None if desk.roster.short is None else _read(desk.roster.short)
    stretches = laid.cover.stretches if laid.cover else ()
    told = [(each, why_short(standing, each.start, each.end)) for each in stretches[:limit]]
    return Shortages(
        laid,
        missing,
        room,
        () if desk.roster.short is None else room_words(desk.problem, missing, room),
        tuple((stretch, why) for stretch, why in told if why is not None),
        max(len(stretches) - limit, 0),
        shortage_job(reading, room_id, roster_id),
    )


def why_short(standing: Standing, start: int, end: int) -> WhyShort | None:
    """Why people are missing between two instants; None where nobody is missing."""
    known = _whys.setdefault(standing, {})
    if (start, end) not in known:
        found = shortage(standing, start, end)
        problem = standing.problem
        known[start, end] = None if found is None else WhyShort(
            found, shortage_words(problem, found), remedy_words(problem, found)
        )  # fmt: skip
    return known[start, end]


# --- what binds in the room ---------------------------------------------------------------------


def ask_why_short(
    transaction: Transaction, room_id: UUID, roster_id: UUID, asked_by: UUID | None
) -> jobs.Job:
    """Have it worked out what binds in the room; a job that is at it already is given back.

    Raises:
        NotFound: when there is no such roster in the room.
        Conflict: when the roster is being made, breaks a rule, or nobody is missing from it.
    """
    found = roster(transaction, room_id, roster_id)
    if asked_by is not None:
        _check_can_ask(transaction, found)
    job = shortage_job(transaction, room_id, roster_id)
    if job is not None and not job.has_ended:
        return job
    return jobs.ask(
        transaction,
        kind=SHORTAGE_KIND,
        room_id=room_id,
        asked_by=asked_by,
        arguments={"roster_id": str(roster_id)},
    )


def _check_can_ask(reading: Reading, found: Roster) -> None:
    if is_being_made(reading, found):
        raise Conflict("This roster is being made: wait for the search, or stop it.")
    standing = opened(reading, found.room_id, found.id).standing
    if standing.hard:
        raise Conflict("This roster breaks rules: mend those first.")
    if not standing.counting.missing_minutes(standing.choices):
        raise Conflict("Nobody is missing from this roster.")


def shortage_job(reading: Reading, room_id: UUID, roster_id: UUID) -> jobs.Job | None:
    """The newest job that works out what binds for a roster."""
    recent = jobs.jobs(reading, room_id, SHORTAGE_KIND, RECENT)
    return next((job for job in recent if job.arguments["roster_id"] == str(roster_id)), None)


def problem_short(reading: Reading, room_id: UUID, job: jobs.Job) -> tuple[UUID, Problem] | None:
    """The roster that a job is about and its problem; None where it was worked out before.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    desk = opened(reading, room_id, UUID(str(job.arguments["roster_id"])))
    short = desk.roster.short
    if short is not None and short["job_id"] == str(job.id):
        return None
    return desk.roster.id, desk.problem


def keep_shortage(
    transaction: Transaction, job: jobs.Job, roster_id: UUID, found: RoomShortage | None
) -> None:
    """Keep what binds in the room; None where it could not be worked out."""
    document = {"job_id": str(job.id), "found": None if found is None else asdict(found)}
    store.note(transaction, job.room_id, roster_id, short=document)


def _read(document: Mapping[str, Any]) -> RoomShortage | None:
    found = document["found"]
    if found is None:
        return None
    return RoomShortage(
        forced=found["forced"],
        causes=tuple(Cause(tuple(each["resources"]), each["minutes"]) for each in found["causes"]),
        unheld=tuple(found["unheld"]),
        more_hours=tuple(MoreHours(**each) for each in found["more_hours"]),
        is_whole=found["is_whole"],
    )
