"""What comes of wishes in a roster, in words to the officer that name nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID
from weakref import WeakKeyDictionary

from app.db.transaction import Reading
from app.preferences import service as preferences
from app.rosters.problem import company_of, long_wish_of, preference_of
from app.rosters.service.desk import Opened, opened
from app.web.words import listed
from rostering.problem import Preference, Problem, Tour
from rostering.rules.base import Line
from rostering.rules.long_wishes import lost_of
from rostering.rules.wished_apart import WishedApart
from rostering.rules.wished_with import WishedWith
from rostering.standing import Standing
from rostering.why_not import why_not
from rostering.words import tour_words

NAMED = 3
"""Shifts that a sentence names; of more the number is told."""

_reasons: WeakKeyDictionary[Standing, dict[tuple[int, Preference], str]] = WeakKeyDictionary()
"""Reasons that were worked out, as long as the roster they are about is laid out."""


def outcomes(
    reading: Reading, desk: Opened, whose: Collection[UUID] | None = None
) -> dict[UUID, preferences.Outcome]:
    """What comes of every wish about the roster's days, or of some officers', by wish id."""
    roster = desk.roster
    asked = preferences.wishes(reading, roster.room_id, roster.first_day, roster.days)
    return {
        wish.id: preferences.Outcome(roster.id, met, words)
        for officer, wishes in asked.items()
        if whose is None or officer in whose
        for wish, met, words in _came_of(desk, officer, wishes)
    }


def long_outcomes(
    reading: Reading, desk: Opened, whose: Collection[UUID] | None = None
) -> dict[UUID, preferences.LongOutcome]:
    """What comes of every wish over several days of the roster, or of some officers', by wish id.

    A wish about a colleague comes out differently when either's shifts change, so that what comes
    of those is always told of everybody.
    """
    roster = desk.roster
    asked = preferences.long_wishes(reading, roster.room_id, roster.first_day, roster.days)
    return {
        wish[1].id: preferences.LongOutcome(roster.id, *_lost(desk, officer, wish))
        for officer, wishes in asked.items()
        for wish in wishes
        if whose is None or officer in whose or wish[1].details.ask in preferences.WITH_COLLEAGUE
    }


def _lost(
    desk: Opened, officer: UUID, asked: tuple[preferences.Round, preferences.LongWish]
) -> tuple[int, str]:
    """Points of a wish that a roster loses, and what goes against it in words to the officer."""
    problem, points = desk.problem, asked[1].points
    row = problem.officer_index.get(str(officer))
    if row is None:
        return 0, "You have no shifts in this roster."
    if asked[1].details.ask in preferences.WITH_COLLEAGUE:
        return _lost_of_company(desk, asked)
    wish = long_wish_of(asked, problem)
    if wish is None:
        return 0, "Nothing of it is about this roster."
    person = problem.officers[row]
    lost, against, _ = lost_of(problem, person, desk.standing.line(row), wish)
    if not lost:
        return 0, ""
    if not against:
        return min(lost, points), "Some days in a row are more or fewer than you asked for."
    return min(lost, points), _against_words(problem, against)


def _lost_of_company(
    desk: Opened, asked: tuple[preferences.Round, preferences.LongWish]
) -> tuple[int, str]:
    problem = desk.problem
    if str(asked[1].details.colleague_id) not in problem.officer_index:
        return 0, "Your colleague has no shifts in this roster."
    rules = {"wished_with": WishedWith(), "wished_apart": WishedApart()}
    lines = desk.standing.line

    def line_of(name: str) -> Line:
        return lines(problem.officer_index[name])

    found = [
        breach
        for bond in company_of(asked, problem)
        for breach in rules[bond.kind].check_bond(problem, bond, line_of)
    ]
    lost = min(sum(breach.excess for breach in found), asked[1].points)
    return lost, _against_words(problem, [breach.tours[0] for breach in found]) if lost else ""


def _against_words(problem: Problem, tours: Sequence[Tour]) -> str:
    """Which shifts go against a wish, such as `2 shifts go against it: …`."""
    said = listed(tour_words(problem, tour) for tour in tours[:NAMED])
    more = f" and {len(tours) - NAMED} more" if len(tours) > NAMED else ""
    go = "shift goes" if len(tours) == 1 else "shifts go"
    return f"{len(tours)} {go} against it: {said}{more}."


def think_of_outcomes(reading: Reading, room_id: UUID, roster_id: UUID) -> None:
    """Work the reasons out before a transaction is opened to publish, which then is short.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    outcomes(reading, opened(reading, room_id, roster_id))


def _came_of(
    desk: Opened, officer: UUID, wishes: Collection[preferences.Wish]
) -> Iterator[tuple[preferences.Wish, bool, str]]:
    row = desk.problem.officer_index.get(str(officer))
    for wish in wishes:
        asked = preference_of(wish, desk.problem)
        if row is None:
            yield wish, not wish.wants, "You have no shifts in this roster."
        elif asked is None:
            yield wish, not wish.wants, "There is no such shift in this roster."
        elif desk.standing.meets(row, asked):
            yield wish, True, ""
        else:
            yield wish, False, _reason(desk.standing, row, asked)


def _reason(standing: Standing, row: int, wish: Preference) -> str:
    known = _reasons.setdefault(standing, {})
    if (row, wish) not in known:
        reason = why_not(standing, row, wish)
        known[row, wish] = reason.words if reason else "No shift of this roster could meet it."
    return known[row, wish]
