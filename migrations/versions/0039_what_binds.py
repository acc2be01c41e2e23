"""What binds where people are missing from a roster."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "rosters",
        sa.Column("short", sa.JSON(), nullable=True, comment="what binds where people are missing"),
    )


def downgrade() -> None:
    op.drop_column("rosters", "short")
