"""Keep what the public reports about product codes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of reports."""
    op.create_table(
        "code_reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("photo_id", ID, nullable=True),
        sa.Column("province_code", sa.String(length=2), nullable=True),
        sa.Column("commune_code", sa.String(length=5), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("handled_by_id", ID, nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [target], name=f"fk_code_reports_{column}")
            for column, target in (
                ("photo_id", "stored_files.id"),
                ("province_code", "provinces.code"),
                ("commune_code", "communes.code"),
                ("handled_by_id", "users.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name="pk_code_reports"),
    )
    op.create_index("ix_code_reports_product_code", "code_reports", ["product_code"])
    op.create_index(
        "ix_code_reports_handled_at_created_at_id",
        "code_reports",
        ["handled_at", "created_at", "id"],
    )


def downgrade() -> None:
    """Forget the reports."""
    op.drop_table("code_reports")
