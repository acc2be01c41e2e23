"""Calls answered in time, as the telephony counts them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "counts",
        sa.Column(
            "answered_in_time",
            sa.Integer(),
            nullable=True,
            comment="within the target of the telephony",
        ),
    )
    op.add_column("former_counts", sa.Column("answered_in_time", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("former_counts", "answered_in_time")
    op.drop_column("counts", "answered_in_time")
