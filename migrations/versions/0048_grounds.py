"""What each forecast is made of, kept with it; those made before have none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecast_grounds",
        sa.Column("forecast_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kept", sa.LargeBinary(), nullable=False, comment="what it is made of; compressed JSON"
        ),
        sa.ForeignKeyConstraint(
            ["forecast_id"],
            ["forecasts.id"],
            name=op.f("fk_forecast_grounds_forecast_id_forecasts"),
        ),
        sa.ForeignKeyConstraint(
            ["queue_id"], ["queues.id"], name=op.f("fk_forecast_grounds_queue_id_queues")
        ),
        sa.PrimaryKeyConstraint("forecast_id", "queue_id", name=op.f("pk_forecast_grounds")),
    )


def downgrade() -> None:
    op.drop_table("forecast_grounds")
