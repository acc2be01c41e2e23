"""Who follows a pattern, from when to when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roll_outs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "act_id",
            sa.Uuid(),
            nullable=False,
            comment="the same for all that were applied together",
        ),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("times", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.Column(
            "place", sa.Integer(), nullable=False, comment="day of the pattern on first_day, from 0"
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False, comment="a user"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True, comment="a user"),
        sa.CheckConstraint(
            "(team_id IS NULL) <> (officer_id IS NULL)", name=op.f("ck_roll_outs_whose")
        ),
        sa.CheckConstraint("until_day > first_day", name=op.f("ck_roll_outs_days")),
        sa.CheckConstraint("place >= 0", name=op.f("ck_roll_outs_place")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_roll_outs_room_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_roll_outs_team_id")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_roll_outs_officer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_outs")),
    )
    op.create_index(op.f("ix_roll_outs_room_id_act_id"), "roll_outs", ["room_id", "act_id"])


def downgrade() -> None:
    op.drop_table("roll_outs")
