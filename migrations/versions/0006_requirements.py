"""What queues ask of their staff, and the people needed for a forecast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "queue_terms",
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column(
            "given",
            sa.JSON(),
            nullable=False,
            comment="what the room gives; the rest is worked out",
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name=op.f("fk_queue_terms_queue_id")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_queue_terms_room_id")
        ),
        sa.PrimaryKeyConstraint("queue_id", name=op.f("pk_queue_terms")),
    )
    op.create_index(op.f("ix_queue_terms_room_id"), "queue_terms", ["room_id"])
    op.create_table(
        "requirements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("forecast_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False, comment="local"),
        sa.Column("until_day", sa.Date(), nullable=False, comment="local; the first day after"),
        sa.Column("zone", sa.String(length=64), nullable=False, comment="IANA"),
        sa.Column(
            "start", sa.DateTime(timezone=True), nullable=False, comment="of the first interval"
        ),
        sa.Column("interval_minutes", sa.Integer(), nullable=False),
        sa.Column("intervals", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False, comment="every queue's, as they were used"),
        sa.Column("notes", sa.JSON(), nullable=False, comment="sentences"),
        sa.CheckConstraint("until_day > first_day", name=op.f("ck_requirements_days")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_requirements_room_id")
        ),
        sa.ForeignKeyConstraint(
            ["forecast_id"], ["forecasts.id"], name=op.f("fk_requirements_forecast_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirements")),
    )
    op.create_index(op.f("ix_requirements_room_id_id"), "requirements", ["room_id", "id"])
    op.create_table(
        "requirement_values",
        sa.Column("requirement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("queues", sa.JSON(), nullable=False, comment="names, as they were, in order"),
        sa.Column(
            "people",
            sa.LargeBinary(),
            nullable=False,
            comment="to roster; little-endian int32",
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirements.id"],
            name=op.f("fk_requirement_values_requirement_id"),
        ),
        sa.PrimaryKeyConstraint("requirement_id", "position", name=op.f("pk_requirement_values")),
    )


def downgrade() -> None:
    op.drop_table("requirement_values")
    op.drop_table("requirements")
    op.drop_table("queue_terms")
