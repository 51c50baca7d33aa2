"""Keep the self-assessments of stalls."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "assessments",
        sa.Column("id", ID, nullable=False),
        sa.Column("stall_id", ID, nullable=False),
        sa.Column("product_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("product_set", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["stall_id"], ["stalls.id"], name=op.f("fk_assessments_stall_id")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_assessments_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["criteria_versions.id"], name=op.f("fk_assessments_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    for column in ("stall_id", "product_id"):
        op.create_index(op.f(f"ix_assessments_{column}"), "assessments", [column])
    _answers()
    _evidence()


def _answers() -> None:
    op.create_table(
        "assessment_answers",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("option", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessments.id"],
            name=op.f("fk_assessment_answers_assessment_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_answers")),
        sa.UniqueConstraint(
            "assessment_id", "code", name=op.f("uq_assessment_answers_assessment_id_code")
        ),
    )


def _evidence() -> None:
    op.create_table(
        "assessment_evidence",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessments.id"],
            name=op.f("fk_assessment_evidence_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_assessment_evidence_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_evidence")),
    )
    op.create_index(
        op.f("ix_assessment_evidence_assessment_id"), "assessment_evidence", ["assessment_id"]
    )


def downgrade() -> None:
    """Take the tables away; the files of the evidence stay where they are."""
    op.drop_table("assessment_evidence")
    op.drop_table("assessment_answers")
    op.drop_table("assessments")
