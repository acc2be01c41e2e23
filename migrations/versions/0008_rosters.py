"""Rosters: made, checked, edited, explained, published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shift_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False, comment="minutes after local midnight"),
        sa.Column(
            "minutes", sa.Integer(), nullable=False, comment="length by the clock on the wall"
        ),
        sa.Column(
            "skills",
            sa.JSON(),
            nullable=False,
            comment="codes that an officer must hold, all of them",
        ),
        sa.Column("active", sa.Boolean(), nullable=False, comment="offered to new rosters"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.CheckConstraint(
            "kind IN ('early', 'day', 'late', 'night')", name=op.f("ck_shift_templates_kind")
        ),
        sa.CheckConstraint("minutes BETWEEN 60 AND 1440", name=op.f("ck_shift_templates_minutes")),
        sa.CheckConstraint("start BETWEEN 0 AND 1439", name=op.f("ck_shift_templates_start")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_shift_templates_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_templates")),
        sa.UniqueConstraint("room_id", "code", name=op.f("uq_shift_templates_room_id_code")),
    )
    op.create_table(
        "rosters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.Column("asked_by", sa.Uuid(), nullable=False, comment="a user"),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("requirement_id", sa.Uuid(), nullable=False),
        sa.Column(
            "problem",
            sa.LargeBinary(),
            nullable=False,
            comment="frozen when asked; compressed JSON",
        ),
        sa.Column(
            "assumed", sa.JSON(), nullable=False, comment="what was assumed, a sentence each"
        ),
        sa.Column("seconds", sa.Integer(), nullable=False, comment="asked for"),
        sa.Column(
            "spent", sa.Float(), nullable=False, comment="seconds searched so far, over all runs"
        ),
        sa.Column(
            "objective",
            sa.Integer(),
            nullable=True,
            comment="points when the search ended, or so far",
        ),
        sa.Column(
            "bound", sa.Float(), nullable=True, comment="points that no lawful roster can go below"
        ),
        sa.Column(
            "first_lawful",
            sa.Float(),
            nullable=True,
            comment="seconds until the first lawful roster",
        ),
        sa.Column(
            "missing_minutes",
            sa.Integer(),
            nullable=True,
            comment="person-minutes of cover missing",
        ),
        sa.Column(
            "stopped",
            sa.String(length=32),
            nullable=True,
            comment="why the search ended; none while it runs",
        ),
        sa.Column(
            "why",
            sa.JSON(),
            nullable=False,
            comment="why there is no lawful roster, a sentence each",
        ),
        sa.Column("published_by", sa.Uuid(), nullable=True, comment="a user"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'superseded', 'discarded')",
            name=op.f("ck_rosters_state"),
        ),
        sa.CheckConstraint("days > 0", name=op.f("ck_rosters_days")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_rosters_job_id")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirements.id"], name=op.f("fk_rosters_requirement_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["control_rooms.id"], name=op.f("fk_rosters_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rosters")),
    )
    op.create_index(op.f("ix_rosters_room_id_id"), "rosters", ["room_id", "id"], unique=False)
    op.create_table(
        "roster_shifts",
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "code",
            sa.String(length=64),
            nullable=False,
            comment="of a template of the roster's problem",
        ),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"end" > start', name=op.f("ck_roster_shifts_span")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_roster_shifts_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["rosters.id"], name=op.f("fk_roster_shifts_roster_id")
        ),
        sa.PrimaryKeyConstraint("roster_id", "officer_id", "day", name=op.f("pk_roster_shifts")),
    )
    op.create_table(
        "roster_edits",
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2 … in order of time"),
        sa.Column("by", sa.Uuid(), nullable=False, comment="a user"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "changes", sa.JSON(), nullable=False, comment="officer, day, code before and after"
        ),
        sa.Column("reason", sa.Text(), nullable=False, comment="may be empty in a draft"),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.CheckConstraint(
            "state IN ('done', 'undone', 'dropped')", name=op.f("ck_roster_edits_state")
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["rosters.id"], name=op.f("fk_roster_edits_roster_id")
        ),
        sa.PrimaryKeyConstraint("roster_id", "number", name=op.f("pk_roster_edits")),
    )
    op.create_table(
        "roster_pins",
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "code",
            sa.String(length=64),
            nullable=True,
            comment="the shift to keep; none for a rest day",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_roster_pins_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["rosters.id"], name=op.f("fk_roster_pins_roster_id")
        ),
        sa.PrimaryKeyConstraint("roster_id", "officer_id", "day", name=op.f("pk_roster_pins")),
    )
    op.create_table(
        "publications",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2 … in order of time"),
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the roster, as published"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False, comment="a user"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "whole", sa.Boolean(), nullable=False, comment="a whole roster, not a change of one"
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["control_rooms.id"], name=op.f("fk_publications_room_id")
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["rosters.id"], name=op.f("fk_publications_roster_id")
        ),
        sa.PrimaryKeyConstraint("room_id", "number", name=op.f("pk_publications")),
        sa.UniqueConstraint("roster_id", "version", name=op.f("uq_publications_roster_id_version")),
    )
    op.create_table(
        "published_changes",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the publication"),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "code_before",
            sa.String(length=64),
            nullable=True,
            comment="none where no shift was published",
        ),
        sa.Column("kind_before", sa.String(length=64), nullable=True),
        sa.Column("start_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "code", sa.String(length=64), nullable=True, comment="none where it is a rest day now"
        ),
        sa.Column("kind", sa.String(length=64), nullable=True),
        sa.Column("start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_published_changes_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["room_id", "number"],
            ["publications.room_id", "publications.number"],
            name=op.f("fk_published_changes_room_id_number"),
        ),
        sa.PrimaryKeyConstraint(
            "room_id", "number", "officer_id", "day", name=op.f("pk_published_changes")
        ),
    )
    op.create_index(
        op.f("ix_published_changes_officer_id_day"),
        "published_changes",
        ["officer_id", "day"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("published_changes")
    op.drop_table("publications")
    op.drop_table("roster_pins")
    op.drop_table("roster_edits")
    op.drop_table("roster_shifts")
    op.drop_table("rosters")
    op.drop_table("shift_templates")
