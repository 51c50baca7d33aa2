"""Keep the life of a certificate: grace, revocation, restoration, reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LIVE_UNTIL = "CASE WHEN grace_until > expires_on THEN grace_until ELSE expires_on END"
VERIFIED = sa.text("status = 'verified'")
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Give certificates the end of their stars, and rulings a table of their own."""
    succession = sa.Enum(
        "renewed", "upgraded", "downgraded", name="succession", native_enum=False, length=32
    )
    with op.batch_alter_table("certificates") as batch_op:
        batch_op.add_column(sa.Column("grace_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("succession", succession, nullable=True))
        batch_op.add_column(sa.Column("reminded_days", sa.Integer(), nullable=True))
    # SQLite adds a kept column only by writing the table anew; its index keeps the value as well
    kept = sa.Computed(LIVE_UNTIL, persisted=op.get_bind().dialect.name == "postgresql")
    live_until = sa.Column("live_until", sa.Date(), kept, nullable=True)
    op.add_column("certificates", live_until)
    op.drop_index("ix_certificates_status_stars_expires_on_product_id", "certificates")
    op.create_index(
        "ix_certificates_status_stars_live_until_product_id",
        "certificates",
        ["status", "stars", "live_until", "product_id"],
    )
    op.create_index(
        "ix_certificates_verified_expires_on",
        "certificates",
        ["expires_on"],
        sqlite_where=VERIFIED,
        postgresql_where=VERIFIED,
    )
    _create_rulings()


def _create_rulings() -> None:
    kind = sa.Enum(
        "revoked", "restored", "grace", name="rulingkind", native_enum=False, length=32
    )
    op.create_table(
        "certificate_rulings",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("certificate_id", BIG_ID, nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("ground", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decision_number", sa.String(length=80), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("file_id", BIG_ID, nullable=True),
        sa.Column("made_by_id", BIG_ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_certificate_rulings_certificate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_certificate_rulings_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_certificate_rulings_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_rulings")),
    )
    op.create_index(
        op.f("ix_certificate_rulings_certificate_id"), "certificate_rulings", ["certificate_id"]
    )


def downgrade() -> None:
    """Take all of it away; what was withheld is revoked, so that no star comes back by itself."""
    op.execute("UPDATE certificates SET status = 'revoked' WHERE status = 'withheld'")
    op.drop_table("certificate_rulings")
    op.drop_index("ix_certificates_verified_expires_on", "certificates")
    op.drop_index("ix_certificates_status_stars_live_until_product_id", "certificates")
    for name in ("live_until", "reminded_days", "succession", "grace_until"):
        op.execute(f"ALTER TABLE certificates DROP COLUMN {name}")
    op.create_index(
        "ix_certificates_status_stars_expires_on_product_id",
        "certificates",
        ["status", "stars", "expires_on", "product_id"],
    )
