"""Sign-in, sessions, tokens, what each role may do, and the record of who did what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


GROWS_ONLY = "the audit only grows"
SQLITE = """
CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON audit
BEGIN SELECT RAISE(ABORT, '{words}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION audit_grows_only() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '{words}'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER audit_grows_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_grows_only()
"""


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True, comment="none: the command line"),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("force_id", sa.Uuid(), nullable=True),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("thing_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_force_id_id"), "audit", ["force_id", "id"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "force_id", sa.Uuid(), nullable=False, comment="whose administrators look after it"
        ),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("sign_in_name", sa.String(length=100), nullable=False, comment="in lower case"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "password_hash",
            sa.String(length=200),
            nullable=True,
            comment="argon2id; none for systems",
        ),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows by one with every change"
        ),
        sa.CheckConstraint("kind IN ('person', 'system')", name=op.f("ck_users_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_users_sign_in_name")),
    )
    op.create_index(
        op.f("ix_users_force_id_sign_in_name"), "users", ["force_id", "sign_in_name"], unique=False
    )
    op.create_index(op.f("ix_users_officer_id"), "users", ["officer_id"], unique=False)
    op.create_table(
        "grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("force_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True, comment="none: the whole force"),
        sa.CheckConstraint(
            "role <> 'administrator' OR room_id IS NULL", name=op.f("ck_grants_administrator")
        ),
        sa.CheckConstraint(
            "role <> 'officer' OR room_id IS NOT NULL", name=op.f("ck_grants_officer")
        ),
        sa.CheckConstraint(
            "role IN ('officer', 'manager', 'administrator')", name=op.f("ck_grants_role")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_grants_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    op.create_index(op.f("ix_grants_user_id"), "grants", ["user_id"], unique=False)
    op.create_table(
        "kept_answers",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False, comment="the Idempotency-Key"),
        sa.Column(
            "request", sa.String(length=64), nullable=False, comment="SHA-256 of what was asked"
        ),
        sa.Column("claim", sa.String(length=32), nullable=False, comment="who is at work on it"),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True, comment="none: still at work"),
        sa.Column("headers", sa.JSON(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_kept_answers_user_id")),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_kept_answers")),
    )
    op.create_index(op.f("ix_kept_answers_asked"), "kept_answers", ["asked"], unique=False)
    op.create_table(
        "sessions",
        sa.Column(
            "digest", sa.String(length=64), nullable=False, comment="SHA-256 of the cookie's secret"
        ),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "last_seen",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="to within some minutes",
        ),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_expires"), "sessions", ["expires"], unique=False)
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of the secret"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True, comment="none: the command line"),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "last_used", sa.DateTime(timezone=True), nullable=True, comment="to within some minutes"
        ),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tokens_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
    )
    op.create_index(op.f("ix_tokens_user_id"), "tokens", ["user_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_FUNCTION.format(words=GROWS_ONLY))
        op.execute(POSTGRESQL)
    else:
        op.execute(SQLITE.format(verb="update", words=GROWS_ONLY))
        op.execute(SQLITE.format(verb="delete", words=GROWS_ONLY))


def downgrade() -> None:
    op.drop_table("tokens")
    op.drop_table("sessions")
    op.drop_table("kept_answers")
    op.drop_table("grants")
    op.drop_table("users")
    op.drop_table("audit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_grows_only()")
