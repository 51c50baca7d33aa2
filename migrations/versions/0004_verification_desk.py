"""Give the verification desk its deadlines, claims and second pair of eyes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PEOPLE = ("claimed_by_id", "approved_by_id")
DUE = {  # ten working days are two weeks for what waits at this moment
    "sqlite": "date(submitted_at, '+14 days')",
    "postgresql": "CAST(submitted_at AS date) + 14",
}


def upgrade() -> None:
    """Add the columns of the desk, and the looks of scans."""
    with op.batch_alter_table("certificates") as batch_op:
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
        for name in PEOPLE:
            batch_op.add_column(sa.Column(name, BIG_ID, nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_certificates_{name}"), "users", [name], ["id"])
    op.execute(f"UPDATE certificates SET due_on = {DUE[op.get_bind().dialect.name]}")
    with op.batch_alter_table("certificates") as batch_op:
        batch_op.alter_column("due_on", existing_type=sa.Date(), nullable=False)
        batch_op.create_index("ix_certificates_status_due_on_id", ["status", "due_on", "id"])
        batch_op.create_index(op.f("ix_certificates_scan_id"), ["scan_id"])
    _create_prints()


def _create_prints() -> None:
    op.create_table(
        "scan_prints",
        sa.Column("file_id", BIG_ID, nullable=False),
        sa.Column("look", sa.String(length=256), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_scan_prints_file_id")
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_scan_prints")),
    )
    op.create_table(
        "scan_twins",
        sa.Column("certificate_id", BIG_ID, nullable=False),
        sa.Column("twin_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_scan_twins_certificate_id")
        ),
        sa.ForeignKeyConstraint(
            ["twin_id"], ["certificates.id"], name=op.f("fk_scan_twins_twin_id")
        ),
        sa.PrimaryKeyConstraint("certificate_id", "twin_id", name=op.f("pk_scan_twins")),
    )


def downgrade() -> None:
    """Take the desk's columns and tables away."""
    op.drop_table("scan_twins")
    op.drop_table("scan_prints")
    with op.batch_alter_table("certificates") as batch_op:
        batch_op.drop_index(op.f("ix_certificates_scan_id"))
        batch_op.drop_index("ix_certificates_status_due_on_id")
        for name in PEOPLE:
            batch_op.drop_constraint(op.f(f"fk_certificates_{name}"), type_="foreignkey")
            batch_op.drop_column(name)
        for name in ("approved_at", "claimed_until", "due_on"):
            batch_op.drop_column(name)
