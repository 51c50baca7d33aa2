"""Placing an order: everything in one transaction, at the price the buyer saw, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.cart import operations as cart
from shop.catalogue.operations import stock
from shop.catalogue.queries.sellable import SellableSku, sellable
from shop.checkout.pricing import Quote, quote
from shop.core.db import db, transaction
from shop.core.errors import ShopError, WrongState
from shop.core.settings import discount_limit_bp
from shop.orders.models import Order, StallOrder
from shop.orders.operations import NewOrder, create_order
from shop.payments.gateway.ways import method
from shop.payments.operations import open_payment
from shop.payments.operations.choices import refuse_unfit
from shop.promotions.operations import redeem
from shop.promotions.queries import offers_of
from shop.shipping.queries import fee_tables


class PriceChanged(ShopError):
    """What the order would cost, or what of it can be had, is not what the buyer was shown."""

    code = "price_changed"
    message = lazy_gettext(
        "A price or the stock has changed since you looked. Please check the new total."
    )


@dataclass(frozen=True)
class Intent:
    """What the buyer asked for with the button: `digest` is the quote she was shown."""

    buyer_id: int
    checkout_key: str
    lines: Sequence[tuple[int, int]]
    address: dict[str, Any]
    payment_method: str
    digest: str
    note: str = ""
    voucher_ids: Sequence[int] = ()


def place_order(intent: Intent) -> Order:
    """Reserve the stock and write the order at the price the buyer saw, or do neither.

    The same `checkout_key` returns the order it made before. Raises PriceChanged, VoucherGone,
    OutOfStock, InvalidInput, or WrongState for a key that belongs to somebody else.
    """
    if done := order_of_key(intent):
        return done
    try:
        with transaction():
            return _place(intent)
    except IntegrityError:
        if done := order_of_key(intent):
            return done
        raise


def _place(intent: Intent) -> Order:
    stock.lock_skus(sku_id for sku_id, _ in intent.lines)
    if done := order_of_key(intent):
        return done
    chosen = method(intent.payment_method)
    offer = current_quote(
        intent.lines,
        intent.address["province_code"],
        voucher_ids=intent.voucher_ids,
        buyer_id=intent.buyer_id,
    )
    if offer.digest != intent.digest:
        raise PriceChanged
    refuse_unfit(chosen, sums_of(offer))
    order = create_order(
        NewOrder(
            buyer_id=intent.buyer_id,
            checkout_key=intent.checkout_key,
            address=intent.address,
            payment_method=chosen.code,
            stall_orders=offer.stall_orders,
            note=intent.note,
            is_prepaid=chosen.is_prepaid,
        )
    )
    parts = select(StallOrder).where(StallOrder.order_id == order.id).order_by(StallOrder.id)
    stall_orders = list(db.session.scalars(parts))
    redeem(offer.uses, order, {part.stall_id: part.id for part in stall_orders})
    open_payment(order, stall_orders)
    used = [use.offer.voucher_id for use in offer.uses]
    cart.take_out(intent.buyer_id, [sku_id for sku_id, _ in intent.lines], used)
    return order


def sums_of(offer: Quote) -> dict[int, tuple[str, int]]:
    """Return what each stall of a quote is called, and what it would be paid."""
    return {part.stall_id: (part.stall_name, part.total_vnd) for part in offer.stall_orders}


def order_of_key(intent: Intent) -> Order | None:
    """Return the order that this checkout already made; somebody else's key is refused."""
    found = db.session.scalar(select(Order).where(Order.checkout_key == intent.checkout_key))
    if found is not None and found.buyer_id != intent.buyer_id:
        raise WrongState
    return found


def current_quote(
    lines: Sequence[tuple[int, int]],
    province_code: str,
    *,
    voucher_ids: Sequence[int] = (),
    buyer_id: int | None = None,
) -> Quote:
    """Price what can be bought of these SKUs now, with these vouchers, delivered to a province.

    Raises PriceChanged when something, or everything, is no longer sold, OutOfStock when too
    little is left.
    """
    if not lines:
        raise PriceChanged
    known = sellable(sku_id for sku_id, _ in lines)
    wanted = [(_available(known.get(sku_id), sku_id, count), count) for sku_id, count in lines]
    tables = fee_tables(sku.stall_id for sku, _ in wanted)
    offers = offers_of(voucher_ids, buyer_id)
    return quote(wanted, tables, province_code, offers=offers, limit_bp=discount_limit_bp())


def _available(sku: SellableSku | None, sku_id: int, quantity: int) -> SellableSku:
    if sku is None or not sku.is_sellable:
        raise PriceChanged
    if sku.available < quantity:
        raise stock.OutOfStock(sku_id, max(sku.available, 0))
    return sku
