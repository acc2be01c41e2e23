"""Patterns that a control room writes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "patterns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("line", sa.Text(), nullable=False, comment="its days, such as 2E 2L 2N 4R"),
        sa.Column("times", sa.Text(), nullable=False, comment="its tours, such as N 22:00-07:00"),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_patterns_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patterns")),
        sa.UniqueConstraint("room_id", "title", name=op.f("uq_patterns_room_id_title")),
    )


def downgrade() -> None:
    op.drop_table("patterns")
