"""Pins as part of the trail of a roster, so that pinning is undone as any edit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "roster_edits",
        sa.Column(
            "pins",
            sa.JSON(),
            nullable=False,
            server_default="[]",
            comment="officer, day, pin before and after",
        ),
    )


def downgrade() -> None:
    op.drop_column("roster_edits", "pins")
