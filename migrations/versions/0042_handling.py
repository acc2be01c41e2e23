"""What forecasts say of handling times."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecast_handling",
        sa.Column("forecast_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("family", sa.String(32), nullable=False, comment="of the distribution"),
        sa.Column(
            "single", sa.Float(), nullable=False, comment="relative variance of single calls"
        ),
        sa.Column(
            "mean", sa.LargeBinary(), nullable=False, comment="seconds; little-endian float64"
        ),
        sa.Column("own", sa.LargeBinary(), nullable=False, comment="relative variance; the same"),
        sa.Column("level", sa.LargeBinary(), nullable=False, comment="of the day, likewise"),
        sa.ForeignKeyConstraint(
            ["forecast_id"],
            ["forecasts.id"],
            name=op.f("fk_forecast_handling_forecast_id_forecasts"),
        ),
        sa.ForeignKeyConstraint(
            ["queue_id"], ["queues.id"], name=op.f("fk_forecast_handling_queue_id_queues")
        ),
        sa.PrimaryKeyConstraint("forecast_id", "queue_id", name=op.f("pk_forecast_handling")),
    )


def downgrade() -> None:
    op.drop_table("forecast_handling")
