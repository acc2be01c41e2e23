"""The tables of patterns: those that a room writes, who follows one, and what was told of it.

What is followed is written out with its roll-out: to change a pattern changes nobody's line. Days
are local days of the control room; `first_day` counts, `until_day` does not, and without one a
pattern is followed until further notice. Users stand without foreign keys: what they did is kept
when they have gone.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from app.db.metadata import metadata
from app.db.types import Instant

patterns = Table(
    "patterns",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    Column("title", String(200), nullable=False),
    Column("line", Text, nullable=False, comment="its days, such as 2E 2L 2N 4R"),
    Column("times", Text, nullable=False, comment="its tours, such as N 22:00-07:00"),
    UniqueConstraint("room_id", "title"),
)

roll_outs = Table(
    "roll_outs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("act_id", Uuid, nullable=False, comment="the same for all that were applied together"),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("team_id", ForeignKey("teams.id")),
    Column("officer_id", ForeignKey("officers.id")),
    Column("title", String(200), nullable=False),
    Column("line", Text, nullable=False),
    Column("times", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("until_day", Date),
    Column("place", Integer, nullable=False, comment="day of the pattern on first_day, from 0"),
    Column("at", Instant, nullable=False),
    Column("by", Uuid, nullable=False, comment="a user"),
    Column("withdrawn_at", Instant),
    Column("withdrawn_by", Uuid, comment="a user"),
    CheckConstraint("(team_id IS NULL) <> (officer_id IS NULL)", name="whose"),
    CheckConstraint("until_day > first_day", name="days"),
    CheckConstraint("place >= 0", name="place"),
    Index(None, "room_id", "act_id"),
)

rest_day_publications = Table(
    "rest_day_publications",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Uuid, nullable=False, comment="a user"),
    CheckConstraint("last_day >= first_day", name="days"),
    Index(None, "room_id"),
)

published_lines = Table(
    "published_lines",
    metadata,
    Column("publication_id", ForeignKey(rest_day_publications.c.id), primary_key=True),
    Column("officer_id", ForeignKey("officers.id"), primary_key=True),
    Column("days", Text, nullable=False, comment="a letter a day; - where nothing was told"),
    Index(None, "officer_id"),
)
