"""How what people laid over forecasts did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecast_adjustment_scores",
        sa.Column("adjustment_id", sa.Uuid(), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "days",
            sa.Integer(),
            nullable=False,
            comment="on which hours that were counted began",
        ),
        sa.Column("runs", sa.Integer(), nullable=False, comment="such days of every queue"),
        sa.Column("intervals", sa.Integer(), nullable=False, comment="that were counted"),
        sa.Column("calls", sa.Float(), nullable=False, comment="that came"),
        sa.Column("untouched", sa.Float(), nullable=False, comment="calls forecast"),
        sa.Column(
            "adjusted", sa.Float(), nullable=False, comment="the same, by this adjustment alone"
        ),
        sa.Column(
            "run_error_untouched",
            sa.Float(),
            nullable=False,
            comment="of each day's total, in calls",
        ),
        sa.Column("run_error_adjusted", sa.Float(), nullable=False),
        sa.Column(
            "error_untouched", sa.Float(), nullable=False, comment="of each interval, in calls"
        ),
        sa.Column("error_adjusted", sa.Float(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('better', 'worse', 'alike')",
            name=op.f("ck_forecast_adjustment_scores_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["adjustment_id"],
            ["forecast_adjustments.id"],
            name=op.f("fk_forecast_adjustment_scores_adjustment_id"),
        ),
        sa.PrimaryKeyConstraint("adjustment_id", name=op.f("pk_forecast_adjustment_scores")),
    )


def downgrade() -> None:
    op.drop_table("forecast_adjustment_scores")
