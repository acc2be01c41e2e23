"""Pins of a kind of shift, whatever its time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "roster_pins",
        sa.Column(
            "kind",
            sa.String(length=64),
            nullable=True,
            comment="the kind to keep, at any time; none for a shift or rest",
        ),
    )


def downgrade() -> None:
    op.drop_column("roster_pins", "kind")
