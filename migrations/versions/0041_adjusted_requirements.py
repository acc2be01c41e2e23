"""What lay over the forecast that a requirement was worked out from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "requirements",
        sa.Column(
            "adjustments",
            sa.JSON(),
            nullable=True,
            comment="ids of those that lay over the forecast",
        ),
    )
    op.add_column(
        "requirements",
        sa.Column(
            "adjusted_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when they did; some may be ended since",
        ),
    )


def downgrade() -> None:
    op.drop_column("requirements", "adjusted_at")
    op.drop_column("requirements", "adjustments")
