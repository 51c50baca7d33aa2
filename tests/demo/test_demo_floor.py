"""The demo floor of the usual size: whole, consistent, marked, and quiet."""

from collections import Counter
from datetime import timedelta
from itertools import groupby

import pytest
from sqlalchemy import func, select

from shop.accounts.models import Address, ModeratorScope, Role, User
from shop.accounts.passwords import is_right
from shop.catalogue.models import Product, ProductPicture, ProductStatus, StockMovement
from shop.certification.models import Certificate, CertificateStatus, RecognitionEntry
from shop.certification.product_code import read_code
from shop.core import clock, files
from shop.core.audit import AuditEntry
from shop.core.db import db
from shop.core.files import StoredFile
from shop.core.invariants import invariants
from shop.core.outbox import OutboxMessage
from shop.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from shop.demo.operations import is_empty, is_loaded
from shop.notifications.models import Notification
from shop.orders.models import CancelledBy, Order, OrderLine, Shipment, StallOrder, StallOrderStatus
from shop.places.models import Commune, Province
from shop.reviews.models import ReportStatus, Review, ReviewReport
from shop.shipping.models import DeliveryTable
from shop.stalls.models import MemberKind, Stall, StallDocument, StallMember, StallStatus

pytestmark = pytest.mark.usefixtures("demo")


def counted(column, *where):
    return Counter(db.session.scalars(select(column).where(*where)))


def number(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def person(place):
    return db.session.scalars(select(User).where(User.email == DEMO_ACCOUNTS[place].email)).one()


def test_every_province_has_a_stall_that_sells():
    sells = counted(Stall.province_code, Stall.status == StallStatus.ACTIVE)
    assert set(sells) == set(db.session.scalars(select(Province.code)))
    assert number(Stall) == 40


def test_some_stalls_wait_for_the_moderator_with_papers():
    stands = counted(Stall.status)
    assert stands[StallStatus.SUBMITTED] == 2
    assert stands[StallStatus.RETURNED] == 1
    assert set(counted(StallDocument.stall_id)) == set(db.session.scalars(select(Stall.id)))
    returned = db.session.scalars(select(Stall).where(Stall.status == StallStatus.RETURNED)).one()
    assert returned.reason_code


def test_goods_of_all_sets_but_tourism_in_every_status():
    assert set(counted(Product.product_set)) == set(range(1, 26))
    stands = counted(Product.status)
    assert set(stands) == set(ProductStatus) - {ProductStatus.HIDDEN}
    assert stands[ProductStatus.PUBLISHED] > 300
    assert sum(stands.values()) == 400


def test_a_published_product_has_all_that_the_law_and_the_eye_want():
    from shop.catalogue.publishing import missing

    shown = db.session.scalars(
        select(Product).where(Product.status == ProductStatus.PUBLISHED)
    ).all()
    pictured = counted(ProductPicture.product_id, ProductPicture.position == 0)
    packs = [StandIn()]
    assert [p.slug for p in shown if missing(p, packs, [1] * pictured[p.id])] == []
    assert all(p.price_from_vnd and p.published_at <= clock.now() for p in shown)


class StandIn:
    is_active = True


def test_certificates_are_in_every_state():
    today = clock.today()
    verified = Certificate.status == CertificateStatus.VERIFIED
    ends = list(db.session.scalars(select(Certificate.expires_on).where(verified)))
    assert any(end < today for end in ends)
    assert any(today <= end <= today + timedelta(days=90) for end in ends)
    assert sum(end > today + timedelta(days=90) for end in ends) > 200
    stands = counted(Certificate.status)
    assert stands[CertificateStatus.SUBMITTED] > 10
    assert stands[CertificateStatus.REFUSED] > 5
    assert set(counted(Certificate.stars)) == {3, 4, 5}
    assert number(Product, Product.id.not_in(select(Certificate.product_id))) > 20


def test_a_product_code_names_the_place_of_the_goods():
    homes = dict(db.session.execute(select(Commune.code, Commune.province_code)).all())
    for certificate in db.session.scalars(select(Certificate)):
        code = read_code(certificate.product_code)
        assert code
        assert (code.province_code, code.commune_code) == (
            certificate.province_code,
            certificate.commune_code,
        )
        assert homes[code.commune_code] == code.province_code
        assert code.year == certificate.decided_on.year
        assert certificate.decided_on < clock.local(certificate.submitted_at).date()


def test_every_claim_has_a_scan_that_strangers_do_not_see():
    scans = select(StoredFile).where(StoredFile.id.in_(select(Certificate.scan_id)))
    assert all(scan.is_private for scan in db.session.scalars(scans))
    assert number(Certificate, Certificate.scan_id.is_(None)) == 0
    waiting = counted(Certificate.scan_id, Certificate.status == CertificateStatus.SUBMITTED)
    assert set(waiting.values()) == {1}


def test_orders_stand_in_every_state():
    assert set(counted(StallOrder.status)) == set(StallOrderStatus)
    ends = counted(StallOrder.cancelled_by, StallOrder.status == StallOrderStatus.CANCELLED)
    assert {CancelledBy.BUYER, CancelledBy.STALL} <= set(ends)
    assert number(Shipment) > 20
    parts = counted(StallOrder.order_id)
    assert max(parts.values()) > 1
    assert number(Order, Order.is_demo.is_(False)) == 0


def test_the_demo_buyer_and_the_first_stall_see_every_state():
    buyer = person(0)
    own = select(StallOrder.status).join(Order).where(Order.buyer_id == buyer.id)
    assert set(db.session.scalars(own)) == set(StallOrderStatus)
    first = db.session.scalar(select(func.min(Stall.id)))
    assert set(counted(StallOrder.status, StallOrder.stall_id == first)) == set(StallOrderStatus)
    assert number(Address, Address.user_id == buyer.id) == 2


def test_the_eight_sign_in_with_the_password_of_the_console():
    people = [person(place) for place in range(len(DEMO_ACCOUNTS))]
    assert all(is_right(DEMO_PASSWORD, each.password_hash) for each in people)
    moderators = [people[place] for place in (3, 4, 6, 7)]
    assert {each.role for each in moderators} == {Role.MODERATOR}
    assert people[5].role == Role.OPERATOR
    scopes = db.session.scalars(select(ModeratorScope).order_by(ModeratorScope.user_id)).all()
    assert [each.user_id for each in scopes] == [each.id for each in moderators]
    home = db.session.scalars(select(Stall).order_by(Stall.id).limit(1)).one()
    places = [(each.province_code, each.commune_code) for each in scopes]
    assert places == [(None, None)] * 3 + [(home.province_code, home.commune_code)]


def test_the_crew_of_the_first_stall_signs_in():
    people = [person(place) for place in range(3)]
    first = db.session.scalar(select(func.min(Stall.id)))
    crew = db.session.execute(
        select(StallMember.user_id, StallMember.kind).where(StallMember.stall_id == first)
    ).all()
    assert dict(crew) == {people[1].id: MemberKind.MANAGER, people[2].id: MemberKind.OPERATOR}


def test_nobody_else_signs_in():
    known = {account.email for account in DEMO_ACCOUNTS}
    hashes = counted(User.password_hash, User.email.not_in(known))
    assert len(hashes) == 1
    assert not is_right(DEMO_PASSWORD, next(iter(hashes)))


def test_buyers_have_said_what_they_think_and_stalls_have_answered():
    assert number(Review) > 50
    assert number(Review, Review.answer != "") > 5
    assert number(ReviewReport, ReviewReport.status == ReportStatus.OPEN) == 2
    rated = select(func.sum(Product.rating_sum), func.sum(Product.rating_count))
    assert (
        db.session.execute(rated).one()
        == db.session.execute(select(func.sum(Review.rating), func.count(Review.id))).one()
    )


def test_delivery_costs_differ():
    own = counted(DeliveryTable.own_province_vnd)
    assert len(own) > 2
    assert number(DeliveryTable, DeliveryTable.free_from_vnd.is_not(None)) > 5
    assert number(DeliveryTable) < 40


def test_every_invariant_holds(demo):
    demo.test_cli_runner().invoke(args=["doctor"])
    faults = {str(each.words): each.check() for each in invariants()}
    assert len(faults) > 10
    assert {words: found for words, found in faults.items() if found} == {}


def test_no_letter_leaves_and_few_lines_reach_the_inboxes():
    assert number(OutboxMessage) == 0
    lines = counted(Notification.user_id)
    assert set(lines) <= {person(place).id for place in range(len(DEMO_ACCOUNTS)) if place != 5}
    assert person(3).id in lines
    assert max(lines.values()) <= 12
    assert number(Notification, Notification.read_at.is_(None)) > 0


def test_all_that_is_invented_says_so_and_the_registry_does_not():
    for model in (User, Stall, Product, Order):
        assert counted(model.is_demo) == {True: number(model)}
    assert counted(RecognitionEntry.is_demo) == {False: 150}
    assert is_loaded()
    assert not is_empty()


def test_every_page_says_that_nothing_is_real(demo):
    client = demo.test_client()
    for path in ("/", "/san-pham", "/danh-muc-ocop", "/gian-hang", "/dang-nhap"):
        assert 'class="demo-banner"' in client.get(path).text


def test_pictures_are_there_in_small_from_the_first_page_on():
    names = db.session.scalars(select(StoredFile.name).where(StoredFile.is_private.is_(False)))
    assert all(files.path_of(files.variant_name(name, 320)).is_file() for name in names)
    shared = counted(ProductPicture.file_id)
    assert max(shared.values()) > 1


def test_nothing_happened_in_the_future_or_before_the_goods_were_there():
    now = clock.now()
    for column in (AuditEntry.at, StockMovement.at, StallOrder.changed_at, Review.created_at):
        assert db.session.scalar(select(func.max(column))) <= now
    early = (
        select(func.count())
        .select_from(OrderLine)
        .join(StallOrder, StallOrder.id == OrderLine.stall_order_id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(StallOrder.placed_at < Product.published_at)
    )
    assert db.session.scalar(early) == 0


def test_a_journal_counts_on_from_row_to_row():
    rows = db.session.scalars(
        select(StockMovement).order_by(StockMovement.sku_id, StockMovement.id)
    )
    for _, journal in groupby(rows, key=lambda row: row.sku_id):
        shelf, moment = 0, None
        for row in journal:
            assert row.on_hand_before == shelf
            assert moment is None or row.at >= moment
            shelf, moment = row.on_hand_after, row.at


def test_search_finds_the_goods_at_once(demo):
    page = demo.test_client().get("/tim-kiem?q=mat ong").text
    assert "Mật ong" in page
