"""Looks at counts, the decisions that lie over them, and which of these a forecast saw."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "count_checks",
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "batch", sa.Integer(), nullable=False, comment="batches.number: the newest it saw"
        ),
        sa.Column("open_intervals", sa.Integer(), nullable=False),
        sa.Column(
            "observed", sa.Integer(), nullable=False, comment="of the open ones; not in an outage"
        ),
        sa.Column("first", sa.Integer(), nullable=False, comment="minutes since 1970 UTC"),
        sa.Column("after", sa.Integer(), nullable=False, comment="end of the last interval"),
        sa.Column("findings", sa.JSON(), nullable=False, comment="written once, always read whole"),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name=op.f("fk_count_checks_queue_id")),
        sa.PrimaryKeyConstraint("queue_id", name=op.f("pk_count_checks")),
    )
    op.create_table(
        "count_layers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind", sa.String(length=16), nullable=False, comment="of the finding that it is about"
        ),
        sa.Column("first", sa.Integer(), nullable=False, comment="minutes since 1970 UTC"),
        sa.Column("after", sa.Integer(), nullable=False, comment="end of the last interval"),
        sa.Column(
            "words", sa.String(length=500), nullable=False, comment="the evidence, as it was told"
        ),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column(
            "way", sa.String(length=16), nullable=True, comment="how the counts are corrected"
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False, comment="a user, who may be gone by now"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "offered",
            sa.LargeBinary(),
            nullable=True,
            comment="in place of the counts; float64, NaN: not observed",
        ),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "decision IN ('accept', 'correct', 'exclude')", name=op.f("ck_count_layers_decision")
        ),
        sa.CheckConstraint(
            "(decision = 'correct') = (offered IS NOT NULL)", name=op.f("ck_count_layers_offered")
        ),
        sa.CheckConstraint("after > first", name=op.f("ck_count_layers_span")),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name=op.f("fk_count_layers_queue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_layers")),
    )
    op.create_index(op.f("ix_count_layers_queue_id"), "count_layers", ["queue_id"])
    op.add_column(
        "forecasts",
        sa.Column(
            "layers", sa.JSON(), nullable=True, comment="ids of the count layers that it saw"
        ),
    )


def downgrade() -> None:
    op.drop_column("forecasts", "layers")
    op.drop_table("count_layers")
    op.drop_table("count_checks")
