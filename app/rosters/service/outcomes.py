"""What comes of wishes in a roster, in words to the officer that name nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.preferences import service as preferences
from app.rosters.problem import company_of, long_wish_of, preference_of
from app.rosters.service.desk import Opened
from app.rosters.store import reasons as store
from app.rosters.values.reasons import WishReason
from app.web.words import listed
from rostering.problem import Problem, Tour
from rostering.reasons.wanted import COMPANY, Company, Wish
from rostering.rules.base import Line
from rostering.rules.long_wishes import lost_of
from rostering.words import tour_words

NAMED = 3
"""Shifts that a sentence names; of more the number is told."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a wish.

    Attributes:
        officer_id, wish_id: whose and which.
        points: of the wish.
        lost: how many of them are not met.
        row: index of the officer; None where the officer is not in the roster.
        wish: the wish as the roster was made with it; None where it asks nothing of the roster.
        against: what goes against it, as a sentence; may be empty.
        is_long: whether it is about several days.
    """

    officer_id: UUID
    wish_id: UUID
    points: int
    lost: int
    row: int | None
    wish: Wish | None
    against: str
    is_long: bool


def came_of(
    reading: Reading, desk: Opened, whose: Collection[UUID] | None = None
) -> Iterator[Came]:
    """What comes of every wish about the roster's days, or of some officers'.

    A wish about a colleague comes out differently when either's shifts change, so that what comes
    of those is always told of everybody.
    """
    roster = desk.roster
    asked = preferences.wishes(reading, roster.room_id, roster.first_day, roster.days)
    for officer, wishes in asked.items():
        if whose is None or officer in whose:
            yield from (_came(desk, officer, wish) for wish in wishes)
    long = preferences.long_wishes(reading, roster.room_id, roster.first_day, roster.days)
    for officer, longer in long.items():
        for each in longer:
            is_shared = each[1].details.ask in preferences.WITH_COLLEAGUE
            if whose is None or officer in whose or is_shared:
                yield _long_came(desk, officer, each)


def unmet(reading: Reading, desk: Opened, whose: Collection[UUID] | None = None) -> Iterator[Came]:
    """Wishes that the roster does not wholly meet and that it was made with."""
    for each in came_of(reading, desk, whose):
        if each.lost and each.row is not None and each.wish is not None:
            yield each


def record_outcomes(
    transaction: Transaction, desk: Opened, whose: Collection[UUID] | None = None
) -> None:
    """Tell officers what came of their wishes, with the reasons that are known by now."""
    roster = desk.roster
    known = store.of_roster(transaction, roster.id)
    came = list(came_of(transaction, desk, whose))
    said = {
        each.wish_id: " ".join(filter(None, (each.against, _reason(known, each, roster.version))))
        for each in came
    }
    preferences.record_outcomes(
        transaction,
        roster.room_id,
        {
            each.wish_id: preferences.Outcome(roster.id, not each.lost, said[each.wish_id])
            for each in came
            if not each.is_long
        },
    )
    preferences.record_long_outcomes(
        transaction,
        roster.room_id,
        {
            each.wish_id: preferences.LongOutcome(roster.id, each.lost, said[each.wish_id])
            for each in came
            if each.is_long
        },
    )


def _reason(known: dict[UUID, WishReason], came: Came, version: int) -> str:
    """The reason why a wish is not met; "" where it is, or none is known of this roster."""
    found = known.get(came.wish_id)
    return found.words if found and came.lost and found.version == version else ""


def _came(desk: Opened, officer: UUID, wish: preferences.Wish) -> Came:
    row = desk.problem.officer_index.get(str(officer))
    asked = preference_of(wish, desk.problem)
    if row is None or asked is None:
        against = (
            "You have no shifts in this roster."
            if row is None
            else "There is no such shift in this roster."
        )
        lost = wish.points if wish.wants else 0
    else:
        against, lost = "", 0 if desk.standing.meets(row, asked) else wish.points
    return Came(officer, wish.id, wish.points, lost, row, asked, against, is_long=False)


def _long_came(
    desk: Opened, officer: UUID, asked: tuple[preferences.Round, preferences.LongWish]
) -> Came:
    """What came of a wish over several days, and what goes against it in words to the officer."""
    problem, kept = desk.problem, asked[1]
    row = problem.officer_index.get(str(officer))
    wish: Wish | None = None
    lost, against = 0, ""
    if row is None:
        against = "You have no shifts in this roster."
    elif kept.details.ask in preferences.WITH_COLLEAGUE:
        if str(kept.details.colleague_id) in problem.officer_index:
            wish = tuple(company_of(asked, problem)) or None
            lost, against = _lost_of_company(desk, wish or ())
        else:
            against = "Your colleague has no shifts in this roster."
    elif (wish := long_wish_of(asked, problem)) is None:
        against = "Nothing of it is about this roster."
    else:
        lost, tours, _ = lost_of(problem, problem.officers[row], desk.standing.line(row), wish)
        if lost and not tours:
            against = "Some days in a row are more or fewer than you asked for."
        elif lost:
            against = _against_words(problem, tours)
    lost = min(lost, kept.points)
    return Came(officer, kept.id, kept.points, lost, row, wish, against, is_long=True)


def _lost_of_company(desk: Opened, company: Company) -> tuple[int, str]:
    problem, lines = desk.problem, desk.standing.line

    def line_of(name: str) -> Line:
        return lines(problem.officer_index[name])

    found = [
        breach
        for bond in company
        for breach in COMPANY[bond.kind].check_bond(problem, bond, line_of)
    ]
    lost = sum(breach.excess for breach in found)
    return lost, _against_words(problem, [breach.tours[0] for breach in found]) if lost else ""


def _against_words(problem: Problem, tours: Sequence[Tour]) -> str:
    """Which shifts go against a wish, such as `2 shifts go against it: …`."""
    said = listed(tour_words(problem, tour) for tour in tours[:NAMED])
    more = f" and {len(tours) - NAMED} more" if len(tours) > NAMED else ""
    go = "shift goes" if len(tours) == 1 else "shifts go"
    return f"{len(tours)} {go} against it: {said}{more}."
