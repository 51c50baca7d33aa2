"""The invented goods: listings in every status, packs, pictures, and what lies on the shelf."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from shop.catalogue.models import (
    MovementKind,
    Product,
    ProductPicture,
    ProductStatus,
    Sku,
    StockMovement,
    Unit,
)
from shop.catalogue.operations.summary import summarise
from shop.core.vietnamese import fold
from shop.demo.content.records import DemoProduct, DemoSku
from shop.demo.operations import people, promotions
from shop.demo.operations.scene import Scene
from shop.demo.operations.stalls import PlacedStall

ALT = "Ảnh minh họa: {}"
EXPIRED_AFTER = 30
NEWEST_QUEUE = 6
DECIDED_AFTER = timedelta(hours=12)


@dataclass(frozen=True)
class Pack:
    """A pack as its row is written, with the names that a summary of packs reads."""

    id: int
    price_vnd: int
    net_quantity: int
    unit: Unit
    on_hand: int
    held: int = 0


@dataclass(frozen=True)
class Listing:
    """A product on its shelf, as certificates and orders need to know it."""

    id: int
    demo: DemoProduct
    stall: PlacedStall
    status: ProductStatus
    listed_days: int
    packs: tuple[Pack, ...]


def listed_days(demo: DemoProduct) -> int:
    """Return since when goods are listed: some time before their certificate ran out, if it did."""
    claimed = demo.certificate
    if claimed is None or claimed.state != "expired":
        return demo.listed_days_ago
    return max(demo.listed_days_ago, EXPIRED_AFTER - claimed.expires_in_days)


def add_goods(scene: Scene, stall: PlacedStall, demo: DemoProduct) -> Listing:
    """Add a product with its packs, opening stock, picture and record."""
    rng = scene.rng(f"product/{demo.number}")
    status = ProductStatus(demo.listing) if stall.is_active else ProductStatus.DRAFT
    days = listed_days(demo) if stall.is_active else min(listed_days(demo), stall.opened_days)
    times = _times(scene, status, days, rng=rng)
    number = scene.rows.reserve(Product)
    owner = {"stall_id": stall.id, "product_id": number}
    packs = tuple(
        _add_pack(scene, owner, (place, sku), moment=times["created_at"])
        for place, sku in enumerate(demo.skus)
    )
    scene.rows.put(
        Product,
        id=number,
        stall_id=stall.id,
        slug=scene.address("product", demo.name),
        province_code=stall.place.province_code,
        commune_code=stall.place.commune_code,
        **_words(demo),
        **_standing(status, demo),
        **summarise(packs)._asdict(),
        **times,
    )
    _add_picture(scene, number, demo, moment=times["created_at"])
    listing = Listing(number, demo, stall, status, days, packs)
    _record(scene, listing, times)
    return listing


def _times(scene: Scene, status: ProductStatus, days: int, *, rng: Random) -> dict[str, Any]:
    """Return when a listing was written, handed in and shown; queues hold the last days only."""
    if status is not ProductStatus.PUBLISHED:
        days = min(days, rng.randrange(NEWEST_QUEUE))
    is_sent = status is not ProductStatus.DRAFT
    is_shown = status is ProductStatus.PUBLISHED
    return {
        "created_at": scene.ago(days + 2, rng),
        "submitted_at": scene.ago(days + 1, rng) if is_sent else None,
        "published_at": scene.ago(days, rng) if is_shown else None,
    }


def _words(demo: DemoProduct) -> dict[str, Any]:
    return {
        "name": demo.name,
        "search_key": fold(demo.name)[:250],
        "product_set": demo.product_set,
        "summary": demo.summary,
        "description": demo.description,
        "ingredients": demo.ingredients or "",
        "storage": demo.storage,
        "shelf_life": demo.shelf_life or "",
        "season_months": ",".join(map(str, demo.season_months)),
        "is_demo": True,
    }


def _standing(status: ProductStatus, demo: DemoProduct) -> dict[str, Any]:
    is_returned = status is ProductStatus.RETURNED
    return {
        "status": status,
        "status_reason": (demo.return_reason or "") if is_returned else "",
        "staged": None,
        "staged_status": None,
        "version": {ProductStatus.DRAFT: 0, ProductStatus.SUBMITTED: 1}.get(status, 2),
        "rating_sum": 0,
        "rating_count": 0,
    }


def _add_pack(
    scene: Scene, owner: dict[str, int], which: tuple[int, DemoSku], *, moment: datetime
) -> Pack:
    place, sku = which
    unit = Unit(sku.unit)
    number = scene.rows.add(
        Sku,
        **owner,
        code=f"SP{owner['product_id']}-{place + 1}",
        label=sku.label,
        position=place,
        net_quantity=sku.net_quantity,
        unit=unit,
        weight_g=sku.weight_g,
        price_vnd=sku.price_vnd,
        on_hand=sku.stock,
        held=0,
        committed=0,
        is_active=True,
    )
    promotions.add_prices(scene, number, sku, moment=moment)
    if sku.stock:
        _add_opening(scene, number, sku.stock, moment=moment)
    return Pack(number, sku.price_vnd, sku.net_quantity, unit, sku.stock)


def _add_opening(scene: Scene, sku_id: int, pieces: int, *, moment: datetime) -> None:
    scene.rows.add(
        StockMovement,
        sku_id=sku_id,
        kind=MovementKind.OPENING,
        on_hand_delta=pieces,
        held_delta=0,
        committed_delta=0,
        on_hand_after=pieces,
        held_after=0,
        committed_after=0,
        at=moment,
    )


def _add_picture(scene: Scene, product_id: int, demo: DemoProduct, *, moment: datetime) -> None:
    scene.rows.add(
        ProductPicture,
        product_id=product_id,
        file_id=scene.gallery.picture(scene.rows, demo.picture, at=moment),
        alt=ALT.format(demo.name),
        position=0,
    )


def _record(scene: Scene, listing: Listing, times: dict[str, Any]) -> None:
    """Write down how the listing came to stand where it stands."""
    subject, maker = (Product.__tablename__, listing.id), listing.stall.maker
    named = {"name": listing.demo.name}
    scene.rows.deed("product.created", subject, at=times["created_at"], actor=maker, data=named)
    if times["submitted_at"] is None:
        return
    moved = {"before": ProductStatus.DRAFT.value, "after": ProductStatus.SUBMITTED.value}
    scene.rows.deed("product.submitted", subject, at=times["submitted_at"], actor=maker, data=moved)
    if listing.status is not ProductStatus.SUBMITTED:
        reason = (listing.demo.return_reason or "") if times["published_at"] is None else ""
        scene.rows.deed(
            f"product.{listing.status.value}",
            subject,
            at=times["published_at"] or times["submitted_at"] + DECIDED_AFTER,
            actor=scene.people[people.MODERATOR],
            data={"reason": reason},
        )
