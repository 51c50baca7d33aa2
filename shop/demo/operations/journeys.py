"""The orders of the demo floor as a plan: who orders what from whom, and how each part ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from shop.catalogue.models import ProductStatus
from shop.demo.operations.goods import Listing, Pack
from shop.demo.operations.people import Buyer
from shop.demo.operations.scene import Scene
from shop.demo.operations.stalls import PlacedStall
from shop.orders.transitions import Action, Side

# One thing that is done to a part: by whom, what, after at least and at most so many hours.
Deed = tuple[Side, Action, int, int]
_CONFIRM: Deed = (Side.STALL, Action.CONFIRM, 2, 10)
_PACK: Deed = (Side.STALL, Action.PACK, 4, 16)
_SHIP: Deed = (Side.STALL, Action.SHIP, 2, 8)
_DELIVER: Deed = (Side.STALL, Action.DELIVER, 20, 50)
_SENT = (_CONFIRM, _PACK, _SHIP)


@dataclass(frozen=True)
class Ending:
    """How a part of an order came to stand where it stands, and how many days ago it began."""

    deeds: tuple[Deed, ...]
    youngest: float
    oldest: float
    companion: str  # how another stall's part of the same order may stand


ENDINGS = {
    "unpaid": Ending((), 0.05, 0.3, "unpaid"),
    "placed": Ending((), 0.1, 0.9, "placed"),
    "confirmed": Ending((_CONFIRM,), 1, 2, "placed"),
    "packed": Ending((_CONFIRM, _PACK), 2, 3, "confirmed"),
    "shipped": Ending(_SENT, 2, 4, "packed"),
    "delivered": Ending((*_SENT, _DELIVER), 5, 9, "shipped"),
    "completed": Ending(
        (*_SENT, _DELIVER, (Side.BUYER, Action.RECEIVE, 2, 30)), 7, 70, "cancelled_by_stall"
    ),
    "received": Ending((*_SENT, (Side.BUYER, Action.RECEIVE, 20, 50)), 7, 60, "completed"),
    "cancelled_by_buyer": Ending(((Side.BUYER, Action.CANCEL, 1, 6),), 2, 40, "cancelled_by_buyer"),
    "cancelled_late": Ending(
        (_CONFIRM, (Side.BUYER, Action.CANCEL, 1, 5)), 2, 40, "cancelled_by_buyer"
    ),
    "cancelled_by_stall": Ending(((Side.STALL, Action.CANCEL, 3, 20),), 2, 40, "cancelled_late"),
    "brought_back": Ending((*_SENT, (Side.STALL, Action.BRING_BACK, 48, 90)), 7, 30, "completed"),
}
USUAL = ("completed", "completed", "received", "completed", "delivered", "completed")
TRIES = 40
FEWEST, MOST, GOODS_PER_ORDER = 22, 80, 7


@dataclass(frozen=True)
class Part:
    """What one stall is asked for, and how it ends."""

    stall: PlacedStall
    ending: str
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Journey:
    """An order from the button to where it stands today."""

    number: int
    buyer: Buyer
    placed_at: datetime
    parts: tuple[Part, ...]

    @property
    def is_unpaid(self) -> bool:
        """Tell whether the whole order waits for a bank transfer."""
        return all(part.ending == "unpaid" for part in self.parts)


class Shelf:
    """The goods that can be ordered, and how many of each are not yet spoken for."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        """Keep what is on sale, weighted by how much people want it."""
        self.listings = [each for each in listings if each.status is ProductStatus.PUBLISHED]
        self.weights = list(accumulate(each.demo.demand**2 + 0.01 for each in self.listings))
        self.left = {pack.id: pack.on_hand for each in self.listings for pack in each.packs}

    def of(self, stall: PlacedStall) -> "Shelf":
        """Return the goods of one stall, counted together with all others."""
        own = Shelf([each for each in self.listings if each.stall.id == stall.id])
        own.left = self.left
        return own

    def pick(self, rng: Random, days: float) -> Listing | None:
        """Return goods that were listed by then and are left, None when chance finds none."""
        for _ in range(TRIES if self.listings else 0):
            found = rng.choices(self.listings, cum_weights=self.weights)[0]
            if found.listed_days > days + 1 and any(self.left[p.id] > 1 for p in found.packs):
                return found
        return None

    def take(self, rng: Random, listing: Listing) -> tuple[int, int]:
        """Return a pack and how many of it, which are spoken for from now on."""
        packs = [pack for pack in listing.packs if self.left[pack.id] > 1]
        pack: Pack = rng.choice(packs)
        pieces = min(rng.choice((1, 1, 1, 2, 2, 3)), self.left[pack.id] - 1)
        self.left[pack.id] -= pieces
        return pack.id, pieces


def number_of_orders(products: int) -> int:
    """Return how many orders suit a floor of this size; there is no use in thousands."""
    return min(max(products // GOODS_PER_ORDER, FEWEST), MOST)


def plan(scene: Scene, listings: Sequence[Listing], buyers: Sequence[Buyer]) -> list[Journey]:
    """Return the orders: the demo buyer's and the first stall's end in every way there is."""
    rng, shelf = scene.rng("orders"), Shelf(listings)
    own = shelf.of(listings[0].stall)
    ways = list(ENDINGS)
    found = []
    for number in range(number_of_orders(len(listings))):
        ending = ways[number % len(ways)] if number < 2 * len(ways) else rng.choice(USUAL)
        buyer = buyers[0] if number < len(ways) else rng.choice(buyers[1:])
        is_own = len(ways) <= number < 2 * len(ways)
        journey = _journey(
            rng, scene, (number, buyer, ending), shelves=(own if is_own else shelf, shelf)
        )
        if journey.parts:
            found.append(journey)
    return found


def _journey(
    rng: Random, scene: Scene, who: tuple[int, Buyer, str], *, shelves: tuple[Shelf, Shelf]
) -> Journey:
    number, buyer, ending = who
    wanted = ENDINGS[ending]
    days = rng.uniform(wanted.youngest, wanted.oldest)
    parts: dict[int, Part] = {}
    for place in range(rng.choice((1, 1, 1, 2, 2, 3))):
        listing = shelves[min(place, 1)].pick(rng, days) or shelves[1].pick(rng, days)
        if listing and listing.stall.id not in parts:
            way = ending if place == 0 or rng.random() < 0.6 else wanted.companion
            parts[listing.stall.id] = _part(rng, shelves[1], (listing, way), days=days)
    return Journey(number, buyer, scene.moment - timedelta(days=days), tuple(parts.values()))


def _part(rng: Random, shelf: Shelf, what: tuple[Listing, str], *, days: float) -> Part:
    first, ending = what
    lines = dict([shelf.take(rng, first)])
    goods = shelf.of(first.stall)
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        other = goods.pick(rng, days)
        if other is not None:
            pack, pieces = shelf.take(rng, other)
            lines[pack] = lines.get(pack, 0) + pieces
    return Part(first.stall, ending, tuple(sorted(lines.items())))
