"""What a person cannot do, and until when; never why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "officer_terms",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "what", sa.String(length=16), nullable=False, comment="what cannot be done, never why"
        ),
        sa.Column(
            "weekdays",
            sa.String(length=32),
            nullable=False,
            comment="such as Mon Tue; empty: every day",
        ),
        sa.Column("value", sa.String(length=64), nullable=False, comment="in the form of its kind"),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.CheckConstraint("until_day > from_day", name=op.f("ck_officer_terms_days")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_officer_terms_officer_id")
        ),
        sa.PrimaryKeyConstraint(
            "officer_id",
            "what",
            "weekdays",
            "value",
            "from_day",
            name=op.f("pk_officer_terms"),
        ),
    )


def downgrade() -> None:
    op.drop_table("officer_terms")
