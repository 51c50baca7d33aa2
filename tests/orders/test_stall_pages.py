"""The stall's pages of orders: the list by status, the next step, the slip."""

from datetime import timedelta

import pytest

from shop.accounts.models import User
from shop.core.db import change
from shop.orders.models import Order, Shipment, StallOrder
from shop.orders.models import StallOrderStatus as S
from shop.stalls.models import MemberKind, Stall
from tests.accounts.factories import UserFactory, sign_in
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory, buyer_of, first_sku, part_of, parts_of
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import MemberFactory, StallFactory, manager_of

DEEDS = ["xac-nhan", "dong-goi", "giao-van-chuyen", "da-giao", "huy", "tra-ve"]


def place(db, **kwargs):
    """Return a part with its stall, and the address of the stall's page of it."""
    part = part_of(PlacedOrderFactory(**kwargs))
    stall = db.session.get_one(Stall, part.stall_id)
    return part, stall, f"/quan-ly/{stall.slug}/don/{part.code}"


def make_older(db, part, age: timedelta):
    """Let a part have stood where it is for some time."""
    change(
        db.update(StallOrder)
        .where(StallOrder.id == part.id)
        .values(changed_at=part.changed_at - age)
    )


def test_takes_an_order_from_placed_to_delivered(client, db):
    part, stall, address = place(db)
    sign_in(client, manager_of(stall))
    parcel = {"carrier": "Nhà xe Đồng Văn", "tracking_number": "NX 12/3"}
    for deed, status in zip(DEEDS, (S.CONFIRMED, S.PACKED, S.SHIPPED, S.DELIVERED), strict=False):
        response = client.post(f"{address}/{deed}", data=parcel)
        assert response.status_code == 303
        assert response.location == address
        db.session.refresh(part)
        assert part.status == status
    text = client.get(address).text
    assert "Bên vận chuyển: Nhà xe Đồng Văn" in text
    assert "Mã vận đơn: NX 12/3" in text
    assert db.session.scalars(db.select(Shipment)).one().delivered_at is not None


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (S.PLACED, {"xac-nhan", "huy"}),
        (S.CONFIRMED, {"dong-goi", "huy"}),
        (S.PACKED, {"giao-van-chuyen", "huy"}),
        (S.SHIPPED, {"da-giao", "tra-ve"}),
        (S.DELIVERED, set()),
        (S.COMPLETED, set()),
        (S.CANCELLED, set()),
    ],
)
def test_offers_what_can_be_done_now(client, db, status, offered):
    _part, stall, address = place(db, status=status)
    text = sign_in(client, manager_of(stall)).get(address).text
    assert {deed for deed in DEEDS if f'{address}/{deed}"' in text} == offered


def test_a_parcel_needs_a_carrier(client, db):
    part, stall, address = place(db, status=S.PACKED)
    sign_in(client, manager_of(stall))
    response = client.post(f"{address}/giao-van-chuyen", data={"tracking_number": "DV-77"})
    assert response.status_code == 422
    assert "Xin cho biết ai vận chuyển kiện hàng." in response.text
    assert 'value="DV-77"' in response.text
    assert part_of_code(db, part.code).status == S.PACKED


def part_of_code(db, code):
    """Return a part as it is now."""
    return db.session.scalar(db.select(StallOrder).where(StallOrder.code == code))


def test_a_step_out_of_turn_is_refused_in_words(client, db):
    part, stall, address = place(db)
    sign_in(client, manager_of(stall))
    response = client.post(f"{address}/dong-goi")
    assert response.status_code == 409
    assert f"{part.code} hiện đang ở bước “Chờ gian hàng xác nhận”" in response.text


def test_cancels_with_a_reason_that_the_buyer_reads(client, db):
    part, stall, address = place(db, status=S.PACKED)
    sign_in(client, manager_of(stall))
    assert "Hết hàng" in client.get(f"{address}/huy").text
    data = {"reason_code": "spoilt", "reason": "Hũ bị nứt khi đóng gói"}
    assert client.post(f"{address}/huy", data=data).status_code == 303
    db.session.refresh(part)
    assert (part.status, part.cancel_code) == (S.CANCELLED, "spoilt")
    order = part.code.rpartition("-")[0]
    text = sign_in(client, db.session.get_one(User, buyer_id(db, part))).get(f"/don-hang/{order}")
    assert "Lý do: Hàng không đủ tốt để gửi. Hũ bị nứt khi đóng gói" in text.text


def buyer_id(db, part):
    """Return who placed the order of a part."""
    return db.session.get_one(Order, part.order_id).buyer_id


def test_cancelling_without_a_reason_keeps_the_words(client, db):
    _part, stall, address = place(db)
    sign_in(client, manager_of(stall))
    response = client.post(f"{address}/huy", data={"reason": "Vì mưa"})
    assert response.status_code == 422
    assert "Vì mưa" in response.text


def test_a_page_to_cancel_is_refused_once_it_is_too_late(client, db):
    _part, stall, address = place(db, status=S.SHIPPED)
    assert sign_in(client, manager_of(stall)).get(f"{address}/huy").status_code == 409


def test_notes_that_a_parcel_came_back(client, db):
    part, stall, address = place(db, status=S.SHIPPED)
    sign_in(client, manager_of(stall))
    assert client.post(f"{address}/tra-ve", data={"reason_code": "nobody_there"}).status_code == 303
    db.session.refresh(part)
    assert part.status == S.CANCELLED
    assert "Kiện hàng quay về" in client.get(address).text


@pytest.mark.parametrize("page", ["", "/phieu", "/huy"])
def test_another_stalls_order_is_not_found(client, db, page):
    part, _stall, address = place(db)
    mine = StallFactory()
    sign_in(client, manager_of(mine))
    assert client.get(f"/quan-ly/{mine.slug}/don/{part.code}{page}").status_code == 404
    assert client.get(f"{address}{page}").status_code == 404


@pytest.mark.parametrize("deed", DEEDS)
def test_another_stalls_order_cannot_be_moved(client, db, deed):
    part, _stall, address = place(db)
    mine = StallFactory()
    sign_in(client, manager_of(mine))
    data = {"reason_code": "sold_out", "carrier": "x"}
    assert client.post(f"/quan-ly/{mine.slug}/don/{part.code}/{deed}", data=data).status_code == 404
    assert client.post(f"{address}/{deed}", data=data).status_code == 404
    assert part_of_code(db, part.code).status == S.PLACED


def test_the_other_part_of_an_order_is_another_stalls(client, db):
    skus = [(first_sku(ProductFactory()), 1), (first_sku(ProductFactory()), 1)]
    first, second = parts_of(PlacedOrderFactory(skus=skus))
    stall = db.session.get_one(Stall, first.stall_id)
    sign_in(client, manager_of(stall))
    assert client.get(f"/quan-ly/{stall.slug}/don/{second.code}").status_code == 404
    assert second.stall_name not in client.get(f"/quan-ly/{stall.slug}/don/{first.code}").text


def test_the_buyer_has_no_way_into_the_stalls_page(client, db):
    order = PlacedOrderFactory()
    part = part_of(order)
    stall = db.session.get_one(Stall, part.stall_id)
    sign_in(client, buyer_of(order))
    assert client.get(f"/quan-ly/{stall.slug}/don/{part.code}").status_code == 404


def test_an_operating_member_handles_orders(client, db):
    _part, stall, address = place(db)
    member = MemberFactory(stall=stall, user=UserFactory(), kind=MemberKind.OPERATOR)
    sign_in(client, member.user)
    assert client.post(f"{address}/xac-nhan").status_code == 303


def test_lists_by_status_and_marks_what_is_late(client, db):
    sku = first_sku(ProductFactory(packs__stock=50))
    late, fresh, packed = (part_of(PlacedOrderFactory(skus=[(sku, 1)])) for _ in range(3))
    make_older(db, late, timedelta(hours=25))
    stall = db.session.get_one(Stall, sku.stall_id)
    sign_in(client, manager_of(stall))
    client.post(f"/quan-ly/{stall.slug}/don/{packed.code}/xac-nhan")
    text = client.get(f"/quan-ly/{stall.slug}/don").text
    assert text.index(late.code) < text.index("Trễ") < text.index(fresh.code)
    assert text.count("Trễ") == 1
    assert packed.code not in text
    assert packed.code in client.get(f"/quan-ly/{stall.slug}/don?trang_thai=confirmed").text


def test_a_status_that_does_not_exist_means_the_first(client, db):
    part, stall, _address = place(db)
    sign_in(client, manager_of(stall))
    assert part.code in client.get(f"/quan-ly/{stall.slug}/don?trang_thai=xx").text


def test_the_list_asks_no_more_of_the_database_for_more_orders(client, db):
    sku = first_sku(ProductFactory(packs__stock=50))
    PlacedOrderFactory(skus=[(sku, 1)])
    stall = db.session.get_one(Stall, sku.stall_id)
    sign_in(client, manager_of(stall))

    def add():
        PlacedOrderFactory(skus=[(sku, 1)])

    assert_queries_stay_flat(client, f"/quan-ly/{stall.slug}/don", add, db.engine)


def test_the_cockpit_says_what_waits(client, db):
    sku = first_sku(ProductFactory(packs__stock=50))
    late = part_of(PlacedOrderFactory(skus=[(sku, 1)]))
    PlacedOrderFactory(skus=[(sku, 1)], status=S.CONFIRMED)
    PlacedOrderFactory(skus=[(sku, 1)], status=S.PACKED)
    slow = part_of(PlacedOrderFactory(skus=[(sku, 1)], status=S.SHIPPED))
    make_older(db, late, timedelta(hours=30))
    make_older(db, slow, timedelta(days=8))
    stall = db.session.get_one(Stall, sku.stall_id)
    text = sign_in(client, manager_of(stall)).get(f"/quan-ly/{stall.slug}/").text
    for words in ("1 đơn mới", "1 đơn cần đóng gói", "1 kiện cần giao", "1 kiện hàng đi chậm"):
        assert words in text
    assert "1 đơn trễ." in text


def test_the_slip_tells_all_that_the_parcel_needs(client, db):
    part, stall, address = place(db, note="Gọi trước khi giao")
    text = sign_in(client, manager_of(stall)).get(f"{address}/phieu").text
    said = [part.code, stall.name, "Nguyễn Thị Hương", "0912345678", "Phường Ba Đình"]
    said += ["Hũ 500 g", "Gọi trước khi giao", "Số tiền cần thu", "335.000\xa0₫"]
    assert not [words for words in said if words not in text]


def test_nothing_is_collected_for_what_was_cancelled(client, db):
    _part, stall, address = place(db, status=S.CANCELLED)
    text = sign_in(client, manager_of(stall)).get(f"{address}/phieu").text
    assert "<strong>0\xa0₫</strong>" in text
