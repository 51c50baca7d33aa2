"""Keep attempts, receipts, refunds and how stalls are paid; let unpaid orders wait and expire."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PARKED = sa.text("problem IS NOT NULL AND resolved_at IS NULL")
OPEN = sa.text("expires_at IS NOT NULL AND completed_at IS NULL AND expired_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    op.create_table('payment_attempts',
    sa.Column('id', BIG_ID, nullable=False),
    sa.Column('payment_id', BIG_ID, nullable=False),
    sa.Column('provider', sa.String(length=20), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('amount_vnd', sa.BigInteger(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['payment_id'], ['payments.id'], name=op.f('fk_payment_attempts_payment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_attempts')),
    sa.UniqueConstraint('provider', 'reference', name=op.f('uq_payment_attempts_provider_reference'))
    )
    with op.batch_alter_table('payment_attempts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_attempts_payment_id'), ['payment_id'], unique=False)

    op.create_table('stall_payment_settings',
    sa.Column('stall_id', BIG_ID, nullable=False),
    sa.Column('accepts_cod', sa.Boolean(), nullable=False),
    sa.Column('cod_limit_vnd', BIG_ID, nullable=True),
    sa.Column('may_open_first', sa.Boolean(), nullable=False),
    sa.Column('accepts_vietqr', sa.Boolean(), nullable=False),
    sa.Column('bank_bin', sa.String(length=6), nullable=False),
    sa.Column('account_number', sa.String(length=19), nullable=False),
    sa.Column('account_holder', sa.String(length=120), nullable=False),
    sa.Column('accepts_vnpay', sa.Boolean(), nullable=False),
    sa.Column('accepts_stripe', sa.Boolean(), nullable=False),
    sa.Column('stripe_account', sa.String(length=64), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['stall_id'], ['stalls.id'], name=op.f('fk_stall_payment_settings_stall_id')),
    sa.PrimaryKeyConstraint('stall_id', name=op.f('pk_stall_payment_settings'))
    )
    op.create_table('receipts',
    sa.Column('id', BIG_ID, nullable=False),
    sa.Column('provider', sa.String(length=20), nullable=False),
    sa.Column('provider_key', sa.String(length=120), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('reference', sa.String(length=200), nullable=False),
    sa.Column('payment_id', BIG_ID, nullable=True),
    sa.Column('share_id', BIG_ID, nullable=True),
    sa.Column('stall_id', BIG_ID, nullable=True),
    sa.Column('problem', sa.Enum('currency', 'under', 'over', 'double', 'late', 'unknown', name='receiptproblem', native_enum=False, length=32), nullable=True),
    sa.Column('resolution', sa.Enum('refund', 'accept', 'revive', name='resolution', native_enum=False, length=32), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('resolved_by_id', BIG_ID, nullable=True),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_receipts_amount')),
    sa.ForeignKeyConstraint(['payment_id'], ['payments.id'], name=op.f('fk_receipts_payment_id')),
    sa.ForeignKeyConstraint(['resolved_by_id'], ['users.id'], name=op.f('fk_receipts_resolved_by_id')),
    sa.ForeignKeyConstraint(['share_id'], ['payment_shares.id'], name=op.f('fk_receipts_share_id')),
    sa.ForeignKeyConstraint(['stall_id'], ['stalls.id'], name=op.f('fk_receipts_stall_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipts')),
    sa.UniqueConstraint('provider', 'provider_key', name=op.f('uq_receipts_provider_provider_key'))
    )
    with op.batch_alter_table('receipts', schema=None) as batch_op:
        batch_op.create_index('ix_receipts_parked', ['id'], unique=False, sqlite_where=PARKED, postgresql_where=PARKED)
        batch_op.create_index(batch_op.f('ix_receipts_payment_id_id'), ['payment_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_receipts_share_id'), ['share_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_receipts_stall_id'), ['stall_id'], unique=False)

    op.create_table('refunds',
    sa.Column('id', BIG_ID, nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('share_id', BIG_ID, nullable=True),
    sa.Column('receipt_id', BIG_ID, nullable=True),
    sa.Column('provider', sa.String(length=20), nullable=False),
    sa.Column('amount_vnd', sa.BigInteger(), nullable=False),
    sa.Column('goods_vnd', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('status', sa.Enum('pending', 'done', 'failed', name='refundstatus', native_enum=False, length=32), nullable=False),
    sa.Column('provider_reference', sa.String(length=120), nullable=False),
    sa.Column('proof_id', BIG_ID, nullable=True),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('amount_vnd > 0', name=op.f('ck_refunds_amount')),
    sa.CheckConstraint('share_id IS NOT NULL OR receipt_id IS NOT NULL', name=op.f('ck_refunds_origin')),
    sa.ForeignKeyConstraint(['proof_id'], ['stored_files.id'], name=op.f('fk_refunds_proof_id')),
    sa.ForeignKeyConstraint(['receipt_id'], ['receipts.id'], name=op.f('fk_refunds_receipt_id')),
    sa.ForeignKeyConstraint(['share_id'], ['payment_shares.id'], name=op.f('fk_refunds_share_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refunds')),
    sa.UniqueConstraint('key', name=op.f('uq_refunds_key'))
    )
    with op.batch_alter_table('refunds', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_refunds_receipt_id'), ['receipt_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_refunds_share_id'), ['share_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_refunds_status_id'), ['status', 'id'], unique=False)

    with op.batch_alter_table('payments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('expired_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_payments_open', ['expires_at'], unique=False, sqlite_where=OPEN, postgresql_where=OPEN)

    with op.batch_alter_table('stall_orders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('revived_at', sa.DateTime(timezone=True), nullable=True))



    op.create_table(
        "card_transfers",
        sa.Column("share_id", BIG_ID, nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("reversed_vnd", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reversed_vnd >= 0 AND reversed_vnd <= amount_vnd",
            name=op.f("ck_card_transfers_reversed"),
        ),
        sa.ForeignKeyConstraint(
            ["share_id"], ["payment_shares.id"], name=op.f("fk_card_transfers_share_id")
        ),
        sa.PrimaryKeyConstraint("share_id", name=op.f("pk_card_transfers")),
        sa.UniqueConstraint("reference", name=op.f("uq_card_transfers_reference")),
    )


UNPAID = "(SELECT order_id FROM stall_orders WHERE status = 'unpaid')"


def downgrade() -> None:
    """Take the tables away; what still waited for its money is collected with the parcel."""
    op.execute(f"UPDATE orders SET payment_method = 'cod' WHERE id IN {UNPAID}")
    op.execute(f"UPDATE payments SET method = 'cod' WHERE order_id IN {UNPAID}")
    op.execute("UPDATE stall_orders SET status = 'placed' WHERE status = 'unpaid'")
    op.drop_column("stall_orders", "revived_at")
    op.drop_index("ix_payments_open", "payments")
    for name in ("expired_at", "completed_at", "expires_at"):
        op.drop_column("payments", name)
    for table in ("card_transfers", "refunds", "receipts", "stall_payment_settings", "payment_attempts"):
        op.drop_table(table)
