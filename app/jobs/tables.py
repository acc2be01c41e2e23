"""The tables of jobs: what was asked for and what became of it, and the workers that are alive.

DBOS, which hands jobs to workers, keeps its own tables elsewhere; these are what the service
answers from, and all that is needed to hand every open job over again.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
)

from app.db.metadata import metadata
from app.db.types import Instant

jobs = Table(
    "jobs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(64), nullable=False),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column(
        "asked_by",
        Uuid,
        comment="a user; kept when the user has gone; none where the service asked by itself",
    ),
    Column("asked_at", Instant, nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("progress", JSON, nullable=False),
    Column("words", Text, nullable=False),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    Column("cancel_asked_at", Instant),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    # The number of a start tells a run that was taken over from the one that took over.
    Column("starts", Integer, nullable=False, comment="how often it was begun"),
    Column("errors", Integer, nullable=False, comment="how often it ended unexpectedly"),
    CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state"),
    Index(None, "room_id", "id"),
    Index(None, "state"),
)

job_workers = Table(
    "job_workers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("host", String(255), nullable=False),
    Column("started_at", Instant, nullable=False),
    # A number that grows, not a time: clocks of two machines need not agree.
    Column("beat", Integer, nullable=False, comment="grows while the worker is alive"),
    Column("left", Boolean, nullable=False, comment="it has stopped; its jobs are free to take"),
)
