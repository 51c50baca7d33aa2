"""Keep imports of recognition lists, their previews and faults."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of files that moderators bring."""
    status = sa.Enum(
        *("draft", "importing", "imported", "discarded"),
        name="importstatus",
        native_enum=False,
        length=32,
    )
    counts = ("new_rows", "unchanged_rows", "changed_rows", "bad_rows")
    op.create_table(
        "list_imports",
        sa.Column("id", ID, nullable=False),
        sa.Column("uploaded_by_id", ID, nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("sheet", sa.String(length=80), nullable=False),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("status", status, nullable=False),
        sa.Column("imported_by_id", ID, nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in counts),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["users.id"], name=op.f("fk_list_imports_uploaded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["users.id"], name=op.f("fk_list_imports_imported_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_imports")),
    )
    op.create_index(
        op.f("ix_list_imports_uploaded_by_id_id"), "list_imports", ["uploaded_by_id", "id"]
    )


def downgrade() -> None:
    """Forget the files; what they brought into the registry stays."""
    op.drop_table("list_imports")
