"""Why a roster does not meet wishes: asked for as a job, kept, and told.

Officers read what stood in the way and what would make it possible; the manager also reads who
would have had to give way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.errors import Conflict, NotFound
from app.jobs import service as jobs
from app.requirements import service as requirements
from app.rosters.problem import late_calls
from app.rosters.service.desk import Opened, is_being_made, opened, roster
from app.rosters.service.outcomes import Came, came_of, record_outcomes, unmet
from app.rosters.store import reasons as store
from app.rosters.values import Roster
from app.rosters.values.reasons import WishReason
from rostering.problem import Preference
from rostering.rules.preferences import wish_words
from rostering.standing import Standing
from rostering.wish_words import days_words, long_wish_words
from rostering.words import day_words

KIND_REASONS = "reasons"
"""The kind of job that works out why wishes are not met."""


@dataclass(frozen=True)
class ReasonsTask:
    """What is to be explained.

    Attributes:
        desk: the roster.
        wishes: the wishes that it does not meet.
        officers: whose they are; None for everybody's.
        late: tells calls late or lost with a roster; None where nothing is known of them.
    """

    desk: Opened
    wishes: tuple[Came, ...]
    officers: tuple[UUID, ...] | None
    late: Callable[[Standing], float] | None


@dataclass(frozen=True)
class Unmet:
    """A wish that is not met, for the manager.

    Attributes:
        name: of the officer.
        asked: what is wished for, in words.
        came: what came of it.
        reason: why; None while it is not known.
        is_old: whether the roster has changed since the reason was found.
    """

    name: str
    asked: str
    came: Came
    reason: WishReason | None
    is_old: bool


@dataclass(frozen=True)
class Reasons:
    """The wishes of a roster.

    Attributes:
        desk: the roster.
        made: how many wishes there are.
        unmet: those that are not met, the ones that lose most first.
        is_busy: whether reasons are being worked out.
    """

    desk: Opened
    made: int
    unmet: tuple[Unmet, ...]
    is_busy: bool


def ask_reasons(
    transaction: Transaction,
    of: Roster,
    asked_by: UUID,
    officers: Collection[UUID] | None = None,
) -> jobs.Job:
    """Have it worked out why wishes of everybody, or of some officers, are not met."""
    whose: list[jobs.JsonValue] | None = None
    if officers is not None:
        whose = [str(each) for each in sorted(officers)]
    return jobs.ask(
        transaction,
        kind=KIND_REASONS,
        room_id=of.room_id,
        asked_by=asked_by,
        arguments={"roster_id": str(of.id), "officers": whose},
    )


def explain(transaction: Transaction, room_id: UUID, roster_id: UUID, asked_by: UUID) -> jobs.Job:
    """Have it worked out why a roster does not meet wishes; once while it is under way.

    Raises:
        NotFound: when there is no such roster in the room.
        Conflict: when it is being made.
    """
    found = roster(transaction, room_id, roster_id)
    if is_being_made(transaction, found):
        raise Conflict("The roster is being made: its wishes can be explained when it is done.")
    busy = _under_way(transaction, found)
    return busy or ask_reasons(transaction, found, asked_by)


def _under_way(reading: Reading, of: Roster) -> jobs.Job | None:
    """The job that explains a roster now."""
    asked = jobs.jobs(reading, of.room_id, KIND_REASONS)
    mine = (job for job in asked if job.arguments["roster_id"] == str(of.id))
    return next((job for job in mine if not job.has_ended), None)


def reasons(reading: Reading, room_id: UUID, roster_id: UUID) -> Reasons:
    """The wishes that a roster does not meet, with what is known of why.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    desk = opened(reading, room_id, roster_id)
    known = store.of_roster(reading, roster_id)
    came = [each for each in came_of(reading, desk) if each.row is not None and each.wish]
    found = []
    for each in came:
        if each.lost and each.row is not None:
            reason = known.get(each.wish_id)
            is_old = reason is not None and reason.version != desk.roster.version
            name = desk.problem.officers[each.row].name
            found.append(Unmet(name, _asked_words(desk, each), each, reason, is_old))
    found.sort(key=lambda unmet: (-unmet.came.lost, unmet.name))
    busy = _under_way(reading, desk.roster) is not None
    return Reasons(desk, len(came), tuple(found), busy)


def _asked_words(desk: Opened, came: Came) -> str:
    """What is wished for, for the manager, such as `a day off on Friday 18 December`."""
    problem, wish = desk.problem, came.wish
    if wish is None:
        return ""
    if isinstance(wish, Preference):
        return f"{wish_words(wish)} on {day_words(problem, wish.day)}"
    if not isinstance(wish, tuple):
        return long_wish_words(problem, wish)
    colleague = problem.officers[problem.officer_index[wish[0].others[0]]].name
    days = {bond.first for bond in wish if bond.first is not None}
    to = "to work with" if wish[0].kind == "wished_with" else "not to work with"
    return f"{to} {colleague} {days_words(problem, days)}"


# --- the job ------------------------------------------------------------------------------------


def reasons_task(reading: Reading, job: jobs.Job) -> ReasonsTask | None:
    """What a job is to explain; None where the roster has gone."""
    roster_id = UUID(str(job.arguments["roster_id"]))
    named = job.arguments["officers"]
    officers = tuple(UUID(str(each)) for each in named) if isinstance(named, list) else None
    try:
        desk = opened(reading, job.room_id, roster_id)
    except NotFound:
        return None
    wishes = tuple(unmet(reading, desk, officers))
    need = requirements.need(reading, job.room_id, desk.roster.requirement_id)

    def late(standing: Standing) -> float:
        found = late_calls(desk.problem, need, standing.on_duty)
        return sum(found.late.values()) if found else 0.0

    is_known = need.calls is not None and bool(wishes)
    return ReasonsTask(desk, wishes, officers, late if is_known else None)


def keep_reasons(transaction: Transaction, task: ReasonsTask, found: Sequence[WishReason]) -> bool:
    """Keep reasons and tell them where the roster is published; False where it has changed."""
    kept = roster(transaction, task.desk.roster.room_id, task.desk.roster.id, hold=True)
    if kept.version != task.desk.roster.version:
        return False
    whose = None if task.officers is None else {*task.officers, *(r.officer_id for r in found)}
    store.replace(transaction, kept.id, whose, found)
    if kept.state == "published":
        record_outcomes(transaction, task.desk, whose)
    return True
