"""How each forecast's calls divide among categories, kept with it; those made before have none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecast_shares",
        sa.Column("forecast_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False, comment="of the parts, the rest left out"),
        sa.Column(
            "sources",
            sa.JSON(),
            nullable=False,
            comment="name of the part by id of each category that was counted in it",
        ),
        sa.Column(
            "table",
            sa.LargeBinary(),
            nullable=False,
            comment="share of each part by hour of the week; little-endian float64",
        ),
        sa.Column(
            "apart",
            sa.LargeBinary(),
            nullable=False,
            comment="relative variance of each part beyond that of the whole; the same",
        ),
        sa.ForeignKeyConstraint(
            ["forecast_id"], ["forecasts.id"], name=op.f("fk_forecast_shares_forecast_id_forecasts")
        ),
        sa.ForeignKeyConstraint(
            ["queue_id"], ["queues.id"], name=op.f("fk_forecast_shares_queue_id_queues")
        ),
        sa.PrimaryKeyConstraint("forecast_id", "queue_id", name=op.f("pk_forecast_shares")),
    )


def downgrade() -> None:
    op.drop_table("forecast_shares")
