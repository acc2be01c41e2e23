"""The tables of rulebooks: what a force has said, in the order in which it was said.

Rows are only added. What is taken back is a row of its own that names the one it takes back, so
that it stays known who said what, when and why.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Uuid,
)

from app.db.metadata import metadata
from app.db.types import Instant

rule_changes = Table(
    "rule_changes",
    metadata,
    Column("force_id", ForeignKey("forces.id"), primary_key=True),
    Column("book", String(64), primary_key=True, comment="name of a shipped rulebook"),
    Column("rule", String(64), primary_key=True, comment="code; `asked` for what the book asks"),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="1, 2 …"),
    Column("numbers", JSON, nullable=False, comment="by name; null: the book's own again"),
    Column("from_day", Date, comment="first local day on which they hold"),
    Column("withdraws", Integer, comment="number of the row that is taken back"),
    Column("reason", String(500), nullable=False),
    Column("authority", String(500), nullable=False, comment="what lets it be weaker than law"),
    Column("by", Uuid, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("(from_day IS NULL) <> (withdraws IS NULL)", name="either"),
)

book_choices = Table(
    "book_choices",
    metadata,
    Column("room_id", ForeignKey("control_rooms.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="1, 2 …"),
    Column("employment", String(16), nullable=False),
    Column("book", String(64), nullable=False, comment="name of a shipped rulebook"),
    Column("from_day", Date, nullable=False, comment="first local day on which it holds"),
    Column("reason", String(500), nullable=False),
    Column("by", Uuid, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("employment IN ('officer', 'staff')", name="employment"),
)
