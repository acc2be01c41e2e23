"""Extra work that is welcome, and extra shifts that were given or mandated."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "extra_offers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False, comment="the last day"),
        sa.Column("minutes", sa.Integer(), nullable=False, comment="of extra work in all"),
        sa.Column(
            "weekdays",
            sa.JSON(),
            nullable=False,
            comment="Monday 0; an empty list means every day",
        ),
        sa.Column("kinds", sa.JSON(), nullable=False, comment="an empty list means any"),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_extra_offers_minutes")),
        sa.CheckConstraint("until_day >= from_day", name=op.f("ck_extra_offers_until_day")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_extra_offers_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_extra_offers_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_offers")),
    )
    op.create_index(op.f("ix_extra_offers_officer_id"), "extra_offers", ["officer_id"])
    op.create_index(
        op.f("ix_extra_offers_room_id_until_day"), "extra_offers", ["room_id", "until_day"]
    )
    op.create_table(
        "extra_shifts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column(
            "edit_number",
            sa.Integer(),
            nullable=False,
            comment="in force while that edit is done",
        ),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "code",
            sa.String(length=64),
            nullable=False,
            comment="of the shift; not counted once it is another",
        ),
        sa.Column("minutes", sa.Integer(), nullable=False, comment="beyond the contract"),
        sa.Column("ground", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False, comment="why this officer, as a sentence"),
        sa.CheckConstraint(
            "ground IN ('welcome', 'mandated')", name=op.f("ck_extra_shifts_ground")
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_extra_shifts_minutes")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_extra_shifts_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["roster_id", "edit_number"],
            ["roster_edits.roster_id", "roster_edits.number"],
            name=op.f("fk_extra_shifts_roster_id_edit_number"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_shifts")),
    )
    op.create_index(op.f("ix_extra_shifts_roster_id"), "extra_shifts", ["roster_id"])
    op.create_index(op.f("ix_extra_shifts_officer_id_day"), "extra_shifts", ["officer_id", "day"])


def downgrade() -> None:
    op.drop_table("extra_shifts")
    op.drop_table("extra_offers")
