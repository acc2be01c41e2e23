"""Breaches of rules that were authorised, and the rest that is owed for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "authorised_breaches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column(
            "edit_number",
            sa.Integer(),
            nullable=False,
            comment="in force while that edit is done",
        ),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False, comment="code of a hard rule"),
        sa.Column(
            "first_day",
            sa.Date(),
            nullable=False,
            comment="a tour of the breach starts from here …",
        ),
        sa.Column("last_day", sa.Date(), nullable=False, comment="… to here, this day included"),
        sa.Column(
            "excess", sa.Integer(), nullable=False, comment="how far at most, in the rule's unit"
        ),
        sa.Column("words", sa.Text(), nullable=False, comment="what is broken, as a sentence"),
        sa.Column("ground", sa.String(length=16), nullable=False),
        sa.Column(
            "authority",
            sa.String(length=200),
            nullable=False,
            comment="name of whoever authorised it",
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "rest_minutes",
            sa.Integer(),
            nullable=False,
            comment="compensatory rest; 0 where none",
        ),
        sa.Column("rest_by", sa.Date(), nullable=True, comment="by when it is to be given"),
        sa.Column("rest_given", sa.Date(), nullable=True, comment="when it was"),
        sa.Column("by", sa.Uuid(), nullable=False, comment="a user"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("excess > 0", name=op.f("ck_authorised_breaches_excess")),
        sa.CheckConstraint(
            "ground IN ('shift_change', 'continuity', 'agreement', 'exigency')",
            name=op.f("ck_authorised_breaches_ground"),
        ),
        sa.CheckConstraint("rest_minutes >= 0", name=op.f("ck_authorised_breaches_rest_minutes")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_authorised_breaches_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["roster_id", "edit_number"],
            ["roster_edits.roster_id", "roster_edits.number"],
            name=op.f("fk_authorised_breaches_roster_id_edit_number"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorised_breaches")),
    )
    op.create_index(op.f("ix_authorised_breaches_roster_id"), "authorised_breaches", ["roster_id"])


def downgrade() -> None:
    op.drop_table("authorised_breaches")
