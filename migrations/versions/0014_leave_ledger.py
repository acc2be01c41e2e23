"""One ledger per person: postings and their entries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledgers",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("postings", sa.Integer(), nullable=False, comment="number of the newest posting"),
        sa.ForeignKeyConstraint(["room_id"], ["control_rooms.id"], name=op.f("fk_ledgers_room_id")),
        sa.PrimaryKeyConstraint("room_id", name=op.f("pk_ledgers")),
    )
    op.create_table(
        "ledger_postings",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2 … in order of time"),
        sa.Column("source", sa.String(length=200), nullable=False, comment="what it comes from"),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "by", sa.Uuid(), nullable=True, comment="a user; none where the service itself posted"
        ),
        sa.CheckConstraint(
            "kind IN ('posted', 'reversed', 'lapsed')", name=op.f("ck_ledger_postings_kind")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["ledgers.room_id"], name=op.f("fk_ledger_postings_room_id")
        ),
        sa.PrimaryKeyConstraint("room_id", "number", name=op.f("pk_ledger_postings")),
        sa.UniqueConstraint(
            "room_id", "source", "kind", name=op.f("uq_ledger_postings_room_id_source_kind")
        ),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the posting"),
        sa.Column("place", sa.Integer(), nullable=False, comment="1, 2 … within the posting"),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column(
            "amount", sa.Integer(), nullable=False, comment="minutes; whole days of rest_days"
        ),
        sa.Column("day", sa.Date(), nullable=False, comment="that earned or spent it"),
        sa.Column(
            "expires",
            sa.Date(),
            nullable=True,
            comment="day from which what is left is lost; none: it is kept",
        ),
        sa.Column("rate", sa.Integer(), nullable=True, comment="per cent of plain pay, of pay"),
        sa.Column("words", sa.Text(), nullable=False, comment="for people, a sentence"),
        sa.CheckConstraint(
            "account IN ('leave', 'toil', 'rest_days', 'public_holidays', 'pay')",
            name=op.f("ck_ledger_entries_account"),
        ),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_ledger_entries_amount")),
        sa.CheckConstraint("expires > day", name=op.f("ck_ledger_entries_expires")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_ledger_entries_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["room_id", "number"],
            ["ledger_postings.room_id", "ledger_postings.number"],
            name=op.f("fk_ledger_entries_room_id_number"),
        ),
        sa.PrimaryKeyConstraint("room_id", "number", "place", name=op.f("pk_ledger_entries")),
    )
    op.create_index(
        op.f("ix_ledger_entries_officer_id_day"), "ledger_entries", ["officer_id", "day"]
    )
    op.create_index(op.f("ix_ledger_entries_room_id_day"), "ledger_entries", ["room_id", "day"])


def downgrade() -> None:
    op.drop_table("ledger_entries")
    op.drop_table("ledger_postings")
    op.drop_table("ledgers")
