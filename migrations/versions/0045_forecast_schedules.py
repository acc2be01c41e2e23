"""Schedules by which rooms are forecast every week, and which forecasts they asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "forecasts",
        sa.Column(
            "scheduled",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="asked for by the room's schedule",
        ),
    )
    op.create_table(
        "forecast_schedules",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False, comment="0 is Monday"),
        sa.Column("hour", sa.Integer(), nullable=False, comment="of the room's local day"),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column(
            "model", sa.String(length=64), nullable=True, comment="absent: the one recommended"
        ),
        sa.Column(
            "holidays", sa.String(length=16), nullable=True, comment="absent: as usual in the room"
        ),
        sa.Column("set_by", sa.Uuid(), nullable=False, comment="a user, who may be gone by now"),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "handled",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="runs due until then are seen to",
        ),
        sa.Column("last_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_forecast_id", sa.Uuid(), nullable=True),
        sa.Column(
            "last_words", sa.String(length=1000), nullable=False, comment="why it asked for none"
        ),
        sa.Column(
            "seen_batch", sa.Integer(), nullable=True, comment="newest counts when it last asked"
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_forecast_schedules_weekday")),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_forecast_schedules_hour")),
        sa.CheckConstraint("weeks BETWEEN 1 AND 53", name=op.f("ck_forecast_schedules_weeks")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_forecast_schedules_room_id")
        ),
        sa.ForeignKeyConstraint(
            ["last_forecast_id"],
            ["forecasts.id"],
            name=op.f("fk_forecast_schedules_last_forecast_id"),
        ),
        sa.PrimaryKeyConstraint("room_id", name=op.f("pk_forecast_schedules")),
    )


def downgrade() -> None:
    op.drop_table("forecast_schedules")
    op.drop_column("forecasts", "scheduled")
