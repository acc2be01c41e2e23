"""Why published rosters change, as one of three reasons, and what each change earned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

REASONS = {
    "Own request.": "own_request",
    "Agreed with the branch board.": "agreement",
    "Exigency of duty.": "exigency",
}
"""What the page wrote, in words; whatever else was written stays as it is."""


def upgrade() -> None:
    for table, comment in (
        ("roster_edits", "of a change of a published roster"),
        ("publications", "of what was published before"),
    ):
        new = sa.Column("change_reason", sa.String(length=16), nullable=True, comment=comment)
        op.add_column(table, new)
        rows = sa.table(table, sa.column("reason", sa.Text()), sa.column("change_reason"))
        for words, reason in REASONS.items():
            known = sa.update(rows).where(rows.c.reason == words)
            op.execute(known.values(change_reason=reason, reason=""))
    told = sa.Column(
        "told",
        sa.DateTime(timezone=True),
        nullable=True,
        comment="the room's own present, where its data end in the past",
    )
    op.add_column("publications", told)
    _notices()


def _notices() -> None:
    op.create_table(
        "change_notices",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the publication"),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False, comment="of change"),
        sa.Column(
            "clear_days", sa.Integer(), nullable=False, comment="of notice; below 0 afterwards"
        ),
        sa.Column(
            "awards",
            sa.JSON(),
            nullable=False,
            comment="what is due, one by one, with its source",
        ),
        sa.Column("unsocial_hours", sa.Integer(), nullable=False, comment="more, or below 0 fewer"),
        sa.Column(
            "disrupted", sa.Boolean(), nullable=False, comment="counts as a rest day disrupted"
        ),
        sa.Column(
            "authority",
            sa.String(length=200),
            nullable=False,
            comment="who authorised it; may be empty",
        ),
        sa.Column(
            "standing",
            sa.Boolean(),
            nullable=False,
            comment="no later publication changed the day",
        ),
        sa.Column(
            "name_by",
            sa.Date(),
            nullable=True,
            comment="last day to name another rest day; none: none is due",
        ),
        sa.Column("named", sa.Date(), nullable=True, comment="the rest day that was named"),
        sa.Column("named_by", sa.Uuid(), nullable=True, comment="a user"),
        sa.ForeignKeyConstraint(
            ["room_id", "number", "officer_id", "day"],
            [
                "published_changes.room_id",
                "published_changes.number",
                "published_changes.officer_id",
                "published_changes.day",
            ],
            name=op.f("fk_change_notices_room_id_number_officer_id_day"),
        ),
        sa.PrimaryKeyConstraint(
            "room_id", "number", "officer_id", "day", name=op.f("pk_change_notices")
        ),
    )
    op.create_index(
        op.f("ix_change_notices_room_id_name_by"),
        "change_notices",
        ["room_id", "name_by"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("change_notices")
    op.drop_column("publications", "told")
    for table in ("publications", "roster_edits"):
        rows = sa.table(table, sa.column("reason", sa.Text()), sa.column("change_reason"))
        for words, reason in REASONS.items():
            known = sa.update(rows).where(rows.c.change_reason == reason, rows.c.reason == "")
            op.execute(known.values(reason=words))
        op.drop_column(table, "change_reason")
