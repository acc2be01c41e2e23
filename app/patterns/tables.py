"""The tables of patterns."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint, Uuid

from app.db.metadata import metadata

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
