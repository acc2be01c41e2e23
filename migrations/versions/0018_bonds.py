"""Who works with whom, and who does not at the same time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bonds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column(
            "until_day",
            sa.Date(),
            nullable=True,
            comment="first day on which it no longer holds",
        ),
        sa.Column(
            "minutes",
            sa.Integer(),
            nullable=False,
            comment="of a tour, by which it may be missed",
        ),
        sa.Column(
            "role",
            sa.String(length=16),
            nullable=False,
            comment="what the others are to the officer",
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.CheckConstraint("kind IN ('with', 'together', 'apart')", name=op.f("ck_bonds_kind")),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_bonds_minutes")),
        sa.CheckConstraint("until_day >= from_day", name=op.f("ck_bonds_until_day")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_bonds_officer_id")),
        sa.ForeignKeyConstraint(["room_id"], ["control_rooms.id"], name=op.f("fk_bonds_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bonds")),
    )
    op.create_index(op.f("ix_bonds_room_id"), "bonds", ["room_id"])
    op.create_table(
        "bond_others",
        sa.Column("bond_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="0, 1 … in the order named"),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bond_id"], ["bonds.id"], name=op.f("fk_bond_others_bond_id")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_bond_others_officer_id")
        ),
        sa.PrimaryKeyConstraint("bond_id", "place", name=op.f("pk_bond_others")),
    )


def downgrade() -> None:
    op.drop_table("bond_others")
    op.drop_table("bonds")
