"""What the service wrote to ledgers by itself day by day; jobs that nobody asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

USER = "a user; kept when the user has gone"


def upgrade() -> None:
    with op.batch_alter_table("jobs", table_args=[_states()]) as batch:
        batch.alter_column(
            "asked_by",
            existing_type=sa.Uuid(),
            nullable=True,
            existing_comment=USER,
            comment=f"{USER}; none where the service asked by itself",
        )
    op.create_table(
        "ledger_days",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="local day that it was asked for"),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True, comment="none until it is done"),
        sa.Column("lapsed", sa.Integer(), nullable=False, comment="entries of what expired"),
        sa.Column("granted", sa.Integer(), nullable=False, comment="people granted leave"),
        sa.Column(
            "left_out", sa.Integer(), nullable=False, comment="people who wait for an answer"
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["ledgers.room_id"], name=op.f("fk_ledger_days_room_id_ledgers")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_ledger_days_job_id_jobs")),
        sa.PrimaryKeyConstraint("room_id", "day", name=op.f("pk_ledger_days")),
    )


def downgrade() -> None:
    op.drop_table("ledger_days")
    op.execute("DELETE FROM jobs WHERE asked_by IS NULL")
    with op.batch_alter_table("jobs", table_args=[_states()]) as batch:
        batch.alter_column(
            "asked_by",
            existing_type=sa.Uuid(),
            nullable=False,
            existing_comment=f"{USER}; none where the service asked by itself",
            comment=USER,
        )


def _states() -> sa.CheckConstraint:
    # Said again where a table is made anew, as on SQLite: it would be left out.
    return sa.CheckConstraint(
        "state IN ('waiting', 'running', 'done', 'failed', 'cancelled')",
        name=op.f("ck_jobs_state"),
    )
