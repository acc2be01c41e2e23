"""Days of absence for which somebody was recalled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "absence_days",
        sa.Column(
            "recalled",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when they were recalled for it; none: away",
        ),
    )
    op.add_column(
        "absence_days", sa.Column("recalled_by", sa.Uuid(), nullable=True, comment="a user")
    )


def downgrade() -> None:
    for column in ("recalled_by", "recalled"):
        op.drop_column("absence_days", column)
