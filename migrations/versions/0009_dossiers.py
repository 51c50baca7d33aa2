"""Keep dossiers on their route: notes, seats of the council, decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_OPEN = sa.text("status IN ('commune', 'province', 'council', 'decision', 'ministry')")
DOSSIER_KEYS = {
    "assessment_id": "assessments.id",
    "certificate_id": "certificates.id",
    "commune_code": "communes.code",
    "earlier_id": "dossiers.id",
    "product_id": "products.id",
    "province_code": "provinces.code",
    "stall_id": "stalls.id",
    "submitted_by_id": "users.id",
    "version_id": "criteria_versions.id",
}


def upgrade() -> None:
    """Make the tables."""
    _dossiers()
    _notes()
    _seats()


def _foreign(table: str, keys: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
        for column, target in keys.items()
    ]


def _dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("id", ID, nullable=False),
        sa.Column("stall_id", ID, nullable=False),
        sa.Column("product_id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("earlier_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("product_name", sa.String(length=200), nullable=False),
        sa.Column("product_set", sa.Integer(), nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("province_code", sa.String(length=2), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("submitted_by_id", ID, nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("average_hundredths", sa.Integer(), nullable=True),
        sa.Column("council_stars", sa.Integer(), nullable=True),
        sa.Column("ministry_hundredths", sa.Integer(), nullable=True),
        sa.Column("certificate_id", ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        *_foreign("dossiers", DOSSIER_KEYS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
    )
    with op.batch_alter_table("dossiers") as batch:
        for column in ("assessment_id", "product_id", "stall_id"):
            batch.create_index(op.f(f"ix_dossiers_{column}"), [column])
        batch.create_index(op.f("ix_dossiers_status_due_on_id"), ["status", "due_on", "id"])
        batch.create_index(
            "uq_dossiers_open_product",
            ["product_id"],
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        )


def _notes() -> None:
    op.create_table(
        "dossier_notes",
        sa.Column("id", ID, nullable=False),
        sa.Column("dossier_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *_foreign("dossier_notes", {"author_id": "users.id", "dossier_id": "dossiers.id"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_notes")),
    )
    with op.batch_alter_table("dossier_notes") as batch:
        batch.create_index(op.f("ix_dossier_notes_dossier_id"), ["dossier_id"])


def _seats() -> None:
    op.create_table(
        "council_seats",
        sa.Column("id", ID, nullable=False),
        sa.Column("dossier_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("total_hundredths", sa.Integer(), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(handed_in_at IS NULL) = (total_hundredths IS NULL)",
            name=op.f("ck_council_seats_handed_in"),
        ),
        *_foreign("council_seats", {"dossier_id": "dossiers.id", "user_id": "users.id"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_seats")),
        sa.UniqueConstraint(
            "dossier_id", "user_id", name=op.f("uq_council_seats_dossier_id_user_id")
        ),
    )
    with op.batch_alter_table("council_seats") as batch:
        batch.create_index(op.f("ix_council_seats_user_id"), ["user_id"])


def downgrade() -> None:
    """Take the tables away; self-assessments that were frozen can be changed again.

    The schema below knows no grade of decisions of this floor: such a certificate becomes one that
    was read from a paper, the weaker of the two that there are.
    """
    op.execute("UPDATE assessments SET frozen_at = NULL")
    op.execute("UPDATE certificates SET grade = 'scan' WHERE grade = 'decision'")
    op.drop_table("council_seats")
    op.drop_table("dossier_notes")
    op.drop_table("dossiers")
