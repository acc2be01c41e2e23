"""Requirements that are tested by simulation, and what each becomes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "requirement_repairs",
        sa.Column("requirement_id", sa.Uuid(), nullable=False, comment="tested"),
        sa.Column("job_id", sa.Uuid(), nullable=False, comment="tests it"),
        sa.Column("result_id", sa.Uuid(), nullable=False, comment="the requirement it makes"),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirements.id"],
            name=op.f("fk_requirement_repairs_requirement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name=op.f("fk_requirement_repairs_job_id")
        ),
        sa.PrimaryKeyConstraint("requirement_id", name=op.f("pk_requirement_repairs")),
        sa.UniqueConstraint("job_id", name=op.f("uq_requirement_repairs_job_id")),
        sa.UniqueConstraint("result_id", name=op.f("uq_requirement_repairs_result_id")),
    )


def downgrade() -> None:
    op.drop_table("requirement_repairs")
