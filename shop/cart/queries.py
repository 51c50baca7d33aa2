"""A cart as its page shows it: grouped by stall, with what has changed since it was looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from shop.cart.models import Cart, CartLine, CartVoucher
from shop.cart.operations import token_hash
from shop.catalogue.queries.sellable import SellableSku, sellable
from shop.catalogue.tiers import Tier
from shop.core.db import db
from shop.core.settings import discount_limit_bp
from shop.promotions.discounts import Discounts, discounts, goods_of
from shop.promotions.queries import offers_of


@dataclass(frozen=True)
class ShownLine:
    """A SKU in the cart: how many are wanted, the price seen, and what is true now."""

    sku: SellableSku
    quantity: int
    seen_price_vnd: int

    @property
    def total_vnd(self) -> int:
        """Return what the line costs at the price of now."""
        return self.unit_price_vnd * self.quantity

    @property
    def unit_price_vnd(self) -> int:
        """Return what each piece costs when so many are bought."""
        return self.sku.price_for(self.quantity)

    @property
    def next_tier(self) -> Tier | None:
        """Return the break that more pieces would reach, None when there is none."""
        return next((each for each in self.sku.tiers if each.from_quantity > self.quantity), None)

    @property
    def is_gone(self) -> bool:
        """Tell whether it cannot be had at all."""
        return not self.sku.is_sellable or self.sku.available <= 0

    @property
    def is_short(self) -> bool:
        """Tell whether fewer are left than wanted."""
        return not self.is_gone and self.sku.available < self.quantity

    @property
    def has_new_price(self) -> bool:
        """Tell whether the price has changed since the buyer saw it."""
        return self.sku.price_vnd != self.seen_price_vnd

    @property
    def is_orderable(self) -> bool:
        """Tell whether the line can be ordered as it stands."""
        return not (self.is_gone or self.is_short)


@dataclass(frozen=True)
class StallGroup:
    """What the cart holds of one stall."""

    stall_id: int
    stall_name: str
    stall_slug: str
    lines: Sequence[ShownLine]

    @property
    def goods_vnd(self) -> int:
        """Return the sum of what can be ordered."""
        return sum(line.total_vnd for line in self.lines if line.is_orderable)


@dataclass(frozen=True)
class ShownCart:
    """A whole cart, by stall."""

    groups: Sequence[StallGroup]

    @property
    def lines(self) -> list[ShownLine]:
        """Return the lines of all stalls."""
        return [line for group in self.groups for line in group.lines]

    @property
    def goods_vnd(self) -> int:
        """Return the sum of what can be ordered, without delivery."""
        return sum(group.goods_vnd for group in self.groups)

    @property
    def wanted(self) -> list[tuple[int, int]]:
        """Return SKU ids and quantities of what can be ordered."""
        return [(line.sku.sku_id, line.quantity) for line in self.lines if line.is_orderable]

    def of_stall(self, slug: str) -> "ShownCart":
        """Return the part of one stall; the whole cart without a name."""
        return ShownCart([each for each in self.groups if not slug or each.stall_slug == slug])

    @property
    def has_problem(self) -> bool:
        """Tell whether some line cannot be ordered as it stands."""
        return any(not line.is_orderable for line in self.lines)


def show(cart: Cart | None) -> ShownCart:
    """Return a cart as it stands now; three queries, however many lines."""
    if cart is None:
        return ShownCart(())
    lines = list(
        db.session.scalars(
            select(CartLine).where(CartLine.cart_id == cart.id).order_by(CartLine.id)
        )
    )
    known = sellable(line.sku_id for line in lines)
    groups: dict[int, list[ShownLine]] = {}
    for line in lines:
        sku = known[line.sku_id]
        shown = ShownLine(sku, line.quantity, line.seen_price_vnd)
        groups.setdefault(sku.stall_id, []).append(shown)
    return ShownCart(
        tuple(
            StallGroup(stall_id, of[0].sku.stall_name, of[0].sku.stall_slug, tuple(of))
            for stall_id, of in groups.items()
        )
    )


def vouchers_in(cart: Cart | None) -> list[int]:
    """Return the ids of the vouchers that were entered in a cart."""
    if cart is None:
        return []
    wanted = select(CartVoucher.voucher_id).where(CartVoucher.cart_id == cart.id)
    return list(db.session.scalars(wanted.order_by(CartVoucher.giver)))


def discounts_in(cart: Cart | None, shown: ShownCart, buyer_id: int | None) -> Discounts:
    """Return what the vouchers in a cart take off what can be ordered, and which do not."""
    offers = offers_of(vouchers_in(cart), buyer_id)
    goods = [goods_of(line.sku, line.quantity) for line in shown.lines if line.is_orderable]
    return discounts(goods, offers, discount_limit_bp())


def count_pieces(*, user_id: int | None, token: str | None) -> int:
    """Return how many pieces the cart of a person or a visitor holds."""
    owner = Cart.user_id == user_id if user_id else Cart.token_hash == token_hash(token or "")
    counted = select(func.coalesce(func.sum(CartLine.quantity), 0)).join(Cart).where(owner)
    return int(db.session.scalar(counted) or 0)
