"""Rounds of bids: opened for a draft, bid in by officers, awarded, and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import Conflict, InvalidInput, NotFound, Place, invalid
from app.patterns import service as patterns
from app.people import service as people
from app.rosters.problem import day_of
from app.rosters.service.desk import Opened, open_roster
from app.rosters.service.editing import apply_edit
from app.rosters.service.making import held_to_change, written
from app.rosters.service.trying import moves_of, trial_of
from app.rosters.store import bids as store
from app.rosters.store import rosters as rosters_store
from app.rosters.values import UNSAID, DayChange, DayChanged, Edit, Pin, Roster
from app.rosters.values.bids import BidLot, BidRound, BidRoundDetails, OfficerBid
from app.web.words import day_words
from rostering.bids import Bid, Bidder, Lot, Outcome, award, open_shifts
from rostering.patterns.pattern import place_on
from rostering.problem import MINUTES_A_DAY, REST, Problem
from rostering.words import clock_words

MOST_LOTS = 60
"""Of a round: more than anybody reads on a phone."""

MOST_BID_POINTS = 1_000

MOST_LINES = 12
"""Of a pattern: as many as people can tell apart."""


@dataclass(frozen=True)
class Awarded:
    """What came of a round: it and its bids with their outcomes."""

    round: BidRound
    bids: tuple[OfficerBid, ...]


def open_bids(
    transaction: Transaction, room_id: UUID, roster_id: UUID, version: int, details: BidRoundDetails
) -> BidRound:
    """Let officers bid for the open shifts of a draft, or for the lines of a pattern.

    Raises:
        NotFound: when there is no such roster or pattern in the room.
        Stale: when the roster is no longer at that version.
        Conflict: when it is no draft, has a round that is not awarded, or nothing is open.
        InvalidInput: naming every field that cannot be used.
    """
    found = _draft(transaction, room_id, roster_id, version)
    now = people.room(transaction, room_id).now()
    if any(each.state != "awarded" for each in store.of_roster(transaction, roster_id, now)):
        raise Conflict("Bids are already asked for in this roster: award them or end them first.")
    if faults := tuple(_faults(details, now)):
        raise InvalidInput(faults)
    desk = open_roster(transaction, found)
    if details.kind == "shifts":
        lots = tuple(_shift_lots(desk))
    else:
        lots = tuple(_line_lots(transaction, room_id, desk, details.pattern))
    if not lots:
        raise Conflict("No shift is open in this roster: nobody is missing for two hours or more.")
    new = BidRound(new_id(), room_id, roster_id, details, lots, None, None, "open")
    store.add(transaction, new)
    return new


def _draft(transaction: Transaction, room_id: UUID, roster_id: UUID, version: int) -> Roster:
    found = held_to_change(transaction, room_id, roster_id, version)
    if found.state != "draft":
        raise Conflict("The roster is published: bids are for drafts.")
    return found


def _faults(details: BidRoundDetails, now: datetime) -> Iterator[Place]:
    if not 1 <= details.points <= MOST_BID_POINTS:
        yield Place("points", f"Give 1 to {MOST_BID_POINTS} points.")
    if details.closes <= now:
        yield Place("closes", "Give a time to come.")
    if details.kind == "lines" and not details.pattern:
        yield Place("pattern", "Choose a pattern.")


def _shift_lots(desk: Opened) -> Iterator[BidLot]:
    problem = desk.problem
    for day, shift, places in open_shifts(desk.standing, MOST_LOTS):
        said, on = problem.shifts[shift], problem.date_of(day)
        end = clock_words((said.start + said.minutes) % MINUTES_A_DAY)
        title = f"{day_words(on)}, {clock_words(said.start)} to {end}"
        yield BidLot(new_id(), title, places, ((on, said.code),))


def _line_lots(reading: Reading, room_id: UUID, desk: Opened, key: str) -> Iterator[BidLot]:
    """A lot for each line of a pattern, with places for everybody in all of them together."""
    pattern, problem = patterns.pattern(reading, room_id, key).pattern, desk.problem
    offsets = list(pattern.offsets(problem.weekday(0)))[:MOST_LINES]
    places = -(-len(problem.officers) // len(offsets))
    for number, offset in enumerate(offsets, start=1):
        days = [problem.date_of(day) for day in range(problem.days)]
        tours = [pattern.tours[place_on(pattern, problem.first_day, offset, on)] for on in days]
        codes = [_like(problem, tour.kind, tour.start) if tour else None for tour in tours]
        letters = "".join(tour.kind[0].upper() if tour else "–" for tour in tours[:14])
        title = f"{pattern.title[:150]}, line {number}: {letters[:7]} {letters[7:]}".strip()
        yield BidLot(new_id(), title, places, tuple(zip(days, codes, strict=True)))


def _like(problem: Problem, kind: str, start: int) -> str:
    """The shift of the roster that is of a kind and starts nearest to a time."""
    same = [shift for shift in problem.shifts if shift.kind == kind and not shift.skills]
    if not same:
        raise invalid("pattern", f"The roster has no {kind} shift that everybody can work.")
    return min(same, key=lambda shift: abs(shift.start - start)).code


# --- bids ---------------------------------------------------------------------------------------


def place_bids(
    transaction: Transaction,
    room_id: UUID,
    officer_id: UUID,
    round_id: UUID,
    points: Mapping[UUID, int],
) -> tuple[OfficerBid, ...]:
    """Let the bids of an officer be these, by lot; what was bid before is forgotten.

    Raises:
        NotFound: when the room has no such round, or it no such lot.
        Conflict: when the round has closed.
        InvalidInput: when the points are more than the budget, or below one.
    """
    people.officer(transaction, room_id, officer_id)
    found = bid_round(transaction, room_id, round_id, hold=True)
    if found.state != "open":
        raise Conflict("Bids have closed: they can no longer change.")
    if points.keys() - {lot.id for lot in found.lots}:
        raise NotFound("There is no such lot in this round.")
    if any(each < 1 for each in points.values()):
        raise invalid("points", "Give one point or more, or nothing.")
    if (spent := sum(points.values())) > found.details.points:
        raise invalid("points", f"{spent} points are placed; {found.details.points} can be.")
    new = tuple(OfficerBid(round_id, officer_id, lot, each) for lot, each in points.items())
    store.replace(transaction, round_id, officer_id, new)
    return new


def bid_round(reading: Reading, room_id: UUID, round_id: UUID, *, hold: bool = False) -> BidRound:
    """A round of bids of a room; `hold` keeps other writers out until the transaction ends.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    now = people.room(reading, room_id).now()
    found = store.the_round(reading, room_id, round_id, now, hold=hold)
    if found is None:
        raise NotFound("There is no such round of bids in this control room.")
    return found


def bid_rounds(
    reading: Reading, room_id: UUID, roster_id: UUID | None = None
) -> tuple[BidRound, ...]:
    """The rounds of bids of a room, or of one of its rosters, the newest first."""
    found = store.of_room(reading, room_id, people.room(reading, room_id).now())
    return tuple(each for each in found if roster_id in {None, each.roster_id})


def bids_in(
    reading: Reading, round_id: UUID, officer_id: UUID | None = None
) -> tuple[OfficerBid, ...]:
    """The bids of a round, of one officer or of all."""
    return store.bids_of(reading, round_id, officer_id)


def end_bids(transaction: Transaction, room_id: UUID, round_id: UUID) -> None:
    """Forget a round that has not been awarded, with its bids.

    Raises:
        NotFound: when there is no such round in the room.
        Conflict: when it has been awarded.
    """
    found = bid_round(transaction, room_id, round_id, hold=True)
    if found.state == "awarded":
        raise Conflict("Its lots are awarded: take that back first.")
    store.drop(transaction, round_id)


# --- awards -------------------------------------------------------------------------------------


def would_award(reading: Reading, desk: Opened, found: BidRound) -> tuple[OfficerBid, ...]:
    """What would come of the bids of a round now; nothing is kept of it."""
    problem = desk.problem
    lots = [
        Lot(
            str(lot.id),
            lot.places,
            tuple(
                (day_of(problem, day), REST if code is None else problem.shift_index[code])
                for day, code in lot.cells
            ),
        )
        for lot in found.lots
    ]
    given = store.bids_of(reading, found.id)
    asked = [Bid(str(bid.officer_id), str(bid.lot_id), bid.points) for bid in given]
    bidders = tuple(_bidders(reading, found.room_id))
    outcomes = award(desk.standing, lots, asked, bidders, found.details.method)
    came = {(each.bid.officer, each.bid.lot): each for each in outcomes}
    return tuple(_told(bid, came.get((str(bid.officer_id), str(bid.lot_id)))) for bid in given)


def _told(bid: OfficerBid, came: Outcome | None) -> OfficerBid:
    head = (bid.round_id, bid.officer_id, bid.lot_id, bid.points)
    if came is None:
        return OfficerBid(*head, won=False, words="You have no shifts in this roster.")
    return OfficerBid(*head, won=came.won, first=came.first, words=came.words)


def _bidders(reading: Reading, room_id: UUID) -> Iterator[Bidder]:
    zone = ZoneInfo(people.room(reading, room_id).zone)
    firsts = store.first_choices(reading, room_id)
    for each in people.everyone(reading, room_id):
        got = firsts.get(each.id)
        day = got.astimezone(zone).date() if got else None
        yield Bidder(str(each.id), each.details.started, day)


def award_bids(
    transaction: Transaction, room_id: UUID, round_id: UUID, version: int, by: UUID
) -> Awarded:
    """Award the lots of a round that has closed: they become shifts of the draft, and are pinned.

    Raises:
        NotFound: when there is no such round in the room.
        Stale: when the roster is no longer at that version.
        Conflict: when it has not closed or is awarded, the roster is no draft, or nobody wins.
    """
    found = bid_round(transaction, room_id, round_id, hold=True)
    if found.state != "closed":
        raise Conflict("Bids are still taken." if found.state == "open" else "It is awarded.")
    roster = _draft(transaction, room_id, found.roster_id, version)
    desk = open_roster(transaction, roster)
    came = would_award(transaction, desk, found)
    lots = {lot.id: lot for lot in found.lots}
    cells = [
        DayChange(bid.officer_id, day, code)
        for bid in came
        if bid.won
        for day, code in lots[bid.lot_id].cells
    ]
    if not cells:
        raise Conflict("No bid can be met, so nothing is awarded.")
    number = None
    if moving := [each for each in cells if _code(desk, each) != each.code]:
        changed = trial_of(desk, moves_of(desk, moving)).changed
        number = _edit(transaction, desk, changed, by, "Bids awarded.")
    else:
        written(transaction, roster)  # its pins change all the same
    pins = {(pin.officer_id, pin.day): pin for pin in desk.pins}
    pins |= {(it.officer_id, it.day): Pin(it.officer_id, it.day, it.code) for it in cells}
    rosters_store.set_pins(transaction, roster.id, pins.values())
    store.replace(transaction, round_id, None, came)
    store.mark_awarded(transaction, round_id, clock.now(), number)
    return Awarded(bid_round(transaction, room_id, round_id), came)


def _code(desk: Opened, cell: DayChange | DayChanged) -> str | None:
    """Code of the shift that an officer-day is now; None on a rest day."""
    row = desk.problem.officer_index[str(cell.officer_id)]
    shift = desk.standing.shift(row, day_of(desk.problem, cell.day))
    return shift.code if shift else None


def _edit(
    transaction: Transaction, desk: Opened, changed: tuple[DayChanged, ...], by: UUID, note: str
) -> int:
    trail = rosters_store.edits(transaction, desk.roster.id)
    undone = [each.number for each in trail if each.state == "undone"]
    rosters_store.mark_edits(transaction, desk.roster.id, undone, "dropped")
    number = len(trail) + 1
    edit = Edit(number, by, clock.now(), changed, None, note, "done")
    rosters_store.add_edit(transaction, desk.roster.id, edit)
    apply_edit(transaction, desk, changed, by, UNSAID)
    return number


def take_awards_back(
    transaction: Transaction, room_id: UUID, round_id: UUID, version: int, by: UUID
) -> BidRound:
    """Let the lots of a round not be awarded: days that are still as awarded are as before it.

    Raises:
        NotFound: when there is no such round in the room.
        Stale: when the roster is no longer at that version.
        Conflict: when it has not been awarded, or the roster is published.
    """
    found = bid_round(transaction, room_id, round_id, hold=True)
    if found.state != "awarded":
        raise Conflict("It is not awarded.")
    roster = _draft(transaction, room_id, found.roster_id, version)
    desk = open_roster(transaction, roster)
    came = store.bids_of(transaction, round_id)
    lots = {lot.id: lot for lot in found.lots}
    freed = {(b.officer_id, day) for b in came if b.won for day, _ in lots[b.lot_id].cells}
    kept = [pin for pin in desk.pins if (pin.officer_id, pin.day) not in freed]
    rosters_store.set_pins(transaction, roster.id, kept)
    trail = {each.number: each for each in rosters_store.edits(transaction, roster.id)}
    awarded = trail[found.edit_number].changes if found.edit_number in trail else ()
    if back := tuple(_back(desk, awarded)):
        _edit(transaction, desk, back, by, "Bids taken back.")
    else:
        written(transaction, roster)  # its pins change all the same
    cleared = [OfficerBid(b.round_id, b.officer_id, b.lot_id, b.points) for b in came]
    store.replace(transaction, round_id, None, cleared)
    store.mark_awarded(transaction, round_id, None, None)
    return bid_round(transaction, room_id, round_id)


def _back(desk: Opened, awarded: Iterable[DayChanged]) -> Iterator[DayChanged]:
    for each in awarded:
        if _code(desk, each) == each.after:
            yield DayChanged(each.officer_id, each.day, each.after, each.before)
