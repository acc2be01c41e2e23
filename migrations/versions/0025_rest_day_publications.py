"""Rest days told to officers ahead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rest_day_publications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False, comment="a user"),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_rest_day_publications_days")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_rest_day_publications_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rest_day_publications")),
    )
    op.create_index(op.f("ix_rest_day_publications_room_id"), "rest_day_publications", ["room_id"])
    op.create_table(
        "published_lines",
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "days", sa.Text(), nullable=False, comment="a letter a day; - where nothing was told"
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["rest_day_publications.id"],
            name=op.f("fk_published_lines_publication_id"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_published_lines_officer_id")
        ),
        sa.PrimaryKeyConstraint("publication_id", "officer_id", name=op.f("pk_published_lines")),
    )
    op.create_index(op.f("ix_published_lines_officer_id"), "published_lines", ["officer_id"])


def downgrade() -> None:
    op.drop_table("published_lines")
    op.drop_table("rest_day_publications")
