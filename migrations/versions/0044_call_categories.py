"""Categories of calls, and their counts beside those of their queues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_categories",
        sa.Column("number", sa.Integer(), nullable=False, comment="what counts refer to"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue", sa.Integer(), nullable=False),
        sa.Column(
            "source", sa.String(length=100), nullable=False, comment="its name in what comes in"
        ),
        sa.Column("name", sa.String(length=100), nullable=False, comment="as people call it here"),
        sa.Column(
            "within", sa.Uuid(), nullable=True, comment="id of a category that it is counted with"
        ),
        sa.Column(
            "hidden", sa.Boolean(), nullable=False, comment="its calls are shown as of no category"
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.ForeignKeyConstraint(
            ["queue"], ["queues.number"], name=op.f("fk_call_categories_queue")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_call_categories")),
        sa.UniqueConstraint("id", name=op.f("uq_call_categories_id")),
        sa.UniqueConstraint("queue", "source", name=op.f("uq_call_categories_queue_source")),
    )
    op.create_table(
        "category_counts",
        sa.Column(
            "category", sa.Integer(), autoincrement=False, nullable=False, comment="its number"
        ),
        sa.Column(
            "start", sa.Integer(), autoincrement=False, nullable=False, comment="minutes since 1970"
        ),
        sa.Column("offered", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False, comment="batches.number: what brought it"),
        sa.PrimaryKeyConstraint("category", "start", name=op.f("pk_category_counts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "former_category_counts",
        sa.Column("category", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("offered", sa.Integer(), nullable=False),
        sa.Column(
            "batch", sa.Integer(), autoincrement=False, nullable=False, comment="what brought it"
        ),
        sa.Column("replaced_by", sa.Integer(), nullable=False, comment="batches.number"),
        sa.PrimaryKeyConstraint(
            "category", "start", "batch", name=op.f("pk_former_category_counts")
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("former_category_counts")
    op.drop_table("category_counts")
    op.drop_table("call_categories")
