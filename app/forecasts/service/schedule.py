"""The schedule by which a room is forecast every week, without anybody asking.

A run is due at a local hour of a weekday in the room's zone, also over clock changes: an hour that
the clocks leave out is run an hour later by the wall clock, one that comes twice is run once.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app import clock
from app.db.transaction import Reading, Transaction
from app.demand import service as demand
from app.errors import Conflict, InvalidInput, NotFound
from app.forecasts import checks
from app.forecasts.service.asking import ask
from app.forecasts.service.reading import forecast
from app.forecasts.store import schedules as store
from app.forecasts.values import Forecast, Schedule, Wanted, WantedSchedule
from app.jobs import service as jobs
from app.people import service as people

NOTHING_NEW = "No counts came since the last forecast, so none was made."


def set_schedule(
    transaction: Transaction, room_id: UUID, by: UUID, wanted: WantedSchedule
) -> Schedule:
    """Let a room be forecast every week from now on; a schedule that it has is replaced.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: naming every field that cannot be used.
    """
    room = people.room(transaction, room_id)
    checks.refuse_schedule(wanted, _present_day(room), room.zone)
    now = clock.now()
    known = Schedule(room_id, wanted, by, now, handled=now)
    store.put(transaction, known)
    return known


def stop_schedule(transaction: Transaction, room_id: UUID) -> None:
    """Let a room no longer be forecast by itself; what was forecast stays.

    Raises:
        NotFound: when it was not.
    """
    if not store.remove(transaction, room_id):
        raise NotFound("This control room has no schedule for forecasts.")


def schedule(reading: Reading, room_id: UUID) -> Schedule | None:
    """The schedule of a room; None where it is not forecast by itself."""
    return store.schedule(reading, room_id)


def next_run(known: Schedule, zone: str) -> datetime:
    """When the next run is due: the first of its hours in a zone that is not seen to."""
    return _first_after(known.wanted, zone, known.handled)


def schedules_due(reading: Reading) -> tuple[UUID, ...]:
    """Rooms whose schedule has a run due."""
    now, known = clock.now(), store.schedules(reading)
    rooms = people.rooms_of(reading, [each.room_id for each in known])
    return tuple(each.room_id for each in known if next_run(each, rooms[each.room_id].zone) <= now)


def run_due(transaction: Transaction, room_id: UUID) -> Forecast | None:
    """Ask for the forecast that is due in a room; of several that were missed, for one.

    Whoever comes second finds nothing to do. A run that cannot be asked for is not tried again
    before the next: why is kept with the schedule.

    Returns:
        What was asked for; None where nothing was.
    """
    known = store.schedule(transaction, room_id)
    if known is None:
        return None
    room, now = people.room(transaction, room_id), clock.now()
    due = _last_due(known, room.zone, now)
    if due is None or not store.claim(transaction, known, due, now):
        return None
    batch = demand.newest_batch(transaction, room_id)
    if known.seen_batch == batch and not _was_lost(transaction, known):
        kept = known.last_forecast_id
        store.set_outcome(transaction, room_id, kept, NOTHING_NEW, batch)
        return None
    wanted = _wanted(known.wanted, _present_day(room))
    try:
        asked, _ = ask(transaction, room_id, known.set_by, wanted, scheduled=True)
    except (Conflict, InvalidInput) as error:
        store.set_outcome(transaction, room_id, None, _why(error), None)
        return None
    store.set_outcome(transaction, room_id, asked.id, "", batch)
    return asked


def _was_lost(reading: Reading, known: Schedule) -> bool:
    """Whether the last run came to no forecast."""
    if known.last_forecast_id is None:
        return True
    last = forecast(reading, known.room_id, known.last_forecast_id)
    if last.made is not None:
        return False
    return jobs.job(reading, known.room_id, last.job_id).state in {"failed", "cancelled"}


def _why(error: Conflict | InvalidInput) -> str:
    if isinstance(error, InvalidInput):
        return " ".join(place.words for place in error.places)
    return error.detail


def _wanted(wanted: WantedSchedule, first_day: date) -> Wanted:
    """What a run asks for."""
    return Wanted(first_day, 7 * wanted.weeks, wanted.model, wanted.holidays)


def _present_day(room: people.Room) -> date:
    return room.today()


def _last_due(known: Schedule, zone: str, now: datetime) -> datetime | None:
    """The last run that is due and not seen to; None where none is."""
    due, following = None, next_run(known, zone)
    while following <= now:
        due, following = following, _first_after(known.wanted, zone, following)
    return due


def _first_after(wanted: WantedSchedule, zone: str, instant: datetime) -> datetime:
    """The first of a schedule's hours after an instant, in UTC."""
    day = instant.astimezone(ZoneInfo(zone)).date()
    day += timedelta(days=(wanted.weekday - day.weekday()) % 7)
    while True:
        local = datetime.combine(day, time(wanted.hour), ZoneInfo(zone))
        found = local.astimezone(UTC)
        if found > instant:
            return found
        day += timedelta(days=7)
