"""Keep prices by quantity and by time, vouchers, their uses, and what they took off."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
FLOOR_CHECK = "floor_discount_vnd >= 0 AND floor_discount_vnd <= discount_vnd"
# Written as column constraints, so that SQLite need not write the tables anew.
COLUMNS = (
    ("stall_orders", "floor_discount_vnd", "floor_discount", FLOOR_CHECK),
    ("order_lines", "discount_vnd", "discount", "discount_vnd >= 0 AND discount_vnd <= total_vnd"),
    ("order_lines", "floor_discount_vnd", "floor_discount", FLOOR_CHECK),
)


def upgrade() -> None:
    """Make the tables; the price that each pack has today begins its history."""
    _prices()
    _vouchers()
    _uses()
    op.create_table(
        "cart_vouchers",
        sa.Column("cart_id", ID, nullable=False),
        sa.Column("giver", ID, autoincrement=False, nullable=False),
        sa.Column("voucher_id", ID, nullable=False),
        *_foreign("cart_vouchers", {"cart_id": "carts.id", "voucher_id": "vouchers.id"}, "CASCADE"),
        sa.PrimaryKeyConstraint("cart_id", "giver", name=op.f("pk_cart_vouchers")),
    )
    op.create_index(op.f("ix_cart_vouchers_voucher_id"), "cart_vouchers", ["voucher_id"])
    for table, column, name, condition in COLUMNS:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} BIGINT DEFAULT 0 NOT NULL "
            f"CONSTRAINT ck_{table}_{name} CHECK ({condition})"
        )


def _foreign(
    table: str, keys: dict[str, str], ondelete: str | None = None
) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
        )
        for column, target in keys.items()
    ]


def _checks(table: str, checks: dict[str, str]) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
        for name, condition in checks.items()
    ]


def _prices() -> None:
    op.create_table(
        "price_tiers",
        sa.Column("id", ID, nullable=False),
        sa.Column("sku_id", ID, nullable=False),
        sa.Column("from_quantity", sa.Integer(), nullable=False),
        sa.Column("price_vnd", sa.BigInteger(), nullable=False),
        *_checks("price_tiers", {"from_quantity": "from_quantity > 1", "price": "price_vnd > 0"}),
        *_foreign("price_tiers", {"sku_id": "skus.id"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_tiers")),
        sa.UniqueConstraint(
            "sku_id", "from_quantity", name=op.f("uq_price_tiers_sku_id_from_quantity")
        ),
    )
    op.create_table(
        "price_changes",
        sa.Column("id", ID, nullable=False),
        sa.Column("sku_id", ID, nullable=False),
        sa.Column("price_vnd", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_checks("price_changes", {"price": "price_vnd > 0"}),
        *_foreign("price_changes", {"sku_id": "skus.id"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_changes")),
    )
    op.create_index("ix_price_changes_sku_id_id", "price_changes", ["sku_id", "id"])
    op.execute(
        "INSERT INTO price_changes (sku_id, price_vnd, at) "
        "SELECT id, price_vnd, CURRENT_TIMESTAMP FROM skus ORDER BY id"
    )
    _protect("price_changes")


def _protect(table: str) -> None:
    """Let the database itself refuse to change or delete what may only be added."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


VOUCHER_CHECKS = {
    "kind": "(amount_vnd IS NULL) <> (percent_bp IS NULL)",
    "amount": "amount_vnd > 0",
    "percent": "percent_bp > 0 AND percent_bp <= 10000",
    "cap": "cap_vnd > 0",
    "minimum": "minimum_vnd >= 0",
    "days": "starts_on <= ends_on",
    "quota": "redeemed >= 0 AND redeemed <= quota",
    "per_buyer": "per_buyer > 0",
    "floor_share": "floor_share_bp >= 0 AND floor_share_bp <= 10000",
    "bearer": "stall_id IS NULL OR floor_share_bp = 0",
}


def _vouchers() -> None:
    op.create_table(
        "vouchers",
        sa.Column("id", ID, nullable=False),
        sa.Column("stall_id", ID, nullable=True),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=True),
        sa.Column("percent_bp", sa.Integer(), nullable=True),
        sa.Column("cap_vnd", sa.BigInteger(), nullable=True),
        sa.Column("minimum_vnd", sa.BigInteger(), nullable=False),
        sa.Column("product_sets", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("end_words", sa.Text(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("per_buyer", sa.Integer(), nullable=False),
        sa.Column("redeemed", sa.Integer(), nullable=False),
        sa.Column("floor_share_bp", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_by_id", ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        *_checks("vouchers", VOUCHER_CHECKS),
        *_foreign("vouchers", {"stall_id": "stalls.id", "created_by_id": "users.id"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
        sa.UniqueConstraint("code", name=op.f("uq_vouchers_code")),
    )
    op.create_index(
        "ix_vouchers_stall_id_ends_on_id", "vouchers", ["stall_id", "ends_on", "id"]
    )
    op.create_table(
        "voucher_stalls",
        sa.Column("voucher_id", ID, nullable=False),
        sa.Column("stall_id", ID, nullable=False),
        sa.Column("joined_by_id", ID, nullable=True),
        sa.Column("joined_at", MOMENT, nullable=False),
        *_foreign("voucher_stalls", {"voucher_id": "vouchers.id"}, "CASCADE"),
        *_foreign("voucher_stalls", {"stall_id": "stalls.id", "joined_by_id": "users.id"}),
        sa.PrimaryKeyConstraint("voucher_id", "stall_id", name=op.f("pk_voucher_stalls")),
    )


def _uses() -> None:
    uses, parts = "voucher_redemptions", "voucher_redemption_parts"
    op.create_table(
        uses,
        sa.Column("id", ID, nullable=False),
        sa.Column("voucher_id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("buyer_id", ID, nullable=False),
        sa.Column("discount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("redeemed_at", MOMENT, nullable=False),
        sa.Column("given_back_at", MOMENT, nullable=True),
        *_checks(uses, {"discount": "discount_vnd > 0"}),
        *_foreign(
            uses, {"voucher_id": "vouchers.id", "order_id": "orders.id", "buyer_id": "users.id"}
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{uses}")),
        sa.UniqueConstraint("voucher_id", "order_id", name=op.f(f"uq_{uses}_voucher_id_order_id")),
    )
    op.create_index(f"ix_{uses}_voucher_id_buyer_id", uses, ["voucher_id", "buyer_id"])
    op.create_index(f"ix_{uses}_order_id", uses, ["order_id"])
    op.create_table(
        parts,
        sa.Column("redemption_id", ID, nullable=False),
        sa.Column("stall_order_id", ID, nullable=False),
        sa.Column("discount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("floor_discount_vnd", sa.BigInteger(), nullable=False),
        *_checks(parts, {"discount": FLOOR_CHECK}),
        *_foreign(parts, {"redemption_id": f"{uses}.id", "stall_order_id": "stall_orders.id"}),
        sa.PrimaryKeyConstraint("redemption_id", "stall_order_id", name=op.f(f"pk_{parts}")),
    )
    op.create_index(f"ix_{parts}_stall_order_id", parts, ["stall_order_id"])


def downgrade() -> None:
    """Take it all away: orders keep their discount, but which line and who bore it is lost."""
    for table, column, _, _ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in (
        *("cart_vouchers", "voucher_redemption_parts", "voucher_redemptions", "voucher_stalls"),
        *("vouchers", "price_changes", "price_tiers"),
    ):
        op.drop_table(table)
