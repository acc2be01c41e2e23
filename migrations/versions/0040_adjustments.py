"""What people lay over forecasts, and who looked at it again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

BY = "a user, who may be gone by now"
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "forecast_adjustments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=True, comment="absent: every queue"),
        sa.Column(
            "first_day", sa.Date(), nullable=False, comment="local, on which its hours begin"
        ),
        sa.Column("last_day", sa.Date(), nullable=False, comment="likewise"),
        sa.Column("weekdays", sa.JSON(), nullable=False, comment="of those days; 0 is Monday"),
        sa.Column(
            "begins", sa.Integer(), nullable=False, comment="minute of the day, by the wall clock"
        ),
        sa.Column("minutes", sa.Integer(), nullable=False, comment="they may run past midnight"),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False, comment="local"),
        sa.Column("laid_by", sa.Uuid(), nullable=False, comment=BY),
        sa.Column("laid_at", WHEN, nullable=False),
        sa.Column("since", WHEN, nullable=False, comment="the room's present when it was laid"),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", WHEN, nullable=True),
        sa.Column("until", WHEN, nullable=True, comment="the room's present when it was ended"),
        sa.Column("end_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_forecast_adjustments_days")),
        sa.CheckConstraint(
            "unit IN ('percent', 'calls')", name=op.f("ck_forecast_adjustments_unit")
        ),
        sa.CheckConstraint(
            "unit = 'percent' OR queue_id IS NOT NULL", name=op.f("ck_forecast_adjustments_calls")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_forecast_adjustments_room_id")
        ),
        sa.ForeignKeyConstraint(
            ["queue_id"], ["queues.id"], name=op.f("fk_forecast_adjustments_queue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast_adjustments")),
    )
    op.create_index(
        op.f("ix_forecast_adjustments_room_id_id"), "forecast_adjustments", ["room_id", "id"]
    )
    op.create_table(
        "forecast_adjustment_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("adjustment_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False, comment=BY),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False, comment="the next look; local"),
        sa.ForeignKeyConstraint(
            ["adjustment_id"],
            ["forecast_adjustments.id"],
            name=op.f("fk_forecast_adjustment_reviews_adjustment_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast_adjustment_reviews")),
    )
    op.create_index(
        op.f("ix_forecast_adjustment_reviews_adjustment_id"),
        "forecast_adjustment_reviews",
        ["adjustment_id"],
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_forecast_adjustment_reviews_adjustment_id"),
        table_name="forecast_adjustment_reviews",
    )
    op.drop_table("forecast_adjustment_reviews")
    op.drop_index(op.f("ix_forecast_adjustments_room_id_id"), table_name="forecast_adjustments")
    op.drop_table("forecast_adjustments")
