"""What a requirement was worked out for, where that is not the forecast by the terms in force."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "requirements",
        sa.Column(
            "purpose",
            sa.String(length=1000),
            nullable=True,
            comment="what for, if not the forecast by the terms in force",
        ),
    )


def downgrade() -> None:
    op.drop_column("requirements", "purpose")
