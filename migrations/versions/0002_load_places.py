"""Load the provinces, communes and places of before July 2025."""

from alembic import op

from shop.places.operations import load_places

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put the units of today and the dated map of the old ones into their tables."""
    load_places(op.get_bind())


def downgrade() -> None:
    """Leave the rows: addresses and stalls point to them; the tables go with 0001."""
