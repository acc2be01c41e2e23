"""Changing a roster by hand: the effect before the act, the act, and its undoing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.errors import Conflict, Unlawful
from app.rosters.checks import check_why
from app.rosters.problem import duty_of
from app.rosters.service.authorising import allow
from app.rosters.service.desk import Opened, open_roster, opened
from app.rosters.service.making import held_to_change, written
from app.rosters.service.pinning import pins_after
from app.rosters.service.publishing import change_published
from app.rosters.service.trying import Trial, move_of, moves_of, priced, trial_of
from app.rosters.store import authorised
from app.rosters.store import rosters as store
from app.rosters.values import (
    UNSAID,
    AuthorisedBreach,
    Authority,
    DayChange,
    DayChanged,
    Edit,
    Roster,
    RosterShift,
    Why,
)
from rostering.problem import REST
from rostering.standing import Standing


def edit(
    transaction: Transaction,
    room_id: UUID,
    roster_id: UUID,
    version: int,
    changes: Sequence[DayChange],
    by: UUID,
    why: Why = UNSAID,
    authority: Authority | None = None,
) -> tuple[Roster, Trial]:
    """Change a roster by hand; a published one is published again as a change.

    With an authority what newly breaks is kept as authorised.

    Raises:
        NotFound: when there is no such roster in the room.
        Stale: when it is no longer at that version.
        Conflict: when it is put aside, replaced on one of the days, or being made.
        Unlawful: when a hard rule would newly break that is not, or cannot be, authorised.
        InvalidInput: naming every change that cannot be made, or what is wrong with the reason.
    """
    found = held_to_change(transaction, room_id, roster_id, version)
    check_why(why, needed=found.state == "published")
    desk = open_roster(transaction, found)
    moves = moves_of(desk, changes)
    trial = trial_of(desk, moves)
    trail = store.edits(transaction, roster_id)
    number = len(trail) + 1
    breaches: tuple[AuthorisedBreach, ...] = ()
    if authority is not None and not trial.effect.is_allowed:
        desk, breaches = allow(desk, trial, authority, number, by)
        trial = trial_of(desk, moves)
    if not trial.effect.is_allowed:
        raise Unlawful(trial.verdict, [breach.words for breach in trial.effect.made])
    trial = priced(transaction, trial, why)
    undone = [each.number for each in trail if each.state == "undone"]
    store.mark_edits(transaction, roster_id, undone, "dropped")
    new = Edit(number, by, clock.now(), trial.changed, why.reason, why.note, "done")
    store.add_edit(transaction, roster_id, new)
    if breaches:
        authorised.add(transaction, roster_id, breaches)
    return apply_edit(transaction, desk, trial.changed, by, why), trial


def undo(
    transaction: Transaction,
    room_id: UUID,
    roster_id: UUID,
    version: int,
    by: UUID,
    why: Why = UNSAID,
) -> Roster:
    """Take the last edit back that holds; the roster is as it was before it.

    Raises:
        Conflict: when nothing can be undone, or a day was pinned since; else as for an edit, but
            that no rule is asked.
    """
    return _travel(transaction, room_id, roster_id, version, by, why, back=True)


def redo(
    transaction: Transaction,
    room_id: UUID,
    roster_id: UUID,
    version: int,
    by: UUID,
    why: Why = UNSAID,
) -> Roster:
    """Make the edit again that was undone last; errors as for undoing."""
    return _travel(transaction, room_id, roster_id, version, by, why, back=False)


def _travel(
    transaction: Transaction,
    room_id: UUID,
    roster_id: UUID,
    version: int,
    by: UUID,
    why: Why,
    *,
    back: bool,
) -> Roster:
    found = held_to_change(transaction, room_id, roster_id, version)
    trail = store.edits(transaction, roster_id)
    step = _last_done(trail) if back else _first_undone(trail)
    if step is None:
        raise Conflict(f"There is nothing to {'undo' if back else 'redo'}.")
    check_why(why, needed=found.state == "published" and bool(step.changes))
    changed = tuple(
        DayChanged(it.officer_id, it.day, it.after, it.before) if back else it
        for it in step.changes
    )
    desk = open_roster(transaction, found)
    pins = pins_after(desk, step, back=back)
    kept = pins if back else {(pin.officer_id, pin.day) for pin in desk.pins}
    if any((each.officer_id, each.day) in kept for each in changed):
        raise Conflict("One of these days was pinned since: unpin it first.")
    store.mark_edits(transaction, roster_id, [step.number], "undone" if back else "done")
    if step.pins:
        store.set_pins(transaction, roster_id, pins.values())
    if not changed:
        return written(transaction, found)
    return apply_edit(transaction, desk, changed, by, why)


def _last_done(trail: Iterable[Edit]) -> Edit | None:
    return max((e for e in trail if e.state == "done"), key=lambda e: e.number, default=None)


def _first_undone(trail: Iterable[Edit]) -> Edit | None:
    return min((e for e in trail if e.state == "undone"), key=lambda e: e.number, default=None)


def edits(reading: Reading, room_id: UUID, roster_id: UUID) -> tuple[Edit, ...]:
    """The trail of a roster, in order of time.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    return store.edits(reading, opened(reading, room_id, roster_id).roster.id)


# --- inside -------------------------------------------------------------------------------------


def apply_edit(
    transaction: Transaction,
    desk: Opened,
    changed: tuple[DayChanged, ...],
    by: UUID,
    why: Why,
) -> Roster:
    """Write what officer-days of a roster that is held have become; publish it where that is."""
    problem = desk.problem
    moves = [move_of(desk, each.officer_id, each.day, each.after) for each in changed]
    after = desk.standing.after(moves)
    shifts = [
        RosterShift(each.officer_id, each.day, duty_of(problem.tour(column, choice)))
        for each, (_, column, choice) in zip(changed, moves, strict=True)
        if choice != REST
    ]
    cells = [(each.officer_id, each.day) for each in changed]
    store.replace_shifts(transaction, desk.roster.id, cells, shifts)
    roster = written(transaction, desk.roster, **figures(after))
    if roster.state == "published":
        change_published(transaction, roster, after, cells, by, why)
    return roster


def figures(standing: Standing) -> dict[str, int | None]:
    """The figures of a roster that change with its shifts."""
    return {
        "objective": None if standing.hard else standing.objective,
        "missing_minutes": standing.counting.missing_minutes(standing.choices),
    }
