"""Keep when a certificate was revoked, protect its rulings, ask no deadline of what never waits."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLE, WAITING = "certificate_rulings", "ix_certificates_status_due_on_id"
REVOKED_AT = """
UPDATE certificates SET revoked_at = COALESCE(
    (SELECT MAX(made_at) FROM certificate_rulings
     WHERE certificate_id = certificates.id AND kind = 'revoked'),
    decided_at, submitted_at)
WHERE status = 'revoked'
"""
VERIFIED_AT = """
UPDATE certificates SET decided_at = COALESCE(
    (SELECT MAX(at) FROM audit_entries
     WHERE subject_type = 'certificates' AND subject_id = certificates.id
       AND action = 'certificate.verified'),
    decided_at)
WHERE status = 'revoked' OR id IN
    (SELECT certificate_id FROM certificate_rulings WHERE kind = 'revoked')
"""
REVOKER = """COALESCE(
    (SELECT MAX(users.id) FROM users JOIN audit_entries ON audit_entries.actor_id = users.id
     WHERE subject_type = 'certificates' AND subject_id = certificates.id
       AND action = 'certificate.revoked'),
    verified_by_id)"""
MISSING_RULINGS = f"""
INSERT INTO certificate_rulings
    (certificate_id, kind, ground, words, decision_number, made_by_id, made_at)
SELECT id, 'revoked', '', reason, '', {REVOKER}, revoked_at FROM certificates
WHERE status = 'revoked' AND {REVOKER} IS NOT NULL AND id NOT IN
    (SELECT certificate_id FROM certificate_rulings WHERE kind = 'revoked')
"""  # noqa: S608  two constants of this file
DAY = {
    "sqlite": "date(submitted_at, '+14 days')",
    "postgresql": "CAST(submitted_at AS date) + 14",
}


def upgrade() -> None:
    """Add the moment of revocation and what is known of it; let the deadline be missing."""
    op.add_column("certificates", sa.Column("revoked_at", sa.DateTime(timezone=True)))
    for statement in (REVOKED_AT, VERIFIED_AT, MISSING_RULINGS):
        op.execute(statement)
    _change_due_on(sa.Column("due_on", sa.Date(), nullable=True), "due_on_before")
    op.execute("UPDATE certificates SET due_on = NULL WHERE grade = 'decision'")
    protect()


def protect() -> None:
    """Let the database itself refuse to change or delete a ruling."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )


def _change_due_on(column: sa.Column[sa.Date], before: str) -> None:
    """Give the deadline another nullability.

    SQLite gets a new column: to write the whole table anew would drop what is kept computed.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("certificates", "due_on", nullable=column.nullable)
        return
    op.drop_index(WAITING, "certificates")
    op.execute(f"ALTER TABLE certificates RENAME COLUMN due_on TO {before}")
    op.add_column("certificates", column)
    op.execute(f"UPDATE certificates SET due_on = {before}")  # noqa: S608
    op.execute(f"ALTER TABLE certificates DROP COLUMN {before}")
    op.create_index(WAITING, "certificates", ["status", "due_on", "id"])


def downgrade() -> None:
    """Put the moment of revocation where it was; rulings that were added stay."""
    engine = op.get_bind().dialect.name
    names = ("append_only",) if engine == "postgresql" else ("no_update", "no_delete")
    for name in names:
        on = f" ON {TABLE}" if engine == "postgresql" else ""
        op.execute(f"DROP TRIGGER {TABLE}_{name}{on}")
    op.execute(f"UPDATE certificates SET due_on = {DAY[engine]} WHERE due_on IS NULL")  # noqa: S608
    needed = sa.Column("due_on", sa.Date(), nullable=False, server_default="1970-01-01")
    _change_due_on(needed, "due_on_after")
    op.execute("UPDATE certificates SET decided_at = revoked_at WHERE revoked_at IS NOT NULL")
    op.execute("ALTER TABLE certificates DROP COLUMN revoked_at")
