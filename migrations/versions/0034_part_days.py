"""Leave for a part of a day, in minutes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "absences",
        sa.Column(
            "part", sa.Integer(), nullable=True, comment="minutes of one day; none: whole days"
        ),
    )


def downgrade() -> None:
    op.drop_column("absences", "part")
