"""How far a day's level may lie from its forecast, kept with what a forecast says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "forecast_values",
        sa.Column(
            "level",
            sa.LargeBinary(),
            nullable=True,
            comment="relative variance of the level of a day; as mean",
        ),
    )


def downgrade() -> None:
    op.drop_column("forecast_values", "level")
