"""Absence: leave, court, training and other, by days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False, comment="counted"),
        sa.Column(
            "account",
            sa.String(length=16),
            nullable=True,
            comment="that leave is taken from; none: not from this ledger",
        ),
        sa.Column("by", sa.Uuid(), nullable=False, comment="a user"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "withdrawn",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="none while it holds",
        ),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True, comment="a user"),
        sa.CheckConstraint(
            "kind IN ('leave', 'court', 'training', 'absent')", name=op.f("ck_absences_kind")
        ),
        sa.CheckConstraint('"last" >= "first"', name=op.f("ck_absences_days")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_absences_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_absences_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_officer_id_first"), "absences", ["officer_id", "first"])
    op.create_index(op.f("ix_absences_room_id_first"), "absences", ["room_id", "first"])
    op.create_table(
        "absence_days",
        sa.Column("absence_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "minutes", sa.Integer(), nullable=False, comment="that count towards the contract"
        ),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_absence_days_minutes")),
        sa.ForeignKeyConstraint(
            ["absence_id"], ["absences.id"], name=op.f("fk_absence_days_absence_id")
        ),
        sa.PrimaryKeyConstraint("absence_id", "day", name=op.f("pk_absence_days")),
    )


def downgrade() -> None:
    op.drop_table("absence_days")
    op.drop_table("absences")
