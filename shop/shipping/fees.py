"""What delivery costs by a stall's table; docs/pricing.md tells the rule in words."""

from typing import NamedTuple


class FeeTable(NamedTuple):
    """A stall's fees in đồng; `free_from_vnd` of None means never free."""

    own_province_vnd: int
    elsewhere_vnd: int
    free_from_vnd: int | None


DEFAULT_TABLE = FeeTable(own_province_vnd=20_000, elsewhere_vnd=35_000, free_from_vnd=None)


def delivery_fee(
    table: FeeTable, *, goods_vnd: int, stall_province: str, buyer_province: str
) -> int:
    """Return what a buyer pays one stall for delivery; nothing from the stall's free sum on."""
    if table.free_from_vnd is not None and goods_vnd >= table.free_from_vnd:
        return 0
    is_own = stall_province == buyer_province
    return table.own_province_vnd if is_own else table.elsewhere_vnd
