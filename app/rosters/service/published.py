"""What is in force: for officers, for the room and for other systems."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from app.db.transaction import Reading
from app.people import service as people
from app.rosters.service.making import crew
from app.rosters.store import publications as store
from app.rosters.values import ChangePosition, Publication, PublishedChange

LARGEST_PAGE = 1000
"""Changes a page: a tenth of what publishing a large room changes."""


def published(reading: Reading, room_id: UUID, span: people.Span) -> tuple[people.PastShift, ...]:
    """What is in force in a room over a span, by officer and start."""
    return people.history(reading, room_id, "published", span)


def published_page(
    reading: Reading,
    room_id: UUID,
    span: people.Span,
    after: tuple[UUID, datetime] | None,
    limit: int,
) -> tuple[people.PastShift, ...]:
    """Some of the same, from just after an officer's shift on."""
    return people.history_page(reading, room_id, "published", span, after, limit)


def own_shifts(
    reading: Reading, room_id: UUID, officer_id: UUID, span: people.Span
) -> tuple[people.PastShift, ...]:
    """An officer's published shifts over a span, by start."""
    return people.history(reading, room_id, "published", span, [officer_id])


def own_changes(
    reading: Reading, room_id: UUID, officer_id: UUID, first_day: date, last_day: date
) -> tuple[tuple[PublishedChange, Publication], ...]:
    """What publications changed for an officer on some days, with why, the newest first."""
    known = {each.number: each for each in store.room_publications(reading, room_id)}
    found = store.officer_changes(reading, room_id, officer_id, first_day, last_day)
    return tuple((each, known[each.number]) for each in found)


def publications(reading: Reading, room_id: UUID) -> tuple[Publication, ...]:
    """When and why rosters came into force in a room, in order of time."""
    return store.room_publications(reading, room_id)


def changes(
    reading: Reading, room_id: UUID, after: ChangePosition | None = None, limit: int = 100
) -> tuple[PublishedChange, ...]:
    """What publications changed, first changed first, from just after a position on."""
    return store.changes(reading, room_id, after, max(1, min(limit, LARGEST_PAGE)))


def csv_text(reading: Reading, room_id: UUID, span: people.Span) -> str:
    """`officer,start,end,skills` as the `roster.csv` of a plan: UTC, officers by number."""
    room = people.room(reading, room_id)
    staff, zone = crew(reading, room), ZoneInfo(room.zone)
    known = {officer.id: officer for officer in staff.officers}
    rows = (
        (officer.details.number, _utc(shift.start), _utc(shift.end), "+".join(sorted(skills)))
        for shift in published(reading, room_id, span)
        for officer in [known[shift.officer_id]]
        for skills in [staff.skills_on(officer, [shift.start.astimezone(zone).date()])]
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("officer", "start", "end", "skills"))
    writer.writerows(rows)
    return out.getvalue()


def _utc(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
