"""What officers prefer: rounds, wishes, and what came of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wish_rounds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("closes", sa.DateTime(timezone=True), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False, comment="what each officer may place"),
        sa.Column("answers", sa.Date(), nullable=True, comment="day by which officers are told"),
        sa.Column(
            "answered_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when outcomes were last recorded",
        ),
        sa.CheckConstraint("days > 0", name=op.f("ck_wish_rounds_days")),
        sa.CheckConstraint("points > 0", name=op.f("ck_wish_rounds_points")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_wish_rounds_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_rounds")),
        sa.UniqueConstraint("room_id", "first_day", name=op.f("uq_wish_rounds_room_id_first_day")),
    )
    op.create_table(
        "wishes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "wants", sa.Boolean(), nullable=False, comment="to be given it; else to be spared it"
        ),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column(
            "kinds", sa.JSON(), nullable=False, comment="kinds of shift; an empty list means any"
        ),
        sa.Column(
            "shifts",
            sa.JSON(),
            nullable=False,
            comment="codes of templates; an empty list means any",
        ),
        sa.Column(
            "roster_id", sa.Uuid(), nullable=True, comment="the published roster that decided it"
        ),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True, comment="why, for the officer"),
        sa.CheckConstraint("points > 0", name=op.f("ck_wishes_points")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_wishes_officer_id")),
        sa.ForeignKeyConstraint(["round_id"], ["wish_rounds.id"], name=op.f("fk_wishes_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wishes")),
        sa.UniqueConstraint(
            "round_id", "officer_id", "day", name=op.f("uq_wishes_round_id_officer_id_day")
        ),
    )
    op.create_index(op.f("ix_wishes_officer_id"), "wishes", ["officer_id"])


def downgrade() -> None:
    op.drop_table("wishes")
    op.drop_table("wish_rounds")
