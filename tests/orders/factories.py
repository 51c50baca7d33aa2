"""Orders for tests, made by the real use cases: the stock is held, the money is claimed."""

import secrets

from factory.base import Factory
from factory.declarations import SubFactory

from shop.accounts.models import User
from shop.catalogue.models import Product, Sku
from shop.checkout.operations import Intent, current_quote, place_order
from shop.core.context import Actor, acting_as
from shop.core.db import db
from shop.orders.models import Order, OrderLine, StallOrder, StallOrderStatus
from shop.orders.operations import Step, advance
from shop.orders.transitions import Action, Side
from shop.payments.models import StallPaymentSettings
from tests.accounts.factories import UserFactory
from tests.catalogue.factories import ProductFactory
from tests.payments.factories import StallPaymentSettingsFactory

ADDRESS = {
    "recipient": "Nguyễn Thị Hương",
    "phone": "0912345678",
    "street": "12 ngõ 5 phố Chợ",
    "commune_code": "00004",
    "commune": "Phường Ba Đình",
    "province_code": "01",
    "province": "Hà Nội",
}
STALL = Actor(None, "Vừ Thị Mẫu")
WAY = {
    StallOrderStatus.CONFIRMED: Step(Side.STALL, Action.CONFIRM),
    StallOrderStatus.PACKED: Step(Side.STALL, Action.PACK),
    StallOrderStatus.SHIPPED: Step(
        Side.STALL, Action.SHIP, carrier="Xe khách Đồng Văn", tracking_number="DV-0042"
    ),
    StallOrderStatus.DELIVERED: Step(Side.STALL, Action.DELIVER),
    StallOrderStatus.COMPLETED: Step(Side.BUYER, Action.RECEIVE),
}
CANCEL = Step(Side.BUYER, Action.CANCEL, reason_code="changed_mind")


class PlacedOrderFactory(Factory):
    """An order that a buyer has placed through the checkout: two of a new product.

    `PlacedOrderFactory(skus=[(sku, 2), (other, 1)])` orders these; several stalls make several
    parts; `vouchers=[voucher]` are used. `status=StallOrderStatus.SHIPPED` takes every part there
    step by step; one that is `UNPAID` waits for a bank transfer, or whatever `way` says.
    """

    class Meta:
        model = Order

    buyer = SubFactory(UserFactory)
    skus = None
    address = ADDRESS
    note = ""
    vouchers = ()
    way = "cod"
    status = StallOrderStatus.PLACED

    @classmethod
    def _create(cls, _model, *_args, **kwargs):
        buyer = kwargs["buyer"]
        skus = kwargs["skus"] or [(first_sku(ProductFactory()), 2)]
        is_unpaid = kwargs["status"] == StallOrderStatus.UNPAID
        way = "vietqr" if is_unpaid and kwargs["way"] == "cod" else kwargs["way"]
        lines = [(sku.id, quantity) for sku, quantity in skus]
        voucher_ids = [voucher.id for voucher in kwargs["vouchers"]]
        province = kwargs["address"]["province_code"]
        seen = current_quote(lines, province, voucher_ids=voucher_ids, buyer_id=buyer.id)
        accept_all(sku.id for sku, _ in skus)
        intent = Intent(
            buyer_id=buyer.id,
            checkout_key=secrets.token_hex(16),
            lines=lines,
            address=kwargs["address"],
            payment_method=way,
            digest=seen.digest,
            note=kwargs["note"],
            voucher_ids=voucher_ids,
        )
        with acting_as(buyer.actor):
            order = place_order(intent)
        for part in parts_of(order):
            if not is_unpaid:
                bring_to(part, kwargs["status"])
        return order


def accept_all(sku_ids):
    """Let the stalls of these packs take every way to pay."""
    wanted = db.select(Product.stall_id).join(Sku).where(Sku.id.in_(list(sku_ids))).distinct()
    for stall_id in db.session.scalars(wanted).all():
        if db.session.get(StallPaymentSettings, stall_id) is None:
            StallPaymentSettingsFactory(stall_id=stall_id)


def first_sku(product):
    """Return the first pack of a listing."""
    wanted = db.select(Sku).where(Sku.product_id == product.id).order_by(Sku.position, Sku.id)
    return db.session.scalars(wanted).first()


def parts_of(order: Order) -> list[StallOrder]:
    """Return each stall's part of an order."""
    wanted = db.select(StallOrder).where(StallOrder.order_id == order.id)
    return list(db.session.scalars(wanted.order_by(StallOrder.id)))


def part_of(order: Order) -> StallOrder:
    """Return the only part of an order."""
    [part] = parts_of(order)
    return part


def line_of(order: Order) -> OrderLine:
    """Return the first line of an order."""
    wanted = db.select(OrderLine).join(OrderLine.stall_order)
    wanted = wanted.where(StallOrder.order_id == order.id).order_by(OrderLine.id)
    found = db.session.scalars(wanted).first()
    assert found is not None
    return found


def buyer_of(order: Order) -> User:
    """Return who placed an order."""
    return db.session.get_one(User, order.buyer_id)


def bring_to(part: StallOrder, status: StallOrderStatus) -> StallOrder:
    """Take a stall's part to a status, each step as its side does it."""
    if status == StallOrderStatus.CANCELLED:
        return _act(part, CANCEL)
    for reached, step in WAY.items():
        if part.status == status:
            break
        if list(WAY).index(reached) > _place(part.status):
            part = _act(part, step)
    return part


def _place(status: StallOrderStatus) -> int:
    return list(WAY).index(status) if status in WAY else -1


def _act(part: StallOrder, step: Step) -> StallOrder:
    order = db.session.get_one(Order, part.order_id)
    with acting_as(buyer_of(order).actor if step.side == Side.BUYER else STALL):
        return advance(part.id, step)
