"""Events of rooms, whose public holidays they have, and the events that a forecast saw."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.String(length=16),
            nullable=False,
            comment="for people; the model does not know it",
        ),
        sa.Column("queues", sa.JSON(), nullable=False, comment="ids; none of them: felt in all"),
        sa.Column(
            "document", sa.JSON(), nullable=False, comment="as in an events file, read whole"
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "changed_by", sa.Uuid(), nullable=False, comment="a user, who may be gone by now"
        ),
        sa.Column(
            "deleted_at", sa.DateTime(timezone=True), nullable=True, comment="it can be put back"
        ),
        sa.CheckConstraint(
            "kind IN ('school', 'festive', 'sport', 'festival', 'other')",
            name=op.f("ck_room_events_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_room_events_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_events")),
    )
    op.create_index(op.f("ix_room_events_room_id"), "room_events", ["room_id"])
    counts = sa.text("deleted_at IS NULL")
    op.create_index(
        "uq_room_events_name",
        "room_events",
        ["room_id", "name"],
        unique=True,
        sqlite_where=counts,
        postgresql_where=counts,
    )
    op.create_table(
        "room_holidays",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column(
            "code",
            sa.String(length=16),
            nullable=True,
            comment="absent: none are taken into account",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_room_holidays_room_id")
        ),
        sa.PrimaryKeyConstraint("room_id", name=op.f("pk_room_holidays")),
    )
    op.create_table(
        "forecast_events",
        sa.Column("forecast_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False, comment="of a room event, or one of old"),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "document", sa.JSON(), nullable=False, comment="as in an events file, as it stood"
        ),
        sa.Column("effects", sa.JSON(), nullable=False, comment="by queue id, always read whole"),
        sa.ForeignKeyConstraint(
            ["forecast_id"], ["forecasts.id"], name=op.f("fk_forecast_events_forecast_id")
        ),
        sa.PrimaryKeyConstraint("forecast_id", "event_id", name=op.f("pk_forecast_events")),
    )


def downgrade() -> None:
    op.drop_table("forecast_events")
    op.drop_table("room_holidays")
    op.drop_table("room_events")
