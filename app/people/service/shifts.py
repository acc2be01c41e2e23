"""Shifts of officers as published and as worked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.errors import invalid
from app.people.checks import overlaps, refuse, shift_faults
from app.people.service.house import room_mark
from app.people.store import history as store
from app.people.store import officers
from app.people.values import HistoryChange, PastShift, ShiftState, ShiftTimes, Span


def set_history(
    transaction: Transaction,
    room_id: UUID,
    state: ShiftState,
    whose: Collection[UUID],
    span: Span,
    shifts: Sequence[PastShift],
) -> HistoryChange:
    """Let these be the shifts of these officers that start within a span; others stay.

    Only what differs is written, so the same call twice changes nothing.

    Args:
        transaction: the caller's.
        room_id: the control room of the officers.
        state: published or worked.
        whose: the officers; one of them without a shift here has none in the span.
        span: the stretch of time that is told.
        shifts: of these officers, starting within the span.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: when an officer is not of the room, or a shift is not one of these officers
            and this span, ends before it starts, or overlaps another of the same officer.
    """
    if span.end <= span.start:
        raise invalid("end", "Give an instant after start.")
    room_mark(transaction, room_id)
    if strangers := officers.strangers(transaction, room_id, whose):
        raise invalid("whose", f"{len(strangers)} of these officers are not of this control room.")
    refuse(shift_faults(set(whose), span, shifts))
    near = store.shifts(transaction, room_id, state, _reach(span, shifts), whose)
    told = [each for each in near if span.start <= each.start < span.end]
    refuse(overlaps(shifts, [each for each in near if not span.start <= each.start < span.end]))
    gone, new = set(told) - set(shifts), set(shifts) - set(told)
    store.drop_shifts(transaction, state, gone)
    store.add_shifts(transaction, state, [each for each in shifts if each in new])
    return HistoryChange(len(new), len(gone), len(shifts) - len(new))


def history(
    reading: Reading,
    room_id: UUID,
    state: ShiftState,
    span: Span,
    whose: Collection[UUID] | None = None,
) -> tuple[PastShift, ...]:
    """Published or worked shifts that touch a span, by officer and start; of the room or some."""
    return store.shifts(reading, room_id, state, span, whose)


def history_times(
    reading: Reading, room_id: UUID, state: ShiftState, spans: Sequence[Span]
) -> ShiftTimes:
    """When published or worked shifts that start within one of some spans begin and end."""
    return store.times(reading, room_id, state, spans)


def history_reach(reading: Reading, room_id: UUID, state: ShiftState, span: Span) -> Span | None:
    """From the first to the last start of the room's shifts that touch a span, if any do."""
    return store.reach(reading, room_id, state, span)


def history_page(
    reading: Reading,
    room_id: UUID,
    state: ShiftState,
    span: Span,
    after: tuple[UUID, datetime] | None,
    limit: int,
) -> tuple[PastShift, ...]:
    """Some of the shifts that touch a span, from just after an officer's shift on."""
    return store.shifts(reading, room_id, state, span, after=after, limit=limit)


def _reach(span: Span, shifts: Sequence[PastShift]) -> Span:
    """The stretch that the told shifts can overlap: a shift may end after the span does."""
    return Span(span.start, max([span.end, *(each.end for each in shifts)]))
