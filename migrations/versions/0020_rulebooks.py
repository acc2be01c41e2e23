"""A force's own numbers over the shipped rulebooks, and which books hold in a room."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_changes",
        sa.Column("force_id", sa.Uuid(), nullable=False),
        sa.Column("book", sa.String(64), nullable=False, comment="name of a shipped rulebook"),
        sa.Column(
            "rule", sa.String(64), nullable=False, comment="code; `asked` for what the book asks"
        ),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="1, 2 …"),
        sa.Column(
            "numbers", sa.JSON(), nullable=False, comment="by name; null: the book's own again"
        ),
        sa.Column("from_day", sa.Date(), comment="first local day on which they hold"),
        sa.Column("withdraws", sa.Integer(), comment="number of the row that is taken back"),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column(
            "authority",
            sa.String(500),
            nullable=False,
            comment="what lets it be weaker than law",
        ),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(from_day IS NULL) <> (withdraws IS NULL)", name=op.f("ck_rule_changes_either")
        ),
        sa.ForeignKeyConstraint(["force_id"], ["forces.id"], name=op.f("fk_rule_changes_force_id")),
        sa.PrimaryKeyConstraint("force_id", "book", "rule", "number", name=op.f("pk_rule_changes")),
    )
    op.create_table(
        "book_choices",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="1, 2 …"),
        sa.Column("employment", sa.String(16), nullable=False),
        sa.Column("book", sa.String(64), nullable=False, comment="name of a shipped rulebook"),
        sa.Column(
            "from_day", sa.Date(), nullable=False, comment="first local day on which it holds"
        ),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "employment IN ('officer', 'staff')", name=op.f("ck_book_choices_employment")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_book_choices_room_id")
        ),
        sa.PrimaryKeyConstraint("room_id", "number", name=op.f("pk_book_choices")),
    )


def downgrade() -> None:
    op.drop_table("book_choices")
    op.drop_table("rule_changes")
