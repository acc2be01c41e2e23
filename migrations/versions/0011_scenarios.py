"""Questions that a manager asks, what each is simulated from, and what came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scenarios",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one when it is renamed"
        ),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False, comment="answers it"),
        sa.Column("first_day", sa.Date(), nullable=False, comment="local"),
        sa.Column("until_day", sa.Date(), nullable=False, comment="local; the first day after"),
        sa.Column(
            "zone", sa.String(length=64), nullable=False, comment="IANA, as it was when asked"
        ),
        sa.Column("forecast_id", sa.Uuid(), nullable=False),
        sa.Column("requirement_id", sa.Uuid(), nullable=False),
        sa.Column("roster_id", sa.Uuid(), nullable=True, comment="absent: what was published"),
        sa.Column(
            "roster_name", sa.String(length=200), nullable=False, comment="as it was when asked"
        ),
        sa.Column("changes", sa.JSON(), nullable=False, comment="what is otherwise, in order"),
        sa.Column("seek", sa.JSON(), nullable=True, comment="a goal to be reached by more people"),
        sa.Column("against", sa.Uuid(), nullable=True, comment="what it is compared with"),
        sa.Column("runs", sa.Integer(), nullable=False, comment="how often the days are simulated"),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False, comment="sentences"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="absent until it is answered",
        ),
        sa.CheckConstraint("until_day > first_day", name=op.f("ck_scenarios_days")),
        sa.CheckConstraint("runs > 0", name=op.f("ck_scenarios_runs")),
        sa.ForeignKeyConstraint(["against"], ["scenarios.id"], name=op.f("fk_scenarios_against")),
        sa.ForeignKeyConstraint(
            ["forecast_id"], ["forecasts.id"], name=op.f("fk_scenarios_forecast_id")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_scenarios_job_id")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirements.id"], name=op.f("fk_scenarios_requirement_id")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_scenarios_room_id")
        ),
        sa.ForeignKeyConstraint(["roster_id"], ["rosters.id"], name=op.f("fk_scenarios_roster_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenarios")),
        sa.UniqueConstraint("job_id", name=op.f("uq_scenarios_job_id")),
    )
    op.create_index(op.f("ix_scenarios_against"), "scenarios", ["against"])
    op.create_index(op.f("ix_scenarios_room_id_id"), "scenarios", ["room_id", "id"])
    op.create_table(
        "scenario_values",
        sa.Column("scenario_id", sa.Uuid(), nullable=False),
        sa.Column(
            "basis",
            sa.LargeBinary(),
            nullable=False,
            comment="what it is simulated from, packed",
        ),
        sa.Column("result", sa.LargeBinary(), nullable=True, comment="what came of it, packed"),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenarios.id"], name=op.f("fk_scenario_values_scenario_id")
        ),
        sa.PrimaryKeyConstraint("scenario_id", name=op.f("pk_scenario_values")),
    )


def downgrade() -> None:
    op.drop_table("scenario_values")
    op.drop_table("scenarios")
