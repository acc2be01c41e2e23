"""The roster of which another one changes as little as possible."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "rosters",
        sa.Column(
            "again_of",
            sa.Uuid(),
            nullable=True,
            comment="the roster of which it changes as little as possible",
        ),
    )


def downgrade() -> None:
    op.drop_column("rosters", "again_of")
