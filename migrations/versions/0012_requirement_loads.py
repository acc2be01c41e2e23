"""The calls that a requirement is for, so that rosters can be judged by callers served."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "requirement_loads",
        sa.Column("requirement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("queue", sa.String(length=100), nullable=False, comment="its name, as it was"),
        sa.Column(
            "erlangs",
            sa.LargeBinary(),
            nullable=False,
            comment="offered; little-endian float32",
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirements.id"],
            name=op.f("fk_requirement_loads_requirement_id"),
        ),
        sa.PrimaryKeyConstraint("requirement_id", "position", name=op.f("pk_requirement_loads")),
    )


def downgrade() -> None:
    op.drop_table("requirement_loads")
