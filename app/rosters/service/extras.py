"""Extra work where people are missing: planned in a visible order, given, and kept in a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import Conflict, Unlawful, invalid
from app.people import service as people
from app.preferences import service as preferences
from app.rosters.checks import check_why
from app.rosters.problem.extras import welcome_of, with_extras
from app.rosters.service.desk import Opened, is_being_made, open_roster, opened
from app.rosters.service.editing import apply_edit
from app.rosters.service.making import held_to_change
from app.rosters.service.trying import moves_of, trial_of
from app.rosters.store import extras as store
from app.rosters.store import rosters as rosters_store
from app.rosters.values import UNSAID, DayChange, Edit, Roster, Why
from app.rosters.values.extras import ExtraShift
from app.web.words import count
from rostering.cover_grid import Counting
from rostering.extras import Extra, Ground, Had, in_turn, plan_extras
from rostering.standing import Standing
from rostering.words import hours_words

YEAR = timedelta(days=365)
"""How far back extra work counts in whose turn it is."""

MOST_PLANNED = 20
"""Extra shifts that are proposed at a time: more than a manager can talk through in a day."""


@dataclass(frozen=True)
class ExtraPlan:
    """What extra shifts would mend in a roster; nothing is kept of it.

    Attributes:
        desk: the roster.
        extras: the shifts, the most mending first.
        missing_before, missing_after: person-minutes of cover missing without them and with them.
        given: the extra shifts that the roster has already.
        order: who would be mandated next, as the ledger has it.
    """

    desk: Opened
    extras: tuple[Extra, ...]
    missing_before: int
    missing_after: int
    given: tuple[ExtraShift, ...]
    order: tuple[Had, ...]


def extra_plan(reading: Reading, room_id: UUID, roster_id: UUID) -> ExtraPlan:
    """Who would work what extra shift in a roster: the willing first, then whose turn it is.

    Raises:
        NotFound: when there is no such roster in the room.
        Conflict: while it is being made: what is missing may yet be mended.
    """
    desk = opened(reading, room_id, roster_id)
    if is_being_made(reading, desk.roster):
        raise Conflict("This roster is being made: extra work is proposed once the search ends.")
    given = store.in_force(reading, roster_id)
    had = _had(reading, desk, given)
    problem, roster = desk.problem, desk.roster
    offers = preferences.offers(reading, room_id, roster.first_day, roster.last_day)
    used = _used(reading, room_id, offers, given)
    extras = plan_extras(desk.standing, welcome_of(offers, used, problem), had, MOST_PLANNED)
    cells = [
        (problem.officer_index[each.officer], each.day, problem.shift_index[each.shift])
        for each in extras
    ]
    counting = desk.standing.counting
    return ExtraPlan(
        desk=desk,
        extras=extras,
        missing_before=counting.missing_minutes(desk.standing.choices),
        missing_after=counting.missing_minutes(desk.standing.after(cells).choices),
        given=given,
        order=tuple(in_turn(had["mandated"])),
    )


def give_extras(
    transaction: Transaction,
    room_id: UUID,
    roster_id: UUID,
    version: int,
    wanted: Sequence[tuple[UUID, date]],
    by: UUID,
    why: Why = UNSAID,
) -> tuple[Roster, tuple[ExtraShift, ...]]:
    """Give extra shifts that are planned now, by officer and day; undone as any edit.

    Raises:
        NotFound: when there is no such roster in the room.
        Stale: when it is no longer at that version.
        Conflict: when it may not be changed, or one of them is no longer planned.
        Unlawful: when together they would break a rule.
        InvalidInput: when none is named, or a reason is missing or does not hold.
    """
    if not wanted:
        raise invalid("shifts", "Choose one extra shift or more.")
    found = held_to_change(transaction, room_id, roster_id, version)
    check_why(why, needed=found.state == "published")
    plan = extra_plan(transaction, room_id, roster_id)
    named = {
        (UUID(each.officer), plan.desk.problem.date_of(each.day)): each for each in plan.extras
    }
    if any(cell not in named for cell in wanted):
        raise Conflict("The plan has changed meanwhile: look at it again, then give the shifts.")
    chosen = [named[cell] for cell in wanted]
    new = tuple(_shift(plan, each) for each in chosen)
    desk = open_roster(transaction, found)
    problem = with_extras(desk.problem, new)
    desk = replace(desk, standing=Standing.of(Counting.of(problem), desk.standing.choices))
    changes = [DayChange(each.officer_id, each.day, each.code) for each in new]
    trial = trial_of(desk, moves_of(desk, changes))
    if not trial.effect.is_allowed:
        raise Unlawful(trial.verdict, [breach.words for breach in trial.effect.made])
    trail = rosters_store.edits(transaction, roster_id)
    undone = [each.number for each in trail if each.state == "undone"]
    rosters_store.mark_edits(transaction, roster_id, undone, "dropped")
    number = len(trail) + 1
    note = why.note or f"Extra work: {count(len(new), 'shift')}."
    edit = Edit(number, by, clock.now(), trial.changed, why.reason, note, "done")
    rosters_store.add_edit(transaction, roster_id, edit)
    store.add(transaction, roster_id, number, new)
    return apply_edit(transaction, desk, trial.changed, by, why), new


def _shift(plan: ExtraPlan, extra: Extra) -> ExtraShift:
    return ExtraShift(
        id=new_id(),
        roster_id=plan.desk.roster.id,
        officer_id=UUID(extra.officer),
        day=plan.desk.problem.date_of(extra.day),
        code=extra.shift,
        minutes=extra.minutes,
        ground=extra.ground,
        why=why_words(extra),
    )


def why_words(extra: Extra) -> str:
    """Why an extra shift is this officer's, in a sentence that names nobody else."""
    had = hours_words(extra.had.minutes) if extra.had.minutes else "none"
    week = hours_words(extra.had.weekly_minutes)
    contract = f"for a contract of {week} a week"
    if extra.ground == "welcome":
        return f"Extra work is welcome then; {had} of it in the last year, {contract}."
    return f"It is their turn: {had} mandated in the last year, {contract}."


# --- the ledger ---------------------------------------------------------------------------------


def ledger(reading: Reading, room_id: UUID) -> dict[Ground, tuple[Had, ...]]:
    """What everybody in service has had of extra work in published rosters, for the last year.

    Whoever comes next to be mandated stands first under `mandated`.
    """
    found = _records(reading, room_id, _today(reading, room_id), ())
    return {ground: tuple(in_turn(each)) for ground, each in found.items()}


def own_extras(
    reading: Reading, room_id: UUID, officer_id: UUID
) -> tuple[tuple[ExtraShift, ...], int, int]:
    """An officer's extra shifts in published rosters since a year ago, and whose turn it is.

    Returns:
        the shifts by day, the officer's place in the order of mandating, 0 without one, and how
        many stand in it.
    """
    shifts = store.since(reading, room_id, _today(reading, room_id) - YEAR)
    order = [each.officer for each in ledger(reading, room_id)["mandated"]]
    place = order.index(str(officer_id)) + 1 if str(officer_id) in order else 0
    return tuple(s for s in shifts if s.officer_id == officer_id), place, len(order)


def _today(reading: Reading, room_id: UUID) -> date:
    room = people.room(reading, room_id)
    return room.today()


def _had(reading: Reading, desk: Opened, given: Iterable[ExtraShift]) -> dict[Ground, list[Had]]:
    """What the officers of a roster have had by its first day, its own extra shifts included."""
    own = () if desk.roster.state == "published" else tuple(given)
    found = _records(reading, desk.roster.room_id, desk.roster.first_day, own)
    return {ground: list(records) for ground, records in found.items()}


def _records(
    reading: Reading, room_id: UUID, day: date, more: Iterable[ExtraShift]
) -> dict[Ground, list[Had]]:
    contracts = people.contracts_of(reading, room_id)
    weekly = {
        each.id: sum(
            contract.weekly_minutes
            for contract in contracts.get(each.id, ())
            if contract.from_day <= day and (contract.until_day is None or day < contract.until_day)
        )
        for each in people.everyone(reading, room_id, day)
    }
    shifts = [*store.since(reading, room_id, day - YEAR), *more]
    found: dict[Ground, list[Had]] = {}
    for ground in ("welcome", "mandated"):
        records = {whose: Had(str(whose), minutes) for whose, minutes in weekly.items()}
        for each in shifts:
            if each.ground == ground and each.officer_id in records:
                had = records[each.officer_id]
                records[each.officer_id] = had.with_more(each.minutes, each.day)
        found[ground] = list(records.values())
    return found


def _used(
    reading: Reading,
    room_id: UUID,
    offers: Sequence[preferences.ExtraOffer],
    given: Iterable[ExtraShift],
) -> Mapping[UUID, int]:
    """Minutes that were given of each offer: of the first one that welcomed the day."""
    if not offers:
        return {}
    first = min(offer.details.from_day for offer in offers)
    shifts = {each.id: each for each in (*store.since(reading, room_id, first), *given)}
    used: dict[UUID, int] = {}
    for shift in shifts.values():
        for offer in offers:
            is_theirs = offer.officer_id == shift.officer_id and shift.ground == "welcome"
            if is_theirs and offer.details.kinds_on(shift.day):
                used[offer.id] = used.get(offer.id, 0) + shift.minutes
                break
    return used
