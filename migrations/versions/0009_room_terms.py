"""What rooms ask as a whole, and requirements that carry it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room_terms",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column(
            "given", sa.JSON(), nullable=False, comment="what the room gives; the rest is assumed"
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_room_terms_room_id")
        ),
        sa.PrimaryKeyConstraint("room_id", name=op.f("pk_room_terms")),
    )
    op.add_column(
        "requirements",
        sa.Column("room", sa.JSON(), nullable=True, comment="the room's terms, as they were used"),
    )
    op.add_column(
        "requirements",
        sa.Column("weeks", sa.JSON(), nullable=True, comment="hours to find, by seven days"),
    )
    op.add_column(
        "requirement_values",
        sa.Column(
            "asker", sa.String(length=16), nullable=True, comment="none: queues, as all once were"
        ),
    )
    op.add_column(
        "requirement_values",
        sa.Column(
            "skills", sa.JSON(), nullable=True, comment="codes; none: those of the queues named"
        ),
    )


def downgrade() -> None:
    op.drop_column("requirement_values", "skills")
    op.drop_column("requirement_values", "asker")
    op.drop_column("requirements", "weeks")
    op.drop_column("requirements", "room")
    op.drop_table("room_terms")
