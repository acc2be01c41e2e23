"""Queues and their counts: uploads, mappings, revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _queues()
    _batches()
    _counts()
    _mappings()


def _queues() -> None:
    op.create_table(
        "queues",
        sa.Column("number", sa.Integer(), nullable=False, comment="what counts refer to"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column(
            "interval_minutes",
            sa.Integer(),
            nullable=True,
            comment="held from the first counts on",
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.CheckConstraint(
            "interval_minutes IN (15, 30, 60)", name=op.f("ck_queues_interval_minutes")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["control_rooms.id"], name=op.f("fk_queues_room_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_queues")),
        sa.UniqueConstraint("id", name=op.f("uq_queues_id")),
        sa.UniqueConstraint("room_id", "name", name=op.f("uq_queues_room_id_name")),
    )


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("number", sa.Integer(), nullable=False, comment="what counts refer to"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False, comment="the door it came by"),
        sa.Column("file_name", sa.String(length=200), nullable=False, comment="may be empty"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "by",
            sa.Uuid(),
            nullable=True,
            comment="a user, who may be gone by now; NULL for the command line",
        ),
        sa.Column("new", sa.Integer(), nullable=False, comment="intervals"),
        sa.Column("revised", sa.Integer(), nullable=False, comment="intervals"),
        sa.Column("unchanged", sa.Integer(), nullable=False, comment="intervals"),
        sa.Column("first", sa.Integer(), nullable=False, comment="minutes since 1970 UTC"),
        sa.Column("last", sa.Integer(), nullable=False, comment="beginning of the last interval"),
        sa.ForeignKeyConstraint(["room_id"], ["control_rooms.id"], name=op.f("fk_batches_room_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_batches")),
        sa.UniqueConstraint("id", name=op.f("uq_batches_id")),
    )
    op.create_index(op.f("ix_batches_room_id_number"), "batches", ["room_id", "number"])


def _counts() -> None:
    op.create_table(
        "counts",
        sa.Column("queue", sa.Integer(), nullable=False, comment="queues.number"),
        sa.Column("start", sa.Integer(), nullable=False, comment="minutes since 1970"),
        sa.Column("offered", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("abandoned", sa.Integer(), nullable=True),
        sa.Column(
            "handled_seconds",
            sa.Float(),
            nullable=True,
            comment="of all calls of the interval together",
        ),
        sa.Column("batch", sa.Integer(), nullable=False, comment="batches.number: what brought it"),
        sa.PrimaryKeyConstraint("queue", "start", name=op.f("pk_counts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "former_counts",
        sa.Column("queue", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("abandoned", sa.Integer(), nullable=True),
        sa.Column("handled_seconds", sa.Float(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False, comment="what brought it"),
        sa.Column("replaced_by", sa.Integer(), nullable=False, comment="batches.number"),
        sa.PrimaryKeyConstraint("queue", "start", "batch", name=op.f("pk_former_counts")),
        sqlite_with_rowid=False,
    )


def _mappings() -> None:
    op.create_table(
        "column_mappings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column(
            "headers", sa.String(length=64), nullable=False, comment="SHA-256 of the file's headers"
        ),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_column_mappings_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_mappings")),
        sa.UniqueConstraint("room_id", "name", name=op.f("uq_column_mappings_room_id_name")),
    )
    op.create_index(
        op.f("ix_column_mappings_room_id_headers"), "column_mappings", ["room_id", "headers"]
    )
    op.create_table(
        "uploads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False, comment="the user who may confirm it"),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "packed",
            sa.LargeBinary(),
            nullable=False,
            comment="the file, gzip; kept until confirmed",
        ),
        sa.ForeignKeyConstraint(["room_id"], ["control_rooms.id"], name=op.f("fk_uploads_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )


def downgrade() -> None:
    op.drop_table("uploads")
    op.drop_table("column_mappings")
    op.drop_table("former_counts")
    op.drop_table("counts")
    op.drop_table("batches")
    op.drop_table("queues")
