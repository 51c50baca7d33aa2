"""Putting goods into a cart, changing how many, and keeping a visitor's cart when she signs in."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import Select, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from shop.cart.models import Cart, CartLine, CartVoucher
from shop.catalogue.queries.sellable import sellable
from shop.core import clock, outbox, throttle
from shop.core.db import change, db, is_sqlite, transaction
from shop.core.errors import InvalidInput, ShopError
from shop.promotions.models import Voucher
from shop.promotions.queries import by_code, offers_of

MOST_LINES = 100
MOST_PIECES = 999
KEPT = timedelta(days=60)
CODES = throttle.Limit("voucher-code", 30, timedelta(minutes=10))


class NotForSale(ShopError):
    """The goods were taken off sale."""

    code = "not_for_sale"
    message = lazy_gettext("This is no longer on sale.")


def token_hash(token: str) -> str:
    """Return what the database keeps of a visitor's cart token."""
    return hashlib.sha256(token.encode()).hexdigest()


def cart_of(*, user_id: int | None, token: str | None) -> Cart | None:
    """Return the cart of a person, or that of a visitor's token, if there is one."""
    if user_id is None and not token:
        return None
    return db.session.scalar(_of(user_id, token))


def add(sku_id: int, quantity: int, *, user_id: int | None, token: str | None) -> None:
    """Put pieces into the cart, on top of what is there; the price is noted as seen.

    Raises NotForSale, or InvalidInput when the number makes no sense. Stock is only promised
    when the order is placed.
    """
    _check_quantity(quantity)
    with transaction():
        sku = sellable([sku_id]).get(sku_id)
        if sku is None or not sku.is_sellable:
            raise NotForSale
        cart = _locked(user_id, token)
        line = _line(cart.id, sku_id)
        if line is None:
            _check_room(cart.id)
            line = CartLine(cart_id=cart.id, sku_id=sku_id, quantity=0, seen_price_vnd=0)
            db.session.add(line)
        line.quantity = min(line.quantity + quantity, MOST_PIECES)
        line.seen_price_vnd = sku.price_vnd


def set_quantity(cart: Cart, sku_id: int, quantity: int) -> None:
    """Change how many of a SKU are in a cart; none takes it out."""
    if quantity == 0:
        remove(cart, sku_id)
        return
    _check_quantity(quantity)
    with transaction():
        change(
            update(CartLine)
            .where(CartLine.cart_id == cart.id, CartLine.sku_id == sku_id)
            .values(quantity=quantity)
        )


def remove(cart: Cart, sku_id: int) -> None:
    """Take a SKU out of a cart."""
    with transaction():
        change(delete(CartLine).where(CartLine.cart_id == cart.id, CartLine.sku_id == sku_id))


def accept_prices(cart: Cart, prices: dict[int, int]) -> None:
    """Note that the buyer has now been shown these prices in đồng, by SKU."""
    with transaction():
        for sku_id, price_vnd in prices.items():
            change(
                update(CartLine)
                .where(CartLine.cart_id == cart.id, CartLine.sku_id == sku_id)
                .values(seen_price_vnd=price_vnd)
            )


def adopt(user_id: int, token: str) -> None:
    """Give what a visitor gathered to the person she turned out to be; the larger number wins."""
    with transaction():
        visitor = db.session.scalar(_of(None, token).with_for_update())
        if visitor is None:
            return
        own = _locked(user_id, None)
        theirs = {line.sku_id: line for line in _lines(own.id)}
        for line in _lines(visitor.id):
            mine = theirs.get(line.sku_id)
            if mine is not None:
                mine.quantity = max(mine.quantity, line.quantity)
            elif len(theirs) < MOST_LINES:
                theirs[line.sku_id] = CartLine(
                    cart_id=own.id,
                    sku_id=line.sku_id,
                    quantity=line.quantity,
                    seen_price_vnd=line.seen_price_vnd,
                )
                db.session.add(theirs[line.sku_id])
        db.session.flush()
        _adopt_vouchers(own.id, visitor.id)
        _drop(visitor.id)


def enter_code(cart: Cart, text: str, *, buyer_id: int | None) -> Voucher:
    """Keep a voucher with a cart; it takes the place of another of the same stall or the floor.

    Raises InvalidInput for a code that nobody, or not this buyer, can use now. Whether it takes
    anything off follows from the goods, whenever the cart is looked at.
    """
    voucher = by_code(text)
    if voucher is None:
        raise InvalidInput(lazy_gettext("There is no voucher with this code."), "code")
    [offer] = offers_of([voucher.id], buyer_id)
    if offer.refusal:
        raise InvalidInput(offer.refusal, "code")
    with transaction():
        insert = sqlite.insert if is_sqlite() else postgresql.insert
        kept = insert(CartVoucher).values(
            cart_id=cart.id, giver=voucher.stall_id or 0, voucher_id=voucher.id
        )
        db.session.execute(
            kept.on_conflict_do_update(
                index_elements=[CartVoucher.cart_id, CartVoucher.giver],
                set_={"voucher_id": voucher.id},
            )
        )
    return voucher


def drop_code(cart: Cart, voucher_id: int) -> None:
    """Take a voucher away from a cart."""
    with transaction():
        here = (CartVoucher.cart_id == cart.id, CartVoucher.voucher_id == voucher_id)
        change(delete(CartVoucher).where(*here))


def _adopt_vouchers(own_id: int, visitor_id: int) -> None:
    """Let the vouchers of a visitor come along, but where the person has chosen already."""
    chosen = select(CartVoucher.giver).where(CartVoucher.cart_id == own_id)
    moving = (CartVoucher.cart_id == visitor_id, CartVoucher.giver.not_in(chosen))
    change(update(CartVoucher).where(*moving).values(cart_id=own_id))


def take_out(user_id: int, sku_ids: list[int], voucher_ids: Sequence[int] = ()) -> None:
    """Empty a person's cart of what is being ordered, in the transaction that orders it.

    The vouchers that the order uses leave it too.

    The cart gets a new key, so that what is gathered next is another order.
    """
    cart = cart_of(user_id=user_id, token=None)
    if cart is not None:
        cart.checkout_key = _new_key()
        change(delete(CartLine).where(CartLine.cart_id == cart.id, CartLine.sku_id.in_(sku_ids)))
        used = CartVoucher.voucher_id.in_(voucher_ids)
        change(delete(CartVoucher).where(CartVoucher.cart_id == cart.id, used))


@outbox.every(timedelta(days=1))
def sweep() -> None:
    """Forget visitors' carts that nobody has touched for two months."""
    with transaction():
        old = select(Cart.id).where(Cart.user_id.is_(None), Cart.updated_at < clock.now() - KEPT)
        for cart_id in db.session.scalars(old).all():
            _drop(cart_id)


def _check_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MOST_PIECES:
        raise InvalidInput(lazy_gettext("Write how many you want, from 1 to 999."), "quantity")


def _check_room(cart_id: int) -> None:
    if len(_lines(cart_id)) >= MOST_LINES:
        raise InvalidInput(lazy_gettext("A cart holds at most 100 different goods."))


def _of(user_id: int | None, token: str | None) -> Select[Cart]:
    if user_id is not None:
        return select(Cart).where(Cart.user_id == user_id)
    return select(Cart).where(Cart.token_hash == token_hash(token or ""))


def _locked(user_id: int | None, token: str | None) -> Cart:
    """Return the owner's cart, begun if need be, under a lock, so that two clicks take turns."""
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    is_person, moment = user_id is not None, clock.now()
    begun = insert(Cart).values(
        user_id=user_id,
        token_hash=None if is_person else token_hash(token or ""),
        checkout_key=_new_key(),
        updated_at=moment,
    )
    kept = begun.on_conflict_do_update(
        index_elements=[Cart.user_id if is_person else Cart.token_hash],
        set_={"updated_at": moment},
    )
    found = kept.returning(Cart).execution_options(populate_existing=True)
    return db.session.scalars(found).one()


def _new_key() -> str:
    return secrets.token_urlsafe(24)


def _line(cart_id: int, sku_id: int) -> CartLine | None:
    return db.session.scalar(
        select(CartLine).where(CartLine.cart_id == cart_id, CartLine.sku_id == sku_id)
    )


def _lines(cart_id: int) -> list[CartLine]:
    return list(db.session.scalars(select(CartLine).where(CartLine.cart_id == cart_id)))


def _drop(cart_id: int) -> None:
    change(delete(CartLine).where(CartLine.cart_id == cart_id))
    change(delete(CartVoucher).where(CartVoucher.cart_id == cart_id))
    change(delete(Cart).where(Cart.id == cart_id))
