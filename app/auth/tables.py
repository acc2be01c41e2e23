"""The tables of auth.

Forces, control rooms and officers are kept by a slice above this one, so their ids stand here
without foreign keys. Of every secret only a hash is kept.
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
    LargeBinary,
    String,
    Table,
    Uuid,
)

from app.db.metadata import metadata
from app.db.types import Instant

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("force_id", Uuid, nullable=False, comment="whose administrators look after it"),
    Column("kind", String(16), nullable=False),
    Column("sign_in_name", String(100), nullable=False, unique=True, comment="in lower case"),
    Column("name", String(200), nullable=False),
    Column("password_hash", String(200), comment="argon2id; none for systems"),
    Column("officer_id", Uuid),
    Column("active", Boolean, nullable=False),
    Column("created", Instant, nullable=False),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    CheckConstraint("kind IN ('person', 'system')", name="kind"),
    Index(None, "force_id", "sign_in_name"),
    Index(None, "officer_id"),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", ForeignKey(users.c.id), nullable=False),
    Column("role", String(16), nullable=False),
    Column("force_id", Uuid, nullable=False),
    Column("room_id", Uuid, comment="none: the whole force"),
    CheckConstraint("role IN ('officer', 'manager', 'administrator')", name="role"),
    CheckConstraint("role <> 'officer' OR room_id IS NOT NULL", name="officer"),
    CheckConstraint("role <> 'administrator' OR room_id IS NULL", name="administrator"),
    Index(None, "user_id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True, comment="SHA-256 of the cookie's secret"),
    Column("user_id", ForeignKey(users.c.id), nullable=False),
    Column("created", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False, comment="to within some minutes"),
    Column("expires", Instant, nullable=False),
    Index(None, "user_id"),
    Index(None, "expires"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", ForeignKey(users.c.id), nullable=False),
    Column("digest", String(64), nullable=False, unique=True, comment="SHA-256 of the secret"),
    Column("name", String(200), nullable=False),
    Column("created", Instant, nullable=False),
    Column("created_by", Uuid, comment="none: the command line"),
    Column("expires", Instant),
    Column("last_used", Instant, comment="to within some minutes"),
    Column("revoked", Instant),
    Index(None, "user_id"),
)

kept_answers = Table(
    "kept_answers",
    metadata,
    Column("user_id", ForeignKey(users.c.id), primary_key=True),
    Column("key", String(255), primary_key=True, comment="the Idempotency-Key"),
    Column("request", String(64), nullable=False, comment="SHA-256 of what was asked"),
    Column("claim", String(32), nullable=False, comment="who is at work on it"),
    Column("asked", Instant, nullable=False),
    Column("status", Integer, comment="none: still at work"),
    Column("headers", JSON),
    Column("body", LargeBinary),
    Index(None, "asked"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("user_id", Uuid, comment="none: the command line"),
    Column("what", String(200), nullable=False),
    Column("force_id", Uuid),
    Column("room_id", Uuid),
    Column("thing_id", Uuid),
    Index(None, "force_id", "id"),
)
