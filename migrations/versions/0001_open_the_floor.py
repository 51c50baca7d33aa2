"""open the floor."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = ("audit_entries", "payment_events", "stock_movements")

POSTGRESQL_REFUSAL = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$
"""


def protect() -> None:
    """Let the database itself refuse to change or delete what may only be added."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_REFUSAL)
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table('audit_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.Column('action', sa.String(length=64), nullable=False),
    sa.Column('subject_type', sa.String(length=32), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('request_id', sa.String(length=40), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries'))
    )
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entries_action_id'), ['action', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_at_id'), ['at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_subject_type_subject_id_id'), ['subject_type', 'subject_id', 'id'], unique=False)

    op.create_table('outbox_messages',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic', sa.String(length=64), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=True),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('available_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('parked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_messages')),
    sa.UniqueConstraint('key', name=op.f('uq_outbox_messages_key'))
    )
    with op.batch_alter_table('outbox_messages', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_messages_waiting', ['available_at'], unique=False, sqlite_where=sa.text('delivered_at IS NULL AND parked_at IS NULL'), postgresql_where=sa.text('delivered_at IS NULL AND parked_at IS NULL'))

    op.create_table('periodic_runs',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_periodic_runs'))
    )
    op.create_table('provinces',
    sa.Column('code', sa.String(length=2), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('full_name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.Enum('thanh-pho', 'tinh', name='provincekind', native_enum=False, length=32), nullable=False),
    sa.Column('search_key', sa.String(length=100), nullable=False),
    sa.Column('sort_order', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_provinces'))
    )
    op.create_table('stored_files',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=48), nullable=False),
    sa.Column('content_type', sa.String(length=64), nullable=False),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('original_name', sa.String(length=200), nullable=False),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('is_private', sa.Boolean(), nullable=False),
    sa.Column('has_variants', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_files')),
    sa.UniqueConstraint('name', name=op.f('uq_stored_files_name'))
    )
    with op.batch_alter_table('stored_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stored_files_sha256'), ['sha256'], unique=False)

    op.create_table('throttle_windows',
    sa.Column('key', sa.String(length=160), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_throttle_windows'))
    )
    with op.batch_alter_table('throttle_windows', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_throttle_windows_ends_at'), ['ends_at'], unique=False)

    op.create_table('users',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('role', sa.Enum('buyer', 'moderator', 'operator', name='role', native_enum=False, length=32), nullable=False),
    sa.Column('locale', sa.String(length=8), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('is_blocked', sa.Boolean(), nullable=False),
    sa.Column('terms_accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('email', name=op.f('uq_users_email'))
    )
    op.create_table('carts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('checkout_key', sa.String(length=64), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(user_id IS NULL) <> (token_hash IS NULL)', name=op.f('ck_carts_owner')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_carts_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_carts')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_carts_token_hash')),
    sa.UniqueConstraint('user_id', name=op.f('uq_carts_user_id'))
    )
    with op.batch_alter_table('carts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_carts_updated_at'), ['updated_at'], unique=False)

    op.create_table('communes',
    sa.Column('code', sa.String(length=5), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('full_name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.Enum('xa', 'phuong', 'dac-khu', name='communekind', native_enum=False, length=32), nullable=False),
    sa.Column('search_key', sa.String(length=100), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.ForeignKeyConstraint(['province_code'], ['provinces.code'], name=op.f('fk_communes_province_code')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_communes'))
    )
    with op.batch_alter_table('communes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_communes_province_code_search_key'), ['province_code', 'search_key'], unique=False)

    op.create_table('notifications',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('template', sa.String(length=80), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('url', sa.String(length=200), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notifications_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notifications')),
    sa.UniqueConstraint('key', name=op.f('uq_notifications_key'))
    )
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notifications_user_id_id'), ['user_id', 'id'], unique=False)

    op.create_table('orders',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=True),
    sa.Column('buyer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('checkout_key', sa.String(length=64), nullable=False),
    sa.Column('address', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('payment_method', sa.String(length=20), nullable=False),
    sa.Column('goods_vnd', sa.BigInteger(), nullable=False),
    sa.Column('delivery_vnd', sa.BigInteger(), nullable=False),
    sa.Column('discount_vnd', sa.BigInteger(), nullable=False),
    sa.Column('total_vnd', sa.BigInteger(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('placed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('total_vnd >= 0', name=op.f('ck_orders_total')),
    sa.ForeignKeyConstraint(['buyer_id'], ['users.id'], name=op.f('fk_orders_buyer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_orders')),
    sa.UniqueConstraint('checkout_key', name=op.f('uq_orders_checkout_key')),
    sa.UniqueConstraint('code', name=op.f('uq_orders_code'))
    )
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_orders_buyer_id_id'), ['buyer_id', 'id'], unique=False)

    op.create_table('password_resets',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_password_resets_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_password_resets')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_password_resets_token_hash'))
    )
    with op.batch_alter_table('password_resets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_password_resets_user_id'), ['user_id'], unique=False)

    op.create_table('user_sessions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_agent', sa.String(length=300), nullable=False),
    sa.Column('ip_address', sa.String(length=45), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_user_sessions_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_sessions')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_user_sessions_token_hash'))
    )
    with op.batch_alter_table('user_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_sessions_user_id'), ['user_id'], unique=False)

    op.create_table('addresses',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('recipient', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('street', sa.String(length=200), nullable=False),
    sa.Column('commune_code', sa.String(length=5), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=False),
    sa.Column('is_default', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['commune_code'], ['communes.code'], name=op.f('fk_addresses_commune_code')),
    sa.ForeignKeyConstraint(['province_code'], ['provinces.code'], name=op.f('fk_addresses_province_code')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_addresses_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_addresses'))
    )
    with op.batch_alter_table('addresses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_addresses_user_id_id'), ['user_id', 'id'], unique=False)

    op.create_table('moderator_scopes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=True),
    sa.Column('commune_code', sa.String(length=5), nullable=True),
    sa.ForeignKeyConstraint(['commune_code'], ['communes.code'], name=op.f('fk_moderator_scopes_commune_code')),
    sa.ForeignKeyConstraint(['province_code'], ['provinces.code'], name=op.f('fk_moderator_scopes_province_code')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_moderator_scopes_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderator_scopes'))
    )
    with op.batch_alter_table('moderator_scopes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moderator_scopes_user_id'), ['user_id'], unique=False)

    op.create_table('old_places',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('province', 'district', 'commune', name='oldkind', native_enum=False, length=32), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('search_key', sa.String(length=100), nullable=False),
    sa.Column('old_district', sa.String(length=120), nullable=False),
    sa.Column('old_province', sa.String(length=120), nullable=False),
    sa.Column('old_province_key', sa.String(length=100), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=False),
    sa.Column('commune_code', sa.String(length=5), nullable=True),
    sa.Column('is_split', sa.Boolean(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['commune_code'], ['communes.code'], name=op.f('fk_old_places_commune_code')),
    sa.ForeignKeyConstraint(['province_code'], ['provinces.code'], name=op.f('fk_old_places_province_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_old_places'))
    )
    with op.batch_alter_table('old_places', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_old_places_old_province_key_search_key'), ['old_province_key', 'search_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_old_places_province_code_kind'), ['province_code', 'kind'], unique=False)

    op.create_table('payments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('amount_vnd', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_payments_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments')),
    sa.UniqueConstraint('order_id', name=op.f('uq_payments_order_id'))
    )
    op.create_table('recognition_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=140), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('product_name', sa.String(length=200), nullable=False),
    sa.Column('producer', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('old_province', sa.String(length=80), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=True),
    sa.Column('commune_code', sa.String(length=5), nullable=True),
    sa.Column('place_flag', sa.String(length=32), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=True),
    sa.Column('decision_number', sa.String(length=80), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('search_key', sa.String(length=800), nullable=False),
    sa.Column('sort_key', sa.String(length=800).with_variant(sa.String(length=800, collation='C'), 'postgresql'), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['commune_code'], ['communes.code'], name=op.f('fk_recognition_entries_commune_code')),
    sa.ForeignKeyConstraint(['province_code'], ['provinces.code'], name=op.f('fk_recognition_entries_province_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition_entries')),
    sa.UniqueConstraint('slug', name=op.f('uq_recognition_entries_slug')),
    sa.UniqueConstraint('source_key', name=op.f('uq_recognition_entries_source_key'))
    )
    with op.batch_alter_table('recognition_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recognition_entries_province_code_stars'), ['province_code', 'stars'], unique=False)
        batch_op.create_index(batch_op.f('ix_recognition_entries_sort_key'), ['sort_key'], unique=False)

    op.create_table('stalls',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=100), nullable=False),
    sa.Column('legal_name', sa.String(length=200), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('search_key', sa.String(length=400), nullable=False),
    sa.Column('kind', sa.Enum('cooperative', 'company', 'cooperative_group', 'household', 'farm', 'other', name='entitykind', native_enum=False, length=32), nullable=False),
    sa.Column('tax_code', sa.String(length=14), nullable=False),
    sa.Column('representative', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('street', sa.String(length=200), nullable=False),
    sa.Column('commune_code', sa.String(length=5), nullable=True),
    sa.Column('province_code', sa.String(length=2), nullable=True),
    sa.Column('story', sa.Text(), nullable=False),
    sa.Column('picture_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('status', sa.Enum('draft', 'submitted', 'returned', 'active', 'suspended', 'closed', name='stallstatus', native_enum=False, length=32), nullable=False),
    sa.Column('status_reason', sa.Text(), nullable=False),
    sa.Column('reason_code', sa.String(length=32), nullable=False),
    sa.Column('application', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("status = 'draft' OR (commune_code IS NOT NULL AND province_code IS NOT NULL)", name=op.f('ck_stalls_place')),
    sa.ForeignKeyConstraint(['commune_code'], ['communes.code'], name=op.f('fk_stalls_commune_code')),
    sa.ForeignKeyConstraint(['picture_id'], ['stored_files.id'], name=op.f('fk_stalls_picture_id')),
    sa.ForeignKeyConstraint(['province_code'], ['provinces.code'], name=op.f('fk_stalls_province_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stalls')),
    sa.UniqueConstraint('slug', name=op.f('uq_stalls_slug'))
    )
    with op.batch_alter_table('stalls', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stalls_commune_code'), ['commune_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_stalls_status_province_code'), ['status', 'province_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_stalls_tax_code'), ['tax_code'], unique=False)

    op.create_table('delivery_tables',
    sa.Column('stall_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('own_province_vnd', sa.BigInteger(), nullable=False),
    sa.Column('elsewhere_vnd', sa.BigInteger(), nullable=False),
    sa.Column('free_from_vnd', sa.BigInteger(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('free_from_vnd IS NULL OR free_from_vnd > 0', name=op.f('ck_delivery_tables_free')),
    sa.CheckConstraint('own_province_vnd >= 0 AND elsewhere_vnd >= 0', name=op.f('ck_delivery_tables_fees')),
    sa.ForeignKeyConstraint(['stall_id'], ['stalls.id'], name=op.f('fk_delivery_tables_stall_id')),
    sa.PrimaryKeyConstraint('stall_id', name=op.f('pk_delivery_tables'))
    )
    op.create_table('products',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stall_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=120), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('search_key', sa.String(length=250), nullable=False),
    sa.Column('product_set', sa.Integer(), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=False),
    sa.Column('commune_code', sa.String(length=5), nullable=False),
    sa.Column('summary', sa.String(length=300), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('ingredients', sa.Text(), nullable=False),
    sa.Column('storage', sa.Text(), nullable=False),
    sa.Column('shelf_life', sa.String(length=120), nullable=False),
    sa.Column('season_months', sa.String(length=40), nullable=False),
    sa.Column('status', sa.Enum('draft', 'submitted', 'returned', 'published', 'hidden', name='productstatus', native_enum=False, length=32), nullable=False),
    sa.Column('status_reason', sa.Text(), nullable=False),
    sa.Column('staged', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('staged_status', sa.Enum('submitted', 'returned', name='stagedstatus', native_enum=False, length=32), nullable=True),
    sa.Column('staged_reason', sa.Text(), nullable=False),
    sa.Column('price_from_vnd', sa.BigInteger(), nullable=True),
    sa.Column('unit_price_vnd', sa.BigInteger(), nullable=True),
    sa.Column('is_in_stock', sa.Boolean(), nullable=False),
    sa.Column('rating_sum', sa.Integer(), nullable=False),
    sa.Column('rating_count', sa.Integer(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['commune_code'], ['communes.code'], name=op.f('fk_products_commune_code')),
    sa.ForeignKeyConstraint(['province_code'], ['provinces.code'], name=op.f('fk_products_province_code')),
    sa.ForeignKeyConstraint(['stall_id'], ['stalls.id'], name=op.f('fk_products_stall_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_products')),
    sa.UniqueConstraint('slug', name=op.f('uq_products_slug'))
    )
    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_products_commune_code'), ['commune_code'], unique=False)
        batch_op.create_index('ix_products_listed_price_from_vnd', ['status', 'price_from_vnd', 'id', 'stall_id'], unique=False, sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))
        batch_op.create_index('ix_products_listed_product_set', ['status', 'product_set', 'published_at', 'id', 'stall_id'], unique=False, sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))
        batch_op.create_index('ix_products_listed_province_code', ['status', 'province_code', 'published_at', 'id', 'stall_id'], unique=False, sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))
        batch_op.create_index('ix_products_listed_published_at', ['status', 'published_at', 'id', 'stall_id'], unique=False, sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))
        batch_op.create_index('ix_products_listed_unit_price_vnd', ['status', 'unit_price_vnd', 'id', 'stall_id'], unique=False, sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))
        batch_op.create_index(batch_op.f('ix_products_staged_status_submitted_at'), ['staged_status', 'submitted_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_products_stall_id_status_published_at'), ['stall_id', 'status', 'published_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_products_status_submitted_at'), ['status', 'submitted_at'], unique=False)

    op.create_table('stall_documents',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stall_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('business_registration', 'food_safety', 'representative_id', 'other', name='documentkind', native_enum=False, length=32), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('issuer', sa.String(length=200), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_stall_documents_file_id')),
    sa.ForeignKeyConstraint(['stall_id'], ['stalls.id'], name=op.f('fk_stall_documents_stall_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stall_documents'))
    )
    with op.batch_alter_table('stall_documents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stall_documents_stall_id'), ['stall_id'], unique=False)

    op.create_table('stall_members',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stall_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('manager', 'operator', name='memberkind', native_enum=False, length=32), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['stall_id'], ['stalls.id'], name=op.f('fk_stall_members_stall_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_stall_members_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stall_members')),
    sa.UniqueConstraint('stall_id', 'user_id', name=op.f('uq_stall_members_stall_id_user_id'))
    )
    with op.batch_alter_table('stall_members', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stall_members_user_id'), ['user_id'], unique=False)

    op.create_table('stall_orders',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stall_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=24), nullable=True),
    sa.Column('stall_name', sa.String(length=120), nullable=False),
    sa.Column('status', sa.Enum('placed', 'confirmed', 'packed', 'shipped', 'delivered', 'completed', 'cancelled', name='stallorderstatus', native_enum=False, length=32), nullable=False),
    sa.Column('goods_vnd', sa.BigInteger(), nullable=False),
    sa.Column('delivery_vnd', sa.BigInteger(), nullable=False),
    sa.Column('discount_vnd', sa.BigInteger(), nullable=False),
    sa.Column('total_vnd', sa.BigInteger(), nullable=False),
    sa.Column('cancelled_by', sa.Enum('buyer', 'stall', 'floor', name='cancelledby', native_enum=False, length=32), nullable=True),
    sa.Column('cancel_code', sa.String(length=32), nullable=False),
    sa.Column('cancel_reason', sa.Text(), nullable=False),
    sa.Column('placed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('goods_vnd + delivery_vnd - discount_vnd = total_vnd', name=op.f('ck_stall_orders_total')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_stall_orders_order_id')),
    sa.ForeignKeyConstraint(['stall_id'], ['stalls.id'], name=op.f('fk_stall_orders_stall_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stall_orders')),
    sa.UniqueConstraint('code', name=op.f('uq_stall_orders_code')),
    sa.UniqueConstraint('order_id', 'stall_id', name=op.f('uq_stall_orders_order_id_stall_id'))
    )
    with op.batch_alter_table('stall_orders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stall_orders_stall_id_status_id'), ['stall_id', 'status', 'id'], unique=False)

    op.create_table('stall_slugs',
    sa.Column('slug', sa.String(length=100), nullable=False),
    sa.Column('stall_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['stall_id'], ['stalls.id'], name=op.f('fk_stall_slugs_stall_id')),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_stall_slugs'))
    )
    with op.batch_alter_table('stall_slugs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stall_slugs_stall_id'), ['stall_id'], unique=False)

    op.create_table('certificates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stall_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_name', sa.String(length=200), nullable=False),
    sa.Column('product_set', sa.Integer(), nullable=False),
    sa.Column('product_code', sa.String(length=40), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=False),
    sa.Column('score_hundredths', sa.Integer(), nullable=True),
    sa.Column('decision_number', sa.String(length=80), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('issuer', sa.String(length=200), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('holder', sa.String(length=200), nullable=False),
    sa.Column('scan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('entry_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('province_code', sa.String(length=2), nullable=False),
    sa.Column('commune_code', sa.String(length=5), nullable=False),
    sa.Column('status', sa.Enum('submitted', 'returned', 'verified', 'refused', 'revoked', 'replaced', name='certificatestatus', native_enum=False, length=32), nullable=False),
    sa.Column('grade', sa.Enum('recognition_list', 'scan', name='evidencegrade', native_enum=False, length=32), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('submitted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verified_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('expires_on > decided_on', name=op.f('ck_certificates_dates')),
    sa.CheckConstraint('stars BETWEEN 3 AND 5', name=op.f('ck_certificates_stars')),
    sa.ForeignKeyConstraint(['commune_code'], ['communes.code'], name=op.f('fk_certificates_commune_code')),
    sa.ForeignKeyConstraint(['entry_id'], ['recognition_entries.id'], name=op.f('fk_certificates_entry_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_certificates_product_id')),
    sa.ForeignKeyConstraint(['province_code'], ['provinces.code'], name=op.f('fk_certificates_province_code')),
    sa.ForeignKeyConstraint(['scan_id'], ['stored_files.id'], name=op.f('fk_certificates_scan_id')),
    sa.ForeignKeyConstraint(['stall_id'], ['stalls.id'], name=op.f('fk_certificates_stall_id')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['users.id'], name=op.f('fk_certificates_submitted_by_id')),
    sa.ForeignKeyConstraint(['verified_by_id'], ['users.id'], name=op.f('fk_certificates_verified_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificates'))
    )
    with op.batch_alter_table('certificates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificates_entry_id'), ['entry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificates_product_code'), ['product_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificates_product_id'), ['product_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificates_stall_id'), ['stall_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificates_status_decided_at_id'), ['status', 'decided_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificates_status_stars_expires_on_product_id'), ['status', 'stars', 'expires_on', 'product_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificates_status_submitted_at'), ['status', 'submitted_at'], unique=False)
        batch_op.create_index('uq_certificates_verified_code', ['product_code'], unique=True, sqlite_where=sa.text("status = 'verified'"), postgresql_where=sa.text("status = 'verified'"))
        batch_op.create_index('uq_certificates_verified_product', ['product_id'], unique=True, sqlite_where=sa.text("status = 'verified'"), postgresql_where=sa.text("status = 'verified'"))

    op.create_table('payment_shares',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('payment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stall_order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_vnd', sa.BigInteger(), nullable=False),
    sa.Column('claimed_vnd', sa.BigInteger(), nullable=False),
    sa.Column('captured_vnd', sa.BigInteger(), nullable=False),
    sa.Column('refunded_vnd', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('captured_vnd <= claimed_vnd', name=op.f('ck_payment_shares_captured')),
    sa.CheckConstraint('refunded_vnd >= 0 AND refunded_vnd <= captured_vnd', name=op.f('ck_payment_shares_refunded')),
    sa.ForeignKeyConstraint(['payment_id'], ['payments.id'], name=op.f('fk_payment_shares_payment_id')),
    sa.ForeignKeyConstraint(['stall_order_id'], ['stall_orders.id'], name=op.f('fk_payment_shares_stall_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_shares')),
    sa.UniqueConstraint('stall_order_id', name=op.f('uq_payment_shares_stall_order_id'))
    )
    with op.batch_alter_table('payment_shares', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_shares_payment_id'), ['payment_id'], unique=False)

    op.create_table('product_pictures',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('alt', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_product_pictures_file_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_product_pictures_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_product_pictures'))
    )
    with op.batch_alter_table('product_pictures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_product_pictures_product_id_position'), ['product_id', 'position'], unique=False)

    op.create_table('shipments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stall_order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('carrier', sa.String(length=80), nullable=False),
    sa.Column('tracking_number', sa.String(length=60), nullable=False),
    sa.Column('shipped_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['stall_order_id'], ['stall_orders.id'], name=op.f('fk_shipments_stall_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shipments'))
    )
    with op.batch_alter_table('shipments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shipments_stall_order_id'), ['stall_order_id'], unique=False)

    op.create_table('skus',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stall_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('net_quantity', sa.Integer(), nullable=False),
    sa.Column('unit', sa.Enum('g', 'ml', 'piece', name='unit', native_enum=False, length=32), nullable=False),
    sa.Column('weight_g', sa.Integer(), nullable=False),
    sa.Column('price_vnd', sa.BigInteger(), nullable=False),
    sa.Column('on_hand', sa.Integer(), nullable=False),
    sa.Column('held', sa.Integer(), nullable=False),
    sa.Column('committed', sa.Integer(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.CheckConstraint('committed >= 0', name=op.f('ck_skus_committed')),
    sa.CheckConstraint('held >= 0 AND held <= on_hand', name=op.f('ck_skus_held')),
    sa.CheckConstraint('net_quantity > 0', name=op.f('ck_skus_net_quantity')),
    sa.CheckConstraint('on_hand >= 0', name=op.f('ck_skus_on_hand')),
    sa.CheckConstraint('price_vnd > 0', name=op.f('ck_skus_price')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_skus_product_id')),
    sa.ForeignKeyConstraint(['stall_id'], ['stalls.id'], name=op.f('fk_skus_stall_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_skus')),
    sa.UniqueConstraint('stall_id', 'code', name=op.f('uq_skus_stall_id_code'))
    )
    with op.batch_alter_table('skus', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_skus_product_id_position'), ['product_id', 'position'], unique=False)

    op.create_table('cart_lines',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('cart_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('seen_price_vnd', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_cart_lines_quantity')),
    sa.ForeignKeyConstraint(['cart_id'], ['carts.id'], name=op.f('fk_cart_lines_cart_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sku_id'], ['skus.id'], name=op.f('fk_cart_lines_sku_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cart_lines')),
    sa.UniqueConstraint('cart_id', 'sku_id', name=op.f('uq_cart_lines_cart_id_sku_id'))
    )
    with op.batch_alter_table('cart_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cart_lines_sku_id'), ['sku_id'], unique=False)

    op.create_table('order_lines',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stall_order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_name', sa.String(length=200), nullable=False),
    sa.Column('product_slug', sa.String(length=120), nullable=False),
    sa.Column('sku_code', sa.String(length=40), nullable=False),
    sa.Column('sku_label', sa.String(length=80), nullable=False),
    sa.Column('unit', sa.Enum('g', 'ml', 'piece', name='unit', native_enum=False, length=32), nullable=False),
    sa.Column('net_quantity', sa.Integer(), nullable=False),
    sa.Column('weight_g', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('list_price_vnd', sa.BigInteger(), nullable=False),
    sa.Column('unit_price_vnd', sa.BigInteger(), nullable=False),
    sa.Column('total_vnd', sa.BigInteger(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=True),
    sa.Column('certificate_code', sa.String(length=40), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_order_lines_quantity')),
    sa.CheckConstraint('unit_price_vnd * quantity = total_vnd', name=op.f('ck_order_lines_total')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_order_lines_product_id')),
    sa.ForeignKeyConstraint(['sku_id'], ['skus.id'], name=op.f('fk_order_lines_sku_id')),
    sa.ForeignKeyConstraint(['stall_order_id'], ['stall_orders.id'], name=op.f('fk_order_lines_stall_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_lines'))
    )
    with op.batch_alter_table('order_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_order_lines_product_id'), ['product_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_order_lines_sku_id'), ['sku_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_order_lines_stall_order_id'), ['stall_order_id'], unique=False)

    op.create_table('payment_events',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('share_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('provider', sa.String(length=20), nullable=False),
    sa.Column('provider_key', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.Enum('claimed', 'captured', 'voided', 'refunded', name='paymenteventkind', native_enum=False, length=32), nullable=False),
    sa.Column('amount_vnd', sa.BigInteger(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount_vnd >= 0', name=op.f('ck_payment_events_amount')),
    sa.ForeignKeyConstraint(['share_id'], ['payment_shares.id'], name=op.f('fk_payment_events_share_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_events')),
    sa.UniqueConstraint('provider', 'provider_key', name=op.f('uq_payment_events_provider_provider_key'))
    )
    with op.batch_alter_table('payment_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_events_share_id_id'), ['share_id', 'id'], unique=False)

    op.create_table('stock_holds',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner', sa.String(length=60), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('active', 'committed', 'shipped', 'released', name='holdstatus', native_enum=False, length=32), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_stock_holds_quantity')),
    sa.ForeignKeyConstraint(['sku_id'], ['skus.id'], name=op.f('fk_stock_holds_sku_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_holds')),
    sa.UniqueConstraint('owner', name=op.f('uq_stock_holds_owner'))
    )
    with op.batch_alter_table('stock_holds', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stock_holds_sku_id_status'), ['sku_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_stock_holds_status_expires_at'), ['status', 'expires_at'], unique=False)

    op.create_table('stock_movements',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sku_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('opening', 'received', 'counted', 'held', 'released', 'committed', 'shipped', 'returned', name='movementkind', native_enum=False, length=32), nullable=False),
    sa.Column('on_hand_delta', sa.Integer(), nullable=False),
    sa.Column('held_delta', sa.Integer(), nullable=False),
    sa.Column('committed_delta', sa.Integer(), nullable=False),
    sa.Column('on_hand_after', sa.Integer(), nullable=False),
    sa.Column('held_after', sa.Integer(), nullable=False),
    sa.Column('committed_after', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=60), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_stock_movements_actor_id')),
    sa.ForeignKeyConstraint(['sku_id'], ['skus.id'], name=op.f('fk_stock_movements_sku_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_movements'))
    )
    with op.batch_alter_table('stock_movements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stock_movements_sku_id_id'), ['sku_id', 'id'], unique=False)

    op.create_table('reviews',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('status', sa.Enum('shown', 'hidden', name='reviewstatus', native_enum=False, length=32), nullable=False),
    sa.Column('hidden_reason', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('rating BETWEEN 1 AND 5', name=op.f('ck_reviews_rating')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_reviews_author_id')),
    sa.ForeignKeyConstraint(['order_line_id'], ['order_lines.id'], name=op.f('fk_reviews_order_line_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_reviews_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reviews')),
    sa.UniqueConstraint('order_line_id', name=op.f('uq_reviews_order_line_id'))
    )
    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reviews_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reviews_product_id_status_id'), ['product_id', 'status', 'id'], unique=False)

    op.create_table('review_pictures',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('review_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_review_pictures_file_id')),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_review_pictures_review_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_pictures'))
    )
    with op.batch_alter_table('review_pictures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_pictures_review_id'), ['review_id'], unique=False)

    op.create_table('review_reports',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('review_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reporter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.Enum('insult', 'personal_data', 'advertising', 'false', 'other', name='reportreason', native_enum=False, length=32), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('status', sa.Enum('open', 'upheld', 'dismissed', name='reportstatus', native_enum=False, length=32), nullable=False),
    sa.Column('decision_words', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_review_reports_decided_by_id')),
    sa.ForeignKeyConstraint(['reporter_id'], ['users.id'], name=op.f('fk_review_reports_reporter_id')),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_review_reports_review_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_reports')),
    sa.UniqueConstraint('review_id', 'reporter_id', name=op.f('uq_review_reports_review_id_reporter_id'))
    )
    with op.batch_alter_table('review_reports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_reports_status_id'), ['status', 'id'], unique=False)
    protect()


def downgrade() -> None:
    """Take the schema down again."""
    with op.batch_alter_table('review_reports', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_reports_status_id'))

    op.drop_table('review_reports')
    with op.batch_alter_table('review_pictures', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_pictures_review_id'))

    op.drop_table('review_pictures')
    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reviews_product_id_status_id'))
        batch_op.drop_index(batch_op.f('ix_reviews_author_id'))

    op.drop_table('reviews')
    with op.batch_alter_table('stock_movements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stock_movements_sku_id_id'))

    op.drop_table('stock_movements')
    with op.batch_alter_table('stock_holds', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stock_holds_status_expires_at'))
        batch_op.drop_index(batch_op.f('ix_stock_holds_sku_id_status'))

    op.drop_table('stock_holds')
    with op.batch_alter_table('payment_events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_events_share_id_id'))

    op.drop_table('payment_events')
    with op.batch_alter_table('order_lines', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_order_lines_stall_order_id'))
        batch_op.drop_index(batch_op.f('ix_order_lines_sku_id'))
        batch_op.drop_index(batch_op.f('ix_order_lines_product_id'))

    op.drop_table('order_lines')
    with op.batch_alter_table('cart_lines', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cart_lines_sku_id'))

    op.drop_table('cart_lines')
    with op.batch_alter_table('skus', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_skus_product_id_position'))

    op.drop_table('skus')
    with op.batch_alter_table('shipments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_shipments_stall_order_id'))

    op.drop_table('shipments')
    with op.batch_alter_table('product_pictures', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_product_pictures_product_id_position'))

    op.drop_table('product_pictures')
    with op.batch_alter_table('payment_shares', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_shares_payment_id'))

    op.drop_table('payment_shares')
    with op.batch_alter_table('certificates', schema=None) as batch_op:
        batch_op.drop_index('uq_certificates_verified_product', sqlite_where=sa.text("status = 'verified'"), postgresql_where=sa.text("status = 'verified'"))
        batch_op.drop_index('uq_certificates_verified_code', sqlite_where=sa.text("status = 'verified'"), postgresql_where=sa.text("status = 'verified'"))
        batch_op.drop_index(batch_op.f('ix_certificates_status_submitted_at'))
        batch_op.drop_index(batch_op.f('ix_certificates_status_stars_expires_on_product_id'))
        batch_op.drop_index(batch_op.f('ix_certificates_status_decided_at_id'))
        batch_op.drop_index(batch_op.f('ix_certificates_stall_id'))
        batch_op.drop_index(batch_op.f('ix_certificates_product_id'))
        batch_op.drop_index(batch_op.f('ix_certificates_product_code'))
        batch_op.drop_index(batch_op.f('ix_certificates_entry_id'))

    op.drop_table('certificates')
    with op.batch_alter_table('stall_slugs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stall_slugs_stall_id'))

    op.drop_table('stall_slugs')
    with op.batch_alter_table('stall_orders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stall_orders_stall_id_status_id'))

    op.drop_table('stall_orders')
    with op.batch_alter_table('stall_members', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stall_members_user_id'))

    op.drop_table('stall_members')
    with op.batch_alter_table('stall_documents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stall_documents_stall_id'))

    op.drop_table('stall_documents')
    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_products_status_submitted_at'))
        batch_op.drop_index(batch_op.f('ix_products_stall_id_status_published_at'))
        batch_op.drop_index(batch_op.f('ix_products_staged_status_submitted_at'))
        batch_op.drop_index('ix_products_listed_unit_price_vnd', sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))
        batch_op.drop_index('ix_products_listed_published_at', sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))
        batch_op.drop_index('ix_products_listed_province_code', sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))
        batch_op.drop_index('ix_products_listed_product_set', sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))
        batch_op.drop_index('ix_products_listed_price_from_vnd', sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))
        batch_op.drop_index(batch_op.f('ix_products_commune_code'))

    op.drop_table('products')
    op.drop_table('delivery_tables')
    with op.batch_alter_table('stalls', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stalls_tax_code'))
        batch_op.drop_index(batch_op.f('ix_stalls_status_province_code'))
        batch_op.drop_index(batch_op.f('ix_stalls_commune_code'))

    op.drop_table('stalls')
    with op.batch_alter_table('recognition_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recognition_entries_sort_key'))
        batch_op.drop_index(batch_op.f('ix_recognition_entries_province_code_stars'))

    op.drop_table('recognition_entries')
    op.drop_table('payments')
    with op.batch_alter_table('old_places', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_old_places_province_code_kind'))
        batch_op.drop_index(batch_op.f('ix_old_places_old_province_key_search_key'))

    op.drop_table('old_places')
    with op.batch_alter_table('moderator_scopes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_moderator_scopes_user_id'))

    op.drop_table('moderator_scopes')
    with op.batch_alter_table('addresses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_addresses_user_id_id'))

    op.drop_table('addresses')
    with op.batch_alter_table('user_sessions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_sessions_user_id'))

    op.drop_table('user_sessions')
    with op.batch_alter_table('password_resets', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_password_resets_user_id'))

    op.drop_table('password_resets')
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_orders_buyer_id_id'))

    op.drop_table('orders')
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notifications_user_id_id'))

    op.drop_table('notifications')
    with op.batch_alter_table('communes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_communes_province_code_search_key'))

    op.drop_table('communes')
    with op.batch_alter_table('carts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_carts_updated_at'))

    op.drop_table('carts')
    op.drop_table('users')
    with op.batch_alter_table('throttle_windows', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_throttle_windows_ends_at'))

    op.drop_table('throttle_windows')
    with op.batch_alter_table('stored_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stored_files_sha256'))

    op.drop_table('stored_files')
    op.drop_table('provinces')
    op.drop_table('periodic_runs')
    with op.batch_alter_table('outbox_messages', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_messages_waiting', sqlite_where=sa.text('delivered_at IS NULL AND parked_at IS NULL'), postgresql_where=sa.text('delivered_at IS NULL AND parked_at IS NULL'))

    op.drop_table('outbox_messages')
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entries_subject_type_subject_id_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_at_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_actor_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_action_id'))

    op.drop_table('audit_entries')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
