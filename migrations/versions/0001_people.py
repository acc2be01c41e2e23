"""Forces, control rooms, teams, officers and what is known of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forces",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False, comment="of its rooms and skills"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forces")),
        sa.UniqueConstraint("name", name=op.f("uq_forces_name")),
    )
    op.create_table(
        "control_rooms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("force_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False, comment="IANA time zone"),
        sa.Column(
            "day_start", sa.Integer(), nullable=False, comment="minutes after local midnight"
        ),
        sa.Column(
            "notice",
            sa.String(length=200),
            nullable=False,
            comment="shown on every page; may be empty",
        ),
        sa.Column(
            "as_of",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="the room's own present, where its data end in the past",
        ),
        sa.Column(
            "changed",
            sa.Integer(),
            nullable=False,
            comment="the force's mark at its last change",
        ),
        sa.Column("mark", sa.Integer(), nullable=False, comment="of its teams and officers"),
        sa.CheckConstraint("day_start BETWEEN 0 AND 1439", name=op.f("ck_control_rooms_day_start")),
        sa.ForeignKeyConstraint(
            ["force_id"], ["forces.id"], name=op.f("fk_control_rooms_force_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_rooms")),
        sa.UniqueConstraint("force_id", "id", name=op.f("uq_control_rooms_force_id_id")),
        sa.UniqueConstraint("force_id", "name", name=op.f("uq_control_rooms_force_id_name")),
    )
    op.create_table(
        "outside_ids",
        sa.Column("force_id", sa.Uuid(), nullable=False),
        sa.Column("system", sa.String(length=64), nullable=False),
        sa.Column("thing", sa.String(length=16), nullable=False),
        sa.Column("outside_id", sa.String(length=200), nullable=False),
        sa.Column("our_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "thing IN ('officer', 'queue', 'team')", name=op.f("ck_outside_ids_thing")
        ),
        sa.ForeignKeyConstraint(["force_id"], ["forces.id"], name=op.f("fk_outside_ids_force_id")),
        sa.PrimaryKeyConstraint(
            "force_id", "system", "thing", "outside_id", name=op.f("pk_outside_ids")
        ),
    )
    op.create_index(
        op.f("ix_outside_ids_force_id_thing_our_id"), "outside_ids", ["force_id", "thing", "our_id"]
    )
    op.create_table(
        "skills",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("force_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "changed",
            sa.Integer(),
            nullable=False,
            comment="the force's mark at its last change",
        ),
        sa.ForeignKeyConstraint(["force_id"], ["forces.id"], name=op.f("fk_skills_force_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skills")),
        sa.UniqueConstraint("force_id", "code", name=op.f("uq_skills_force_id_code")),
    )
    op.create_table(
        "teams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "changed",
            sa.Integer(),
            nullable=False,
            comment="the room's mark at its last change",
        ),
        sa.ForeignKeyConstraint(["room_id"], ["control_rooms.id"], name=op.f("fk_teams_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("room_id", "id", name=op.f("uq_teams_room_id_id")),
        sa.UniqueConstraint("room_id", "name", name=op.f("uq_teams_room_id_name")),
    )
    op.create_table(
        "officers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("force_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column(
            "number", sa.String(length=64), nullable=False, comment="warrant or staff number"
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("grade", sa.String(length=64), nullable=False),
        sa.Column("employment", sa.String(length=16), nullable=False),
        sa.Column("started", sa.Date(), nullable=False, comment="first day of service"),
        sa.Column("left", sa.Date(), nullable=True, comment="first day no longer in service"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.Column(
            "changed",
            sa.Integer(),
            nullable=False,
            comment="the room's mark at its last change",
        ),
        sa.CheckConstraint(
            "employment IN ('officer', 'staff')", name=op.f("ck_officers_employment")
        ),
        sa.CheckConstraint('"left" > started', name=op.f("ck_officers_left")),
        sa.ForeignKeyConstraint(
            ["force_id", "room_id"],
            ["control_rooms.force_id", "control_rooms.id"],
            name=op.f("fk_officers_force_id_room_id"),
        ),
        sa.ForeignKeyConstraint(
            ["room_id", "team_id"],
            ["teams.room_id", "teams.id"],
            name=op.f("fk_officers_room_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
        sa.UniqueConstraint("force_id", "number", name=op.f("uq_officers_force_id_number")),
    )
    op.create_index(op.f("ix_officers_room_id_name_id"), "officers", ["room_id", "name", "id"])
    op.create_index(
        op.f("ix_officers_room_id_changed_id"), "officers", ["room_id", "changed", "id"]
    )
    op.create_index(op.f("ix_officers_team_id"), "officers", ["team_id"])
    op.create_table(
        "contracts",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.Column(
            "weekly_minutes", sa.Integer(), nullable=False, comment="contracted, a week on average"
        ),
        sa.CheckConstraint("until_day > from_day", name=op.f("ck_contracts_days")),
        sa.CheckConstraint(
            "weekly_minutes BETWEEN 0 AND 10080", name=op.f("ck_contracts_weekly_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_contracts_officer_id")
        ),
        sa.PrimaryKeyConstraint("officer_id", "from_day", name=op.f("pk_contracts")),
    )
    op.create_table(
        "officer_skills",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.CheckConstraint("until_day > from_day", name=op.f("ck_officer_skills_days")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_officer_skills_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_officer_skills_skill_id")
        ),
        sa.PrimaryKeyConstraint(
            "officer_id", "skill_id", "from_day", name=op.f("pk_officer_skills")
        ),
    )
    op.create_index(op.f("ix_officer_skills_skill_id"), "officer_skills", ["skill_id"])
    op.create_table(
        "past_shifts",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.CheckConstraint("state IN ('published', 'worked')", name=op.f("ck_past_shifts_state")),
        sa.CheckConstraint('"end" > start', name=op.f("ck_past_shifts_span")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_past_shifts_officer_id")
        ),
        sa.PrimaryKeyConstraint("officer_id", "state", "start", name=op.f("pk_past_shifts")),
    )
    op.create_table(
        "people_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False, comment="text by name; empty once applied"),
        sa.Column(
            "counts",
            sa.JSON(),
            nullable=False,
            comment="what was done, by kind; empty until applied",
        ),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_people_imports_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_imports")),
    )
    op.create_index(
        op.f("ix_people_imports_room_id_asked_at"), "people_imports", ["room_id", "asked_at"]
    )


def downgrade() -> None:
    op.drop_table("people_imports")
    op.drop_table("past_shifts")
    op.drop_table("officer_skills")
    op.drop_table("contracts")
    op.drop_table("officers")
    op.drop_table("teams")
    op.drop_table("skills")
    op.drop_table("outside_ids")
    op.drop_table("control_rooms")
    op.drop_table("forces")
