"""Keep the score sheets of the programme by version."""

import sqlalchemy as sa
from alembic import op

from shop.criteria.operations import load_bundled

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and put the version of Decision 26/2026 into them."""
    op.create_table(
        "criteria_versions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("legal_reference", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_versions")),
        sa.UniqueConstraint("code", name=op.f("uq_criteria_versions_code")),
    )
    op.create_table(
        "criteria_sheets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("product_set", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["criteria_versions.id"],
            name=op.f("fk_criteria_sheets_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_sheets")),
        sa.UniqueConstraint(
            "version_id", "product_set", name=op.f("uq_criteria_sheets_version_id_product_set")
        ),
    )
    load_bundled(op.get_bind())


def downgrade() -> None:
    """Take the sheets away; they come back from the file, later versions from theirs."""
    op.drop_table("criteria_sheets")
    op.drop_table("criteria_versions")
