"""Why rosters do not meet wishes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wish_reasons",
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("wish_id", sa.Uuid(), nullable=False, comment="about a day or several"),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="of the roster for which it was found"
        ),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False, comment="of the best way to meet it"),
        sa.Column("words", sa.Text(), nullable=False, comment="for the officer; names nobody else"),
        sa.Column("yielding", sa.Text(), nullable=False, comment="who gives way; for the manager"),
        sa.CheckConstraint(
            "kind IN ('rule', 'cover', 'own', 'others', 'open', 'never')",
            name=op.f("ck_wish_reasons_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_wish_reasons_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["rosters.id"], name=op.f("fk_wish_reasons_roster_id")
        ),
        sa.PrimaryKeyConstraint("roster_id", "wish_id", name=op.f("pk_wish_reasons")),
    )


def downgrade() -> None:
    op.drop_table("wish_reasons")
