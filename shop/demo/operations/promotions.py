"""The vouchers of the demo floor, and what its packs cost by number and in time."""

from datetime import datetime, timedelta
from typing import Any

from shop.catalogue.models import PriceChange, PriceTier
from shop.core import clock
from shop.core.context import acting_as
from shop.demo.content.records import DemoSku
from shop.demo.operations import people
from shop.demo.operations.scene import Scene
from shop.promotions.operations import Terms, create_voucher

TIERS_IN, REDUCED_IN = 5, 9  # one pack in so many has price breaks, has become cheaper
REDUCED_BEFORE = timedelta(days=10)
LONG_BEFORE = timedelta(days=45)
BEGUN = timedelta(days=200)
LIVES = timedelta(days=290)
STALLS = 3


def add_prices(scene: Scene, sku_id: int, sku: DemoSku, *, moment: datetime) -> None:
    """Write what a pack has cost since it was listed, and what it costs in larger numbers."""
    reduced = scene.moment - REDUCED_BEFORE
    if sku_id % REDUCED_IN == 0 and moment < reduced - LONG_BEFORE:
        before = _thousands(sku.price_vnd * 118 // 100)
        scene.rows.add(PriceChange, sku_id=sku_id, price_vnd=before, at=moment)
        moment = reduced
    scene.rows.add(PriceChange, sku_id=sku_id, price_vnd=sku.price_vnd, at=moment)
    if sku_id % TIERS_IN == 0 and sku.price_vnd >= 20_000:
        for count, percent in ((3, 95), (10, 88)):
            each = _thousands(sku.price_vnd * percent // 100)
            scene.rows.add(PriceTier, sku_id=sku_id, from_quantity=count, price_vnd=each)


def _thousands(amount_vnd: int) -> int:
    return amount_vnd // 1000 * 1000


def add_vouchers(scene: Scene, stall_ids: list[int]) -> None:
    """Give out a voucher of the floor and one of each of the first stalls, all named samples."""
    starts = clock.local(scene.moment - BEGUN).date()
    days: dict[str, Any] = {
        "starts_on": starts,
        "ends_on": starts + LIVES,
        "quota": 5000,
        "per_buyer": 50,
    }
    floor = Terms(
        code="MAUSAN20",
        name="Mã mẫu của sàn",
        amount_vnd=20_000,
        minimum_vnd=200_000,
        floor_share_bp=10_000,
        **days,
    )
    wanted: list[tuple[int | None, Terms]] = [(None, floor)]
    for number, stall_id in enumerate(stall_ids[:STALLS], start=1):
        grant: dict[str, Any] = {"percent_bp": 500 * number, "cap_vnd": 30_000 * number}
        terms = Terms(code=f"MAUGIAN{number}", name="Mã mẫu của gian hàng", **grant, **days)
        wanted.append((stall_id, terms))
    with clock.at(scene.moment - BEGUN), acting_as(scene.people[people.OPERATOR]):
        made = [create_voucher(stall_id, terms, is_demo=True) for stall_id, terms in wanted]
    scene.voucher_ids.extend(voucher.id for voucher in made)
    scene.rows.counts["vouchers"] = len(made)
