"""Runs of a forecast model, kept with what they were made from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecasts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False, comment="makes it"),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False, comment="local"),
        sa.Column("until_day", sa.Date(), nullable=False, comment="local; the first day after"),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column(
            "holidays",
            sa.String(length=16),
            nullable=True,
            comment="absent: none are known to the model",
        ),
        sa.Column("holidays_assumed", sa.Boolean(), nullable=False, comment="taken from the zone"),
        sa.Column(
            "zone", sa.String(length=64), nullable=False, comment="IANA, as it was when asked"
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "trained_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="end of the last interval learned from",
        ),
        sa.Column(
            "start", sa.DateTime(timezone=True), nullable=True, comment="of the first interval"
        ),
        sa.Column("interval_minutes", sa.Integer(), nullable=True),
        sa.Column("intervals", sa.Integer(), nullable=True),
        sa.Column("notes", sa.JSON(), nullable=True, comment="sentences"),
        sa.Column(
            "fingerprint",
            sa.String(length=64),
            nullable=True,
            comment="SHA-256 of the counts learned from",
        ),
        sa.CheckConstraint("until_day > first_day", name=op.f("ck_forecasts_days")),
        sa.CheckConstraint("made_at IS NULL OR intervals > 0", name=op.f("ck_forecasts_made")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_forecasts_room_id")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_forecasts_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecasts")),
        sa.UniqueConstraint("job_id", name=op.f("uq_forecasts_job_id")),
    )
    op.create_index(op.f("ix_forecasts_room_id_id"), "forecasts", ["room_id", "id"])
    op.create_table(
        "forecast_values",
        sa.Column("forecast_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("family", sa.String(length=32), nullable=False, comment="of the distribution"),
        sa.Column("mean", sa.LargeBinary(), nullable=False, comment="calls; little-endian float64"),
        sa.Column("variance", sa.LargeBinary(), nullable=False, comment="calls squared; the same"),
        sa.Column(
            "quantiles", sa.LargeBinary(), nullable=False, comment="calls; int32, level by level"
        ),
        sa.ForeignKeyConstraint(
            ["forecast_id"], ["forecasts.id"], name=op.f("fk_forecast_values_forecast_id")
        ),
        sa.ForeignKeyConstraint(
            ["queue_id"], ["queues.id"], name=op.f("fk_forecast_values_queue_id")
        ),
        sa.PrimaryKeyConstraint("forecast_id", "queue_id", name=op.f("pk_forecast_values")),
    )
    op.create_table(
        "forecast_scores",
        sa.Column("forecast_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Integer(), nullable=False, comment="of the forecast, from 1"),
        sa.Column("to_day", sa.Integer(), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intervals", sa.Integer(), nullable=False, comment="that were observed"),
        sa.Column("calls", sa.Float(), nullable=False),
        sa.Column("wape", sa.Float(), nullable=True, comment="absent: no call came"),
        sa.Column("daily_wape", sa.Float(), nullable=True),
        sa.Column("pinball", sa.Float(), nullable=False),
        sa.Column("within_80", sa.Float(), nullable=False, comment="share, by randomised PIT"),
        sa.Column("within_95", sa.Float(), nullable=False),
        sa.Column(
            "chance_wape",
            sa.Float(),
            nullable=True,
            comment="WAPE left to who knows every rate",
        ),
        sa.Column(
            "simple_wape",
            sa.Float(),
            nullable=True,
            comment="WAPE of the mean of the last 8 weeks",
        ),
        sa.ForeignKeyConstraint(
            ["forecast_id"], ["forecasts.id"], name=op.f("fk_forecast_scores_forecast_id")
        ),
        sa.ForeignKeyConstraint(
            ["queue_id"], ["queues.id"], name=op.f("fk_forecast_scores_queue_id")
        ),
        sa.PrimaryKeyConstraint(
            "forecast_id", "queue_id", "from_day", name=op.f("pk_forecast_scores")
        ),
    )


def downgrade() -> None:
    op.drop_table("forecast_scores")
    op.drop_table("forecast_values")
    op.drop_table("forecasts")
