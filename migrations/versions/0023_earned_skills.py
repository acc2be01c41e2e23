"""Skills that are earned by length of service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "skills",
        sa.Column(
            "after_months",
            sa.Integer(),
            nullable=True,
            comment="of service, which earn it; none: it is given",
        ),
    )


def downgrade() -> None:
    op.drop_column("skills", "after_months")
