"""Leave years: when they begin, and up to when what expired is written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "ledgers",
        sa.Column(
            "year_month",
            sa.Integer(),
            nullable=True,
            comment="month in which the leave year begins",
        ),
    )
    op.add_column(
        "ledgers",
        sa.Column("year_day", sa.Integer(), nullable=True, comment="day of that month"),
    )
    op.add_column(
        "ledgers",
        sa.Column(
            "settled", sa.Date(), nullable=True, comment="what expired up to this day is written"
        ),
    )


def downgrade() -> None:
    for column in ("settled", "year_day", "year_month"):
        op.drop_column("ledgers", column)
