"""The tables of preferences.

Days are local days of the control room. The roster that decided a wish is kept by a slice above,
so its id stands without a foreign key.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
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

wish_rounds = Table(
    "wish_rounds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    Column("first_day", Date, nullable=False),
    Column("days", Integer, nullable=False),
    Column("closes", Instant, nullable=False),
    Column("points", Integer, nullable=False, comment="what each officer may place"),
    Column("answers", Date, comment="day by which officers are told"),
    Column("answered_at", Instant, comment="when outcomes were last recorded"),
    UniqueConstraint("room_id", "first_day"),
    CheckConstraint("days > 0", name="days"),
    CheckConstraint("points > 0", name="points"),
)

wishes = Table(
    "wishes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("round_id", ForeignKey(wish_rounds.c.id), nullable=False),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    Column("day", Date, nullable=False),
    Column("wants", Boolean, nullable=False, comment="to be given it; else to be spared it"),
    Column("points", Integer, nullable=False),
    Column("kinds", JSON, nullable=False, comment="kinds of shift; an empty list means any"),
    Column("shifts", JSON, nullable=False, comment="codes of templates; an empty list means any"),
    Column("roster_id", Uuid, comment="the published roster that decided it"),
    Column("met", Boolean),
    Column("words", Text, comment="why, for the officer"),
    UniqueConstraint("round_id", "officer_id", "day"),
    CheckConstraint("points > 0", name="points"),
    Index(None, "officer_id"),
)

long_wishes = Table(
    "long_wishes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("round_id", ForeignKey(wish_rounds.c.id), nullable=False),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    Column("ask", String(16), nullable=False),
    Column("points", Integer, nullable=False),
    Column("standing", Boolean, nullable=False, comment="goes on into later rounds"),
    Column("first_day", Date, comment="none: from the first day of the round"),
    Column("last_day", Date, comment="none: to the last day of the round"),
    Column("weekdays", JSON, nullable=False, comment="Monday 0; an empty list means every day"),
    Column("kinds", JSON, nullable=False),
    Column("earliest", Integer, comment="minutes after midnight"),
    Column("latest", Integer, comment="minutes after midnight of the day of the start"),
    Column("most", Integer, comment="days in a row"),
    Column("fewest", Integer, comment="days in a row"),
    Column("colleague_id", ForeignKey("officers.id")),
    Column("agreed", Boolean, comment="what the colleague said of working together"),
    Column("roster_id", Uuid, comment="the published roster that decided it"),
    Column("lost", Integer, comment="points that are not met"),
    Column("words", Text, comment="what goes against it, for the officer"),
    CheckConstraint("points > 0", name="points"),
    Index(None, "round_id", "officer_id"),
    Index(None, "officer_id"),
    Index(None, "colleague_id"),
)

extra_offers = Table(
    "extra_offers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("from_day", Date, nullable=False),
    Column("until_day", Date, nullable=False, comment="the last day"),
    Column("minutes", Integer, nullable=False, comment="of extra work in all"),
    Column("weekdays", JSON, nullable=False, comment="Monday 0; an empty list means every day"),
    Column("kinds", JSON, nullable=False, comment="an empty list means any"),
    CheckConstraint("minutes > 0", name="minutes"),
    CheckConstraint("until_day >= from_day", name="until_day"),
    Index(None, "room_id", "until_day"),
    Index(None, "officer_id"),
)
