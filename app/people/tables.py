"""The tables of people.

SQLAlchemy Core, not the ORM: rows leave the store as frozen values, so identity maps and lazy
loads would only hide queries; what a page asks is what is written; and long series read straight
into arrays.

Days are local days of the control room; a `from_day` counts, an `until_day` does not, and one that
is absent means "until further notice". Every table hangs on a force, by itself or through its room.

A list is read by what changed since: `mark` of a force or a room grows with every change of what
hangs on it, and `changed` is the mark at a row's last change. The row that holds the mark is locked
until the change is committed, so marks are in the order of commits and a reader misses none.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from app.db.metadata import metadata
from app.db.types import Instant

forces = Table(
    "forces",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("mark", Integer, nullable=False, default=0, comment="of its rooms and skills"),
)

control_rooms = Table(
    "control_rooms",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("force_id", ForeignKey(forces.c.id), nullable=False),
    Column("name", String(200), nullable=False),
    Column("zone", String(64), nullable=False, comment="IANA time zone"),
    Column("day_start", Integer, nullable=False, comment="minutes after local midnight"),
    Column("notice", String(200), nullable=False, comment="shown on every page; may be empty"),
    Column("as_of", Instant, comment="the room's own present, where its data end in the past"),
    Column("changed", Integer, nullable=False, comment="the force's mark at its last change"),
    Column("mark", Integer, nullable=False, default=0, comment="of its teams and officers"),
    UniqueConstraint("force_id", "name"),
    # What an officer's row refers to, so that force and room cannot disagree.
    UniqueConstraint("force_id", "id"),
    CheckConstraint("day_start BETWEEN 0 AND 1439", name="day_start"),
)

teams = Table(
    "teams",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey(control_rooms.c.id), nullable=False),
    Column("name", String(200), nullable=False),
    Column("changed", Integer, nullable=False, comment="the room's mark at its last change"),
    UniqueConstraint("room_id", "name"),
    UniqueConstraint("room_id", "id"),
)

officers = Table(
    "officers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("force_id", Uuid, nullable=False),
    Column("room_id", Uuid, nullable=False),
    Column("team_id", Uuid),
    Column("number", String(64), nullable=False, comment="warrant or staff number"),
    Column("name", String(200), nullable=False),
    Column("grade", String(64), nullable=False),
    Column("employment", String(16), nullable=False),
    Column("started", Date, nullable=False, comment="first day of service"),
    Column("left", Date, comment="first day no longer in service"),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    Column("changed", Integer, nullable=False, comment="the room's mark at its last change"),
    ForeignKeyConstraint(["force_id", "room_id"], ["control_rooms.force_id", "control_rooms.id"]),
    ForeignKeyConstraint(["room_id", "team_id"], ["teams.room_id", "teams.id"]),
    UniqueConstraint("force_id", "number"),
    CheckConstraint("employment IN ('officer', 'staff')", name="employment"),
    CheckConstraint('"left" > started', name="left"),
    Index(None, "room_id", "name", "id"),
    Index(None, "room_id", "changed", "id"),
    Index(None, "team_id"),
)

skills = Table(
    "skills",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("force_id", ForeignKey(forces.c.id), nullable=False),
    Column("code", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("changed", Integer, nullable=False, comment="the force's mark at its last change"),
    Column("after_months", Integer, comment="of service, which earn it; none: it is given"),
    UniqueConstraint("force_id", "code"),
)

officer_skills = Table(
    "officer_skills",
    metadata,
    Column("officer_id", ForeignKey(officers.c.id), primary_key=True),
    Column("skill_id", ForeignKey(skills.c.id), primary_key=True),
    Column("from_day", Date, primary_key=True),
    Column("until_day", Date),
    CheckConstraint("until_day > from_day", name="days"),
    Index(None, "skill_id"),
)

contracts = Table(
    "contracts",
    metadata,
    Column("officer_id", ForeignKey(officers.c.id), primary_key=True),
    Column("from_day", Date, primary_key=True),
    Column("until_day", Date),
    Column("weekly_minutes", Integer, nullable=False, comment="contracted, a week on average"),
    CheckConstraint("until_day > from_day", name="days"),
    CheckConstraint("weekly_minutes BETWEEN 0 AND 10080", name="weekly_minutes"),
)

officer_terms = Table(
    "officer_terms",
    metadata,
    Column("officer_id", ForeignKey(officers.c.id), primary_key=True),
    Column("what", String(16), primary_key=True, comment="what cannot be done, never why"),
    Column("weekdays", String(32), primary_key=True, comment="such as Mon Tue; empty: every day"),
    Column("value", String(64), primary_key=True, comment="in the form of its kind"),
    Column("from_day", Date, primary_key=True),
    Column("until_day", Date),
    CheckConstraint("until_day > from_day", name="days"),
)

past_shifts = Table(
    "past_shifts",
    metadata,
    Column("officer_id", ForeignKey(officers.c.id), primary_key=True),
    Column("state", String(16), primary_key=True),
    Column("start", Instant, primary_key=True),
    Column("end", Instant, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("code", String(64), nullable=False),
    CheckConstraint("state IN ('published', 'worked')", name="state"),
    CheckConstraint('"end" > start', name="span"),
)

outside_ids = Table(
    "outside_ids",
    metadata,
    Column("force_id", ForeignKey(forces.c.id), primary_key=True),
    Column("system", String(64), primary_key=True),
    Column("thing", String(16), primary_key=True),
    Column("outside_id", String(200), primary_key=True),
    # No foreign key: queues are kept by a slice above this one.
    Column("our_id", Uuid, nullable=False),
    CheckConstraint("thing IN ('officer', 'queue', 'team')", name="thing"),
    Index(None, "force_id", "thing", "our_id"),
)

people_imports = Table(
    "people_imports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey(control_rooms.c.id), nullable=False),
    # No foreign key: whoever is signed in is another slice's, and the record outlives the account.
    Column("asked_by", Uuid),
    Column("asked_at", Instant, nullable=False),
    Column("files", JSON, nullable=False, comment="text by name; empty once applied"),
    Column("counts", JSON, nullable=False, comment="what was done, by kind; empty until applied"),
    Column("applied_at", Instant),
    Index(None, "room_id", "asked_at"),
)
