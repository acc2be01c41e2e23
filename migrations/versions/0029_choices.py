"""What an officer chose where a rulebook lets them: pay or time off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "change_notices",
        sa.Column(
            "choice",
            sa.String(length=8),
            nullable=True,
            comment="open, pay or time; none: nothing may be chosen",
        ),
    )
    op.add_column(
        "change_notices", sa.Column("chosen_by", sa.Uuid(), nullable=True, comment="a user")
    )


def downgrade() -> None:
    for column in ("chosen_by", "choice"):
        op.drop_column("change_notices", column)
