"""The tables of the ledger, of postings and their entries, of the daily work, and of absence.

No posting is ever changed or taken out: a balance is a sum, and what was wrong is posted again with
the opposite sign. An absence that is taken back stays, marked so. Days are local days of the
control room. Users stand without foreign keys: what they did is kept when they have gone.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
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

ledgers = Table(
    "ledgers",
    metadata,
    Column("room_id", Uuid, ForeignKey("control_rooms.id"), primary_key=True),
    # Whoever posts holds this row, so that numbers are in the order of commits.
    Column("postings", Integer, nullable=False, comment="number of the newest posting"),
    # --- the leave year; none until the room has said when it begins
    Column("year_month", Integer, comment="month in which the leave year begins"),
    Column("year_day", Integer, comment="day of that month"),
    Column("settled", Date, comment="what expired up to this day is written"),
)

ledger_postings = Table(
    "ledger_postings",
    metadata,
    Column("room_id", Uuid, ForeignKey(ledgers.c.room_id), primary_key=True),
    Column("number", Integer, primary_key=True, comment="1, 2 … in order of time"),
    Column("source", String(200), nullable=False, comment="what it comes from"),
    Column("kind", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Uuid, comment="a user; none where the service itself posted"),
    # What was posted is posted once, and taken back once.
    UniqueConstraint("room_id", "source", "kind"),
    CheckConstraint("kind IN ('posted', 'reversed', 'lapsed')", name="kind"),
)

ledger_entries = Table(
    "ledger_entries",
    metadata,
    Column("room_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True, comment="of the posting"),
    Column("place", Integer, primary_key=True, comment="1, 2 … within the posting"),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("account", String(16), nullable=False),
    Column("amount", Integer, nullable=False, comment="minutes; whole days of rest_days"),
    Column("day", Date, nullable=False, comment="that earned or spent it"),
    Column("expires", Date, comment="day from which what is left is lost; none: it is kept"),
    Column("rate", Integer, comment="per cent of plain pay, of pay"),
    Column("words", Text, nullable=False, comment="for people, a sentence"),
    ForeignKeyConstraint(
        ["room_id", "number"], ["ledger_postings.room_id", "ledger_postings.number"]
    ),
    CheckConstraint(
        "account IN ('leave', 'toil', 'rest_days', 'public_holidays', 'pay')", name="account"
    ),
    CheckConstraint("amount <> 0", name="amount"),
    CheckConstraint("expires > day", name="expires"),
    Index(None, "officer_id", "day"),
    Index(None, "room_id", "day"),
)

ledger_days = Table(
    "ledger_days",
    metadata,
    Column("room_id", ForeignKey(ledgers.c.room_id), primary_key=True),
    Column("day", Date, primary_key=True, comment="local day that it was asked for"),
    Column("job_id", ForeignKey("jobs.id"), nullable=False),
    # --- kept together with what is written, so that a day is written once
    Column("at", Instant, comment="none until it is done"),
    Column("lapsed", Integer, nullable=False, comment="entries of what expired"),
    Column("granted", Integer, nullable=False, comment="people granted leave"),
    Column("left_out", Integer, nullable=False, comment="people who wait for an answer"),
)

absences = Table(
    "absences",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False, comment="counted"),
    Column("account", String(16), comment="that leave is taken from; none: not from this ledger"),
    Column("part", Integer, comment="minutes of one day; none: whole days"),
    Column("by", Uuid, nullable=False, comment="a user"),
    Column("at", Instant, nullable=False),
    Column("withdrawn", Instant, comment="none while it holds"),
    Column("withdrawn_by", Uuid, comment="a user"),
    CheckConstraint("kind IN ('leave', 'court', 'training', 'absent')", name="kind"),
    CheckConstraint('"last" >= "first"', name="days"),
    Index(None, "room_id", "first"),
    Index(None, "officer_id", "first"),
)

absence_days = Table(
    "absence_days",
    metadata,
    Column("absence_id", ForeignKey(absences.c.id), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("minutes", Integer, nullable=False, comment="that count towards the contract"),
    Column("recalled", Instant, comment="when they were recalled for it; none: away"),
    Column("recalled_by", Uuid, comment="a user"),
    CheckConstraint("minutes >= 0", name="minutes"),
)
