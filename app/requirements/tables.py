"""The tables of requirements.

What a requirement asks is kept as one packed row for each set of queues and the like, for the same
reasons as what a forecast says.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
)

from app.db.metadata import metadata
from app.db.types import Instant

queue_terms = Table(
    "queue_terms",
    metadata,
    Column("queue_id", ForeignKey("queues.id"), primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("given", JSON, nullable=False, comment="what the room gives; the rest is worked out"),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    Column("changed_by", Uuid, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index(None, "room_id"),
)

room_terms = Table(
    "room_terms",
    metadata,
    Column("room_id", ForeignKey("control_rooms.id"), primary_key=True),
    Column("given", JSON, nullable=False, comment="what the room gives; the rest is assumed"),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    Column("changed_by", Uuid, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

requirements = Table(
    "requirements",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("forecast_id", ForeignKey("forecasts.id"), nullable=False),
    Column("made_by", Uuid, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("first_day", Date, nullable=False, comment="local"),
    Column("until_day", Date, nullable=False, comment="local; the first day after"),
    Column("zone", String(64), nullable=False, comment="IANA"),
    Column("start", Instant, nullable=False, comment="of the first interval"),
    Column("interval_minutes", Integer, nullable=False),
    Column("intervals", Integer, nullable=False),
    Column("terms", JSON, nullable=False, comment="every queue's, as they were used"),
    Column("notes", JSON, nullable=False, comment="sentences"),
    Column("room", JSON, comment="the room's terms, as they were used"),
    Column("weeks", JSON, comment="hours to find, by seven days"),
    Column("purpose", String(1000), comment="what for, if not the forecast by the terms in force"),
    Column("adjustments", JSON, comment="ids of those that lay over the forecast"),
    Column("adjusted_at", Instant, comment="when they did; some may be ended since"),
    CheckConstraint("until_day > first_day", name="days"),
    Index(None, "room_id", "id"),
)

requirement_values = Table(
    "requirement_values",
    metadata,
    Column("requirement_id", ForeignKey(requirements.c.id), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("queues", JSON, nullable=False, comment="names, as they were, in order"),
    Column("people", LargeBinary, nullable=False, comment="to roster; little-endian int32"),
    Column("asker", String(16), comment="none: queues, as all once were"),
    Column("skills", JSON, comment="codes; none: those of the queues named"),
)

requirement_loads = Table(
    "requirement_loads",
    metadata,
    Column("requirement_id", ForeignKey(requirements.c.id), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("queue", String(100), nullable=False, comment="its name, as it was"),
    Column("erlangs", LargeBinary, nullable=False, comment="offered; little-endian float32"),
)

requirement_repairs = Table(
    "requirement_repairs",
    metadata,
    Column("requirement_id", ForeignKey(requirements.c.id), primary_key=True, comment="tested"),
    Column("job_id", ForeignKey("jobs.id"), nullable=False, unique=True, comment="tests it"),
    # Chosen when it is asked for, so that what is worked out meanwhile counts as newer.
    Column("result_id", Uuid, nullable=False, unique=True, comment="the requirement it makes"),
)
