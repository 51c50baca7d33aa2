"""The fee tables of stalls."""

from collections.abc import Iterable

from sqlalchemy import select

from shop.core.db import db
from shop.shipping.fees import DEFAULT_TABLE, FeeTable
from shop.shipping.models import DeliveryTable


def fee_tables(stall_ids: Iterable[int]) -> dict[int, FeeTable]:
    """Return each stall's table, the floor's default where it has set none; one query."""
    wanted = set(stall_ids)
    rows = db.session.scalars(select(DeliveryTable).where(DeliveryTable.stall_id.in_(wanted)))
    known = {
        row.stall_id: FeeTable(row.own_province_vnd, row.elsewhere_vnd, row.free_from_vnd)
        for row in rows
    }
    return {stall_id: known.get(stall_id, DEFAULT_TABLE) for stall_id in wanted}
