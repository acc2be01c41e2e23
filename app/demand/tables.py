"""The tables of demand.

Counts are many and small: they refer to queues and batches by small integers, and keep the
beginning of an interval as minutes since 1970 UTC. They have no foreign keys, since a check of
every row would double the time of a load; a batch is checked as a whole before it is kept, and
neither queues nor batches are ever deleted.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from app.db.metadata import metadata
from app.db.types import Instant

queues = Table(
    "queues",
    metadata,
    Column("number", Integer, primary_key=True, comment="what counts refer to"),
    Column("id", Uuid, nullable=False, unique=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("name", String(100), nullable=False),
    Column("interval_minutes", Integer, comment="held from the first counts on"),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    UniqueConstraint("room_id", "name"),
    CheckConstraint("interval_minutes IN (15, 30, 60)", name="interval_minutes"),
)

batches = Table(
    "batches",
    metadata,
    Column("number", Integer, primary_key=True, comment="what counts refer to"),
    Column("id", Uuid, nullable=False, unique=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("source", String(64), nullable=False, comment="the door it came by"),
    Column("file_name", String(200), nullable=False, comment="may be empty"),
    Column("received_at", Instant, nullable=False),
    Column("by", Uuid, comment="a user, who may be gone by now; NULL for the command line"),
    Column("new", Integer, nullable=False, comment="intervals"),
    Column("revised", Integer, nullable=False, comment="intervals"),
    Column("unchanged", Integer, nullable=False, comment="intervals"),
    Column("first", Integer, nullable=False, comment="minutes since 1970 UTC"),
    Column("last", Integer, nullable=False, comment="beginning of the last interval"),
    Index(None, "room_id", "number"),
)

counts = Table(
    "counts",
    metadata,
    Column("queue", Integer, primary_key=True, autoincrement=False, comment="queues.number"),
    Column("start", Integer, primary_key=True, autoincrement=False, comment="minutes since 1970"),
    Column("offered", Integer, nullable=False),
    Column("answered", Integer),
    Column("abandoned", Integer),
    Column("handled_seconds", Float, comment="of all calls of the interval together"),
    Column("batch", Integer, nullable=False, comment="batches.number: what brought it"),
    Column("answered_in_time", Integer, comment="within the target of the telephony"),
    sqlite_with_rowid=False,
)

former_counts = Table(
    "former_counts",
    metadata,
    Column("queue", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("offered", Integer, nullable=False),
    Column("answered", Integer),
    Column("abandoned", Integer),
    Column("handled_seconds", Float),
    Column("batch", Integer, primary_key=True, autoincrement=False, comment="what brought it"),
    Column("replaced_by", Integer, nullable=False, comment="batches.number"),
    Column("answered_in_time", Integer),
    sqlite_with_rowid=False,
)

categories = Table(
    "call_categories",
    metadata,
    Column("number", Integer, primary_key=True, comment="what counts refer to"),
    Column("id", Uuid, nullable=False, unique=True),
    Column("queue", ForeignKey("queues.number"), nullable=False),
    Column("source", String(100), nullable=False, comment="its name in what comes in"),
    Column("name", String(100), nullable=False, comment="as people call it here"),
    Column("within", Uuid, comment="id of a category that it is counted with"),
    Column("hidden", Boolean, nullable=False, comment="its calls are shown as of no category"),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    UniqueConstraint("queue", "source"),
)

category_counts = Table(
    "category_counts",
    metadata,
    Column("category", Integer, primary_key=True, autoincrement=False, comment="its number"),
    Column("start", Integer, primary_key=True, autoincrement=False, comment="minutes since 1970"),
    Column("offered", Integer, nullable=False),
    Column("batch", Integer, nullable=False, comment="batches.number: what brought it"),
    sqlite_with_rowid=False,
)

former_category_counts = Table(
    "former_category_counts",
    metadata,
    Column("category", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("offered", Integer, nullable=False),
    Column("batch", Integer, primary_key=True, autoincrement=False, comment="what brought it"),
    Column("replaced_by", Integer, nullable=False, comment="batches.number"),
    sqlite_with_rowid=False,
)

mappings = Table(
    "column_mappings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("name", String(100), nullable=False),
    Column("headers", String(64), nullable=False, comment="SHA-256 of the file's headers"),
    Column("document", JSON, nullable=False),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    UniqueConstraint("room_id", "name"),
    Index(None, "room_id", "headers"),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("by", Uuid, nullable=False, comment="the user who may confirm it"),
    Column("file_name", String(200), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("packed", LargeBinary, nullable=False, comment="the file, gzip; kept until confirmed"),
)

count_checks = Table(
    "count_checks",
    metadata,
    Column("queue_id", ForeignKey("queues.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("batch", Integer, nullable=False, comment="batches.number: the newest it saw"),
    Column("open_intervals", Integer, nullable=False),
    Column("observed", Integer, nullable=False, comment="of the open ones; not in an outage"),
    Column("first", Integer, nullable=False, comment="minutes since 1970 UTC"),
    Column("after", Integer, nullable=False, comment="end of the last interval"),
    Column("findings", JSON, nullable=False, comment="written once, always read whole"),
)

count_layers = Table(
    "count_layers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("queue_id", ForeignKey("queues.id"), nullable=False),
    Column("kind", String(16), nullable=False, comment="of the finding that it is about"),
    Column("first", Integer, nullable=False, comment="minutes since 1970 UTC"),
    Column("after", Integer, nullable=False, comment="end of the last interval"),
    Column("words", String(500), nullable=False, comment="the evidence, as it was told"),
    Column("decision", String(16), nullable=False),
    Column("way", String(16), comment="how the counts are corrected"),
    Column("reason", String(500), nullable=False),
    Column("by", Uuid, nullable=False, comment="a user, who may be gone by now"),
    Column("at", Instant, nullable=False),
    Column("offered", LargeBinary, comment="in place of the counts; float64, NaN: not observed"),
    Column("undone_at", Instant),
    Column("undone_by", Uuid),
    CheckConstraint("decision IN ('accept', 'correct', 'exclude')", name="decision"),
    CheckConstraint("(decision = 'correct') = (offered IS NOT NULL)", name="offered"),
    CheckConstraint("after > first", name="span"),
    Index(None, "queue_id"),
)

room_events = Table(
    "room_events",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("kind", String(16), nullable=False, comment="for people; the model does not know it"),
    Column("queues", JSON, nullable=False, comment="ids; none of them: felt in all"),
    Column("document", JSON, nullable=False, comment="as in an events file, read whole"),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Uuid, nullable=False, comment="a user, who may be gone by now"),
    Column("deleted_at", Instant, comment="it can be put back"),
    CheckConstraint("kind IN ('school', 'festive', 'sport', 'festival', 'other')", name="kind"),
    Index(None, "room_id"),
)

Index(
    "uq_room_events_name",
    room_events.c.room_id,
    room_events.c.name,
    unique=True,
    sqlite_where=room_events.c.deleted_at.is_(None),
    postgresql_where=room_events.c.deleted_at.is_(None),
)

room_holidays = Table(
    "room_holidays",
    metadata,
    Column("room_id", ForeignKey("control_rooms.id"), primary_key=True),
    Column("code", String(16), comment="absent: none are taken into account"),
)
