"""What a roster that was made again would change, each officer-day with its reason and price."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.errors import NotFound, invalid
from app.rosters.problem import duty_of
from app.rosters.service.again import standing_days
from app.rosters.service.desk import Opened, open_roster, opened, roster
from app.rosters.service.editing import edit
from app.rosters.service.ground import Judged
from app.rosters.service.notice import judge
from app.rosters.service.trying import Trial, moves_of, trial_of
from app.rosters.values import UNSAID, DayChange, Duty, PublishedChange, Roster
from rostering.changes import Cause, Change, changes
from rostering.problem import REST

Cell = tuple[UUID, date]


@dataclass(frozen=True, slots=True)
class Proposed:
    """An officer-day that would change.

    Attributes:
        officer_id, name: whose.
        day: which.
        before, after: what stands and what would be; None for a rest day.
        cause: why, one of the causes that the library knows.
        words: the reason as a sentence, which may name somebody else.
        judged: notice and what is due; None where the roster that stands is not published.
    """

    officer_id: UUID
    name: str
    day: date
    before: Duty | None
    after: Duty | None
    cause: Cause
    words: str
    judged: Judged | None


@dataclass(frozen=True)
class Proposal:
    """Everything that a roster would change of the one that stands.

    Attributes:
        roster: the roster.
        stands: the one that stands.
        desk: the roster, laid out.
        changed: what it would change, by day and name.
    """

    roster: Roster
    stands: Roster
    desk: Opened
    changed: tuple[Proposed, ...]

    @property
    def lost(self) -> int:
        """How many officer-days could not stay as they were."""
        return sum(each.cause == "lost" for each in self.changed)


def proposal(reading: Reading, room_id: UUID, roster_id: UUID) -> Proposal:
    """What a roster that was made again would change; nothing is changed.

    Raises:
        NotFound: when there is no such roster in the room, or it was not made again from another.
    """
    desk = opened(reading, room_id, roster_id)
    stands = _stands(reading, desk.roster)
    choices, known = standing_days(desk.problem, stands)
    found = changes(desk.standing, choices, known)
    prices: dict[Cell, Judged] = {}
    if stands.roster.state == "published":
        told = [_published(desk, each) for each in found]
        judged = judge(reading, room_id, told, UNSAID)
        prices = {(each.change.officer_id, each.change.day): each for each in judged}
    proposed = [_proposed(desk, each, prices) for each in found]
    proposed.sort(key=lambda each: (each.day, each.name))
    return Proposal(desk.roster, stands.roster, desk, tuple(proposed))


def try_back(reading: Reading, room_id: UUID, roster_id: UUID, cells: Collection[Cell]) -> Trial:
    """What it would make of a roster to put some of its changes back; nothing is changed.

    Raises:
        NotFound: as for the proposal.
        InvalidInput: when an officer-day is not of the roster, or nothing of it would change.
    """
    desk = opened(reading, room_id, roster_id)
    return trial_of(desk, moves_of(desk, _back(reading, desk, cells)))


def put_back(
    transaction: Transaction,
    room_id: UUID,
    roster_id: UUID,
    version: int,
    cells: Collection[Cell],
    by: UUID,
) -> Roster:
    """Put some changes of a draft back to what stands, as an edit that can be undone.

    Raises:
        Unlawful: when that would break a hard rule; else as for an edit.
    """
    desk = open_roster(transaction, roster(transaction, room_id, roster_id))
    back = _back(transaction, desk, cells)
    made, _ = edit(transaction, room_id, roster_id, version, back, by)
    return made


# --- inside -------------------------------------------------------------------------------------


def _stands(reading: Reading, made: Roster) -> Opened:
    """The roster that stands, laid out."""
    if made.again_of is None:
        raise NotFound("This roster was not made again from another one.")
    return opened(reading, made.room_id, made.again_of)


def _back(reading: Reading, desk: Opened, cells: Collection[Cell]) -> Sequence[DayChange]:
    """The changes that put officer-days back to what stands."""
    choices, known = standing_days(desk.problem, _stands(reading, desk.roster))
    problem, found = desk.problem, []
    for officer_id, day in cells:
        row = problem.officer_index.get(str(officer_id))
        column = (day - problem.first_day).days
        if row is None or not 0 <= column < problem.days or not known[row, column]:
            raise invalid("cells", "One of these days does not stand in the other roster.")
        choice = int(choices[row, column])
        code = None if choice == REST else problem.shifts[choice].code
        found.append(DayChange(officer_id, day, code))
    return found


def _duty(desk: Opened, day: int, choice: int) -> Duty | None:
    return None if choice == REST else duty_of(desk.problem.tour(day, choice))


def _published(desk: Opened, change: Change) -> PublishedChange:
    return PublishedChange(
        number=0,
        officer_id=UUID(desk.problem.officers[change.officer].id),
        day=desk.problem.date_of(change.day),
        before=_duty(desk, change.day, change.before),
        after=_duty(desk, change.day, change.after),
    )


def _proposed(desk: Opened, change: Change, prices: dict[Cell, Judged]) -> Proposed:
    person, day = desk.problem.officers[change.officer], desk.problem.date_of(change.day)
    return Proposed(
        officer_id=UUID(person.id),
        name=person.name,
        day=day,
        before=_duty(desk, change.day, change.before),
        after=_duty(desk, change.day, change.after),
        cause=change.cause,
        words=change.words,
        judged=prices.get((UUID(person.id), day)),
    )
