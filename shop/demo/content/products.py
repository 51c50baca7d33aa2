"""Invented goods of a stall: what it makes, in which packs, at what price."""

from collections.abc import Iterator
from random import Random

from shop.demo.content import wording
from shop.demo.content.catalogue import Kind, Pack, kinds_for, texts
from shop.demo.content.certificates import certificate
from shop.demo.content.records import (
    DemoProduct,
    DemoSku,
    DemoStall,
    ListingState,
    PictureRecipe,
)
from shop.demo.content.wording import Offer

_LISTING: tuple[ListingState, ...] = ("published", "submitted", "draft", "returned")
_LISTING_WEIGHTS = (92, 3, 3, 2)


def goods(seed: int, stall: DemoStall, numbers: range) -> Iterator[DemoProduct]:
    """Yield the products of a stall under the given numbers; no two bear the same name."""
    rng = Random(f"{seed}/goods/{stall.number}")
    markup = rng.uniform(0.92, 1.12)
    titles: set[str] = set()
    chosen = _assortment(rng, stall)
    for number, (kind, grade) in zip(numbers, chosen, strict=False):
        title = _unused(wording.title(kind, kind.grades[grade]), titles)
        offer = Offer(stall, kind, title, markup * (1 + 0.08 * grade))
        yield _product(Random(f"{seed}/product/{number}"), number, offer)


def _unused(title: str, titles: set[str]) -> str:
    fresh, batch = title, 2
    while fresh in titles:
        fresh, batch = f"{title} – mẻ {batch}", batch + 1
    titles.add(fresh)
    return fresh


def _assortment(rng: Random, stall: DemoStall) -> Iterator[tuple[Kind, int]]:
    """Yield kinds and grades for ever: one of each product set in turn, grades before repeats."""
    by_set: dict[int, list[tuple[Kind, int]]] = {}
    kinds = list(kinds_for(stall.theme, stall.province_code))
    rng.shuffle(kinds)
    for turn in range(max(len(kind.grades) for kind in kinds)):
        for kind in kinds:
            if turn < len(kind.grades):
                first = rng.randrange(len(kind.grades)) if turn == 0 else 0
                _queue(by_set, kind, first)
    queues = list(by_set.values())
    rng.shuffle(queues)
    longest = max(len(queue) for queue in queues)
    while True:
        for place in range(longest):
            yield from (queue[place] for queue in queues if place < len(queue))


def _queue(by_set: dict[int, list[tuple[Kind, int]]], kind: Kind, first: int) -> None:
    queue = by_set.setdefault(kind.product_set, [])
    used = {grade for other, grade in queue if other is kind}
    free = [grade for grade in range(len(kind.grades)) if grade not in used]
    queue.append((kind, free[first % len(free)]))


def _product(rng: Random, number: int, offer: Offer) -> DemoProduct:
    kind, stall = offer.kind, offer.stall
    listing = rng.choices(_LISTING, _LISTING_WEIGHTS)[0]
    return DemoProduct(
        number=number,
        stall_number=stall.number,
        kind=kind.key,
        group=kind.family.group,
        product_set=kind.product_set,
        name=wording.product_name(rng, offer),
        summary=wording.summary(rng, offer),
        description=wording.description(rng, offer),
        ingredients=kind.ingredients or None,
        storage=kind.family.keep,
        shelf_life=kind.family.shelf_life or None,
        season_months=kind.months,
        skus=_skus(rng, offer),
        picture=_picture(stall, kind),
        certificate=certificate(rng, number, stall.province_code),
        listing=listing,
        return_reason=_return_reason(rng, listing),
        listed_days_ago=int(540 * rng.random() ** 1.6),
        demand=round(rng.random() ** 2.2, 4),
    )


def _picture(stall: DemoStall, kind: Kind) -> PictureRecipe:
    tone = kind.tones[stall.number % len(kind.tones)]
    return PictureRecipe(kind.shape, kind.subject, tone, kind.label)


def _return_reason(rng: Random, listing: ListingState) -> str | None:
    return rng.choice(texts("reasons")["return_listing"]) if listing == "returned" else None


def _skus(rng: Random, offer: Offer) -> tuple[DemoSku, ...]:
    packs = offer.kind.series.packs
    first = rng.choice((0, 0, 0, 1)) if len(packs) > 2 else 0
    count = rng.choices((1, 2, 3, 4), (3, 4, 3, 1))[0]
    return tuple(_sku(rng, offer, pack) for pack in packs[first : first + count])


def _sku(rng: Random, offer: Offer, pack: Pack) -> DemoSku:
    price = round(offer.kind.price * pack.share * offer.markup / 1000) * 1000
    return DemoSku(
        label=pack.label,
        net_quantity=pack.quantity,
        unit=offer.kind.series.unit,
        weight_g=pack.weight_g,
        price_vnd=max(price, 5000),
        stock=_stock(rng, price),
    )


def _stock(rng: Random, price: int) -> int:
    luck = rng.random()
    if luck < 0.06:
        return 0
    if luck < 0.15:
        return rng.randrange(1, 6)
    most = 240 if price < 100_000 else 90 if price < 400_000 else 25
    return rng.randrange(8, most)
