"""Keep the moment of a revocation by itself, and rulings as they were written."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLE = "certificate_rulings"
VERIFIED_AT = (
    "(SELECT MAX(a.at) FROM audit_entries a WHERE a.subject_type = 'certificates'"
    " AND a.subject_id = certificates.id AND a.action = 'certificate.verified')"
)
REVOKED_BY = (
    "(SELECT MAX(a.actor_id) FROM audit_entries a WHERE a.subject_type = 'certificates'"
    " AND a.subject_id = c.id AND a.action = 'certificate.revoked')"
)
LAST_KIND = (
    f"(SELECT r.kind FROM {TABLE} r WHERE r.certificate_id = c.id AND r.kind <> 'grace'"
    " ORDER BY r.id DESC LIMIT 1)"
)


def upgrade() -> None:
    """Add the column, let decisions keep their own moment, and write the rulings that lack."""
    op.add_column("certificates", sa.Column("revoked_at", sa.DateTime(timezone=True)))
    _let_due_on(nullable=True)
    op.execute("UPDATE certificates SET revoked_at = decided_at WHERE status = 'revoked'")
    op.execute(
        f"UPDATE certificates SET decided_at = COALESCE({VERIFIED_AT}, decided_at)"
        " WHERE status = 'revoked'"
    )
    op.execute("UPDATE certificates SET due_on = NULL WHERE grade = 'decision'")
    _write_missing_rulings()
    _protect()


def _let_due_on(*, nullable: bool) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("certificates", "due_on", existing_type=sa.Date(), nullable=nullable)
        return
    # SQLite would write the whole table anew; what may be empty is said in its own words instead
    op.execute("DROP INDEX ix_certificates_status_due_on_id")
    op.add_column("certificates", sa.Column("due_by", sa.Date(), nullable=True))
    op.execute("UPDATE certificates SET due_by = due_on")
    op.execute("ALTER TABLE certificates DROP COLUMN due_on")
    op.execute("ALTER TABLE certificates RENAME COLUMN due_by TO due_on")
    op.create_index(
        "ix_certificates_status_due_on_id", "certificates", ["status", "due_on", "id"]
    )


def _write_missing_rulings() -> None:
    """Write down what was revoked before rulings were kept, by whom and why as the trail says."""
    op.execute(
        f"INSERT INTO {TABLE} (certificate_id, kind, ground, words, decision_number, made_by_id,"
        " made_at) SELECT c.id, 'revoked', '', c.reason, '',"
        f" COALESCE({REVOKED_BY}, c.verified_by_id, c.submitted_by_id), c.revoked_at"
        f" FROM certificates c WHERE c.status = 'revoked' AND COALESCE({LAST_KIND}, '') <> 'revoked'"
    )


def _protect() -> None:
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


def downgrade() -> None:
    """Let the last decision stand in `decided_at` again; rulings stay as they are."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {TABLE}_append_only ON {TABLE}")
    else:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {TABLE}_no_{verb}")
    op.execute("UPDATE certificates SET decided_at = revoked_at WHERE revoked_at IS NOT NULL")
    op.execute("UPDATE certificates SET due_on = decided_on WHERE due_on IS NULL")
    _require_due_on()
    op.execute("ALTER TABLE certificates DROP COLUMN revoked_at")


def _require_due_on() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("certificates", "due_on", existing_type=sa.Date(), nullable=False)
        return
    op.execute("DROP INDEX ix_certificates_status_due_on_id")
    due = sa.Column("due_by", sa.Date(), nullable=False, server_default="1970-01-01")
    op.add_column("certificates", due)
    op.execute("UPDATE certificates SET due_by = due_on")
    op.execute("ALTER TABLE certificates DROP COLUMN due_on")
    op.execute("ALTER TABLE certificates RENAME COLUMN due_by TO due_on")
    op.create_index(
        "ix_certificates_status_due_on_id", "certificates", ["status", "due_on", "id"]
    )
