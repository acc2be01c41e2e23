"""Rounds of bids for shifts and whole lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bid_rounds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column(
            "method", sa.String(length=16), nullable=False, comment="by what lots are awarded"
        ),
        sa.Column("points", sa.Integer(), nullable=False, comment="what each officer may place"),
        sa.Column("closes", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "pattern",
            sa.String(length=64),
            nullable=False,
            comment="whose lines are bid for; may be empty",
        ),
        sa.Column("awarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "edit_number",
            sa.Integer(),
            nullable=True,
            comment="of the roster, by which lots were awarded",
        ),
        sa.CheckConstraint("kind IN ('shifts', 'lines')", name=op.f("ck_bid_rounds_kind")),
        sa.CheckConstraint(
            "method IN ('points', 'seniority', 'turn')", name=op.f("ck_bid_rounds_method")
        ),
        sa.CheckConstraint("points > 0", name=op.f("ck_bid_rounds_points")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_bid_rounds_room_id")
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["rosters.id"], name=op.f("fk_bid_rounds_roster_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_rounds")),
    )
    op.create_index(op.f("ix_bid_rounds_room_id_id"), "bid_rounds", ["room_id", "id"])
    op.create_index(op.f("ix_bid_rounds_roster_id"), "bid_rounds", ["roster_id"])
    op.create_table(
        "bid_lots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bid_round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="0, 1 … in the order shown"),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False, comment="how many can have it"),
        sa.Column(
            "cells",
            sa.JSON(),
            nullable=False,
            comment="day, and code of the shift or none for rest",
        ),
        sa.CheckConstraint("places > 0", name=op.f("ck_bid_lots_places")),
        sa.ForeignKeyConstraint(
            ["bid_round_id"], ["bid_rounds.id"], name=op.f("fk_bid_lots_bid_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_lots")),
    )
    op.create_index(op.f("ix_bid_lots_bid_round_id"), "bid_lots", ["bid_round_id"])
    op.create_table(
        "bids",
        sa.Column("bid_round_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("won", sa.Boolean(), nullable=True),
        sa.Column(
            "first",
            sa.Boolean(),
            nullable=False,
            comment="the first choice, once it is awarded",
        ),
        sa.Column("words", sa.Text(), nullable=False, comment="why it is lost, for the officer"),
        sa.CheckConstraint("points > 0", name=op.f("ck_bids_points")),
        sa.ForeignKeyConstraint(["lot_id"], ["bid_lots.id"], name=op.f("fk_bids_lot_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_bids_officer_id")),
        sa.ForeignKeyConstraint(
            ["bid_round_id"], ["bid_rounds.id"], name=op.f("fk_bids_bid_round_id")
        ),
        sa.PrimaryKeyConstraint("bid_round_id", "officer_id", "lot_id", name=op.f("pk_bids")),
    )
    op.create_index(op.f("ix_bids_officer_id"), "bids", ["officer_id"])


def downgrade() -> None:
    op.drop_table("bids")
    op.drop_table("bid_lots")
    op.drop_table("bid_rounds")
