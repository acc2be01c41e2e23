"""Wishes about several days, some of them standing from one round to the next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "long_wishes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.Column("ask", sa.String(length=16), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False, comment="goes on into later rounds"),
        sa.Column(
            "first_day", sa.Date(), nullable=True, comment="none: from the first day of the round"
        ),
        sa.Column(
            "last_day", sa.Date(), nullable=True, comment="none: to the last day of the round"
        ),
        sa.Column(
            "weekdays",
            sa.JSON(),
            nullable=False,
            comment="Monday 0; an empty list means every day",
        ),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("earliest", sa.Integer(), nullable=True, comment="minutes after midnight"),
        sa.Column(
            "latest",
            sa.Integer(),
            nullable=True,
            comment="minutes after midnight of the day of the start",
        ),
        sa.Column("most", sa.Integer(), nullable=True, comment="days in a row"),
        sa.Column("fewest", sa.Integer(), nullable=True, comment="days in a row"),
        sa.Column("colleague_id", sa.Uuid(), nullable=True),
        sa.Column(
            "agreed",
            sa.Boolean(),
            nullable=True,
            comment="what the colleague said of working together",
        ),
        sa.Column(
            "roster_id", sa.Uuid(), nullable=True, comment="the published roster that decided it"
        ),
        sa.Column("lost", sa.Integer(), nullable=True, comment="points that are not met"),
        sa.Column(
            "words", sa.Text(), nullable=True, comment="what goes against it, for the officer"
        ),
        sa.CheckConstraint("points > 0", name=op.f("ck_long_wishes_points")),
        sa.ForeignKeyConstraint(
            ["colleague_id"], ["officers.id"], name=op.f("fk_long_wishes_colleague_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_long_wishes_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["wish_rounds.id"], name=op.f("fk_long_wishes_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_long_wishes")),
    )
    op.create_index(op.f("ix_long_wishes_colleague_id"), "long_wishes", ["colleague_id"])
    op.create_index(op.f("ix_long_wishes_officer_id"), "long_wishes", ["officer_id"])
    op.create_index(
        op.f("ix_long_wishes_round_id_officer_id"), "long_wishes", ["round_id", "officer_id"]
    )


def downgrade() -> None:
    op.drop_table("long_wishes")
