"""A floor with something of everything on it, people to enter it, and forms for every door."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from shop.accounts.models import User, UserSession
from shop.accounts.operations import set_blocked
from shop.catalogue.models import Product
from shop.core import clock, files
from shop.core.db import db, transaction
from shop.core.outbox import OutboxMessage
from shop.orders.models import StallOrder, StallOrderStatus
from shop.search.operations import reindex
from shop.stalls.models import MemberKind, Stall, StallMember, StallStatus
from tests.accounts.factories import (
    AddressFactory,
    OperatorFactory,
    ScopeFactory,
    UserFactory,
    sign_in,
)
from tests.catalogue.factories import PictureFactory, ProductFactory
from tests.certification.factories import (
    CertificateFactory,
    CodeReportFactory,
    ListImportFactory,
    RecognitionEntryFactory,
    RulingFactory,
)
from tests.client import ShopClient
from tests.dossiers.dossier_factories import dossier_of
from tests.dossiers.sheets import with_evidence
from tests.guards.doors import ROLES
from tests.notifications.factories import NotificationFactory
from tests.orders.factories import PlacedOrderFactory, first_sku, line_of, part_of
from tests.payments.factories import RefundFactory, parked
from tests.promotions.factories import VoucherFactory
from tests.reviews.factories import ReviewFactory, report
from tests.stalls.factories import (
    HA_NOI,
    TUYEN_QUANG,
    DocumentFactory,
    MemberFactory,
    StallFactory,
    manager_of,
    moderator_of,
)

Ids = dict[str, Any]


@dataclass
class Floor:
    """People with their cookies; the ids of whose things, by the names that routes give them."""

    app: Flask
    cookies: dict[str, str] = field(default_factory=dict)
    theirs: Ids = field(default_factory=dict)
    rivals: Ids = field(default_factory=dict)
    facts: Ids = field(default_factory=dict)
    written: list[str] = field(default_factory=list)


def build(app: Flask) -> Floor:
    """Put the owner, the stall and the rival on an empty floor, and sign everybody in."""
    floor = Floor(app)
    with app.app_context():
        people = _people()
        stall = _stall(people)
        floor.theirs = _goods(stall, people["owner"]) | _belongings(people["owner"])
        floor.theirs["import_id"] = ListImportFactory(moderator=people["moderator"]).id
        shared = VoucherFactory(floor_share_bp=5_000, starts_on=clock.today() + timedelta(days=1))
        floor.theirs["floor_voucher_id"] = shared.id
        rival = StallFactory(manager=people["rival"])
        floor.rivals = _goods(rival, UserFactory())
        floor.facts = {"email": people["buyer"].email, "rival_slug": rival.slug}
        db.session.commit()
        reindex()
        for role, person in people.items():
            floor.cookies[role] = cookie_of(sign_in(browser(floor, role), person))
        device = db.select(UserSession.id).where(UserSession.user_id == people["owner"].id)
        floor.theirs["session_id"] = db.session.scalar(device)
        set_blocked(people["blocked"].id, is_blocked=True)
        db.session.remove()
    return floor


def _people() -> dict[str, User]:
    people: dict[str, User] = {}
    people |= {role: UserFactory() for role in ROLES if role not in {"visitor", "operator"}}
    people["operator"] = OperatorFactory()
    for role, place in (
        ("moderator", TUYEN_QUANG),
        ("elsewhere", HA_NOI),
        ("insider", TUYEN_QUANG),
    ):
        people[role] = moderator_of(province_code=place)
    return people


def _stall(people: dict[str, User]) -> Stall:
    stall: Stall = StallFactory(manager=people["manager"])
    MemberFactory(stall=stall, user=people["helper"], kind=MemberKind.OPERATOR)
    MemberFactory(stall=stall, user=people["insider"])
    return stall


def _stored(*, private: bool = True) -> files.StoredFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PNG")
    with transaction():
        return files.store_picture(out.getvalue(), private=private)


def _goods(stall: Stall, buyer: User) -> Ids:
    """Return the ids of a stall with goods, a certificate, an order, and its review."""
    product: Product = ProductFactory(stall=stall, packs=2)
    pictures = [PictureFactory(product_id=product.id, position=place) for place in range(2)]
    scan, sold = _stored(), first_sku(product)
    arrived = PlacedOrderFactory(buyer=buyer, skus=[(sold, 1)], status=StallOrderStatus.DELIVERED)
    report(review := ReviewFactory(line=line_of(arrived)))
    part = part_of(PlacedOrderFactory(buyer=buyer, skus=[(sold, 1)]))
    member = db.select(db.func.min(StallMember.id)).where(StallMember.stall_id == stall.id)
    found = {
        "stall_slug": stall.slug,
        "stall_id": stall.id,
        "member_id": db.session.scalar(member),
        "product_id": product.id,
        "product_slug": product.slug,
        "sku_id": sold.id,
        "file_id": pictures[0].file_id,
        "code": part.code,
        "order_code": part.code.rpartition("-")[0],
        "line_id": review.order_line_id,
        "review_id": review.id,
        "document_id": DocumentFactory(stall=stall, file=_stored()).id,
        "name": _stored(private=False).name,
        "set_number": 6,
        "voucher_id": VoucherFactory(stall=stall).id,
    }
    stars = _certificates(stall, product, scan)
    return found | stars | _way_to_a_star(product, scan.id) | _money(stall, part)


def _certificates(stall: Stall, product: Product, scan: files.StoredFile) -> Ids:
    """Return the ids of a waiting certificate and of a reported one; others lost their stars."""
    claim = {"product": product, "submitter": manager_of(stall), "scan_id": scan.id}
    waiting = CertificateFactory(**claim, submitted=True)
    verified = CertificateFactory(product=ProductFactory(stall=stall))
    for state in ("withheld", "revoked", "expired"):
        CertificateFactory(product=ProductFactory(stall=stall), **{state: True})
    reported = {"product_code": verified.product_code, "photo_id": _stored().id}
    return {
        "certificate_id": waiting.id,
        "ruling_id": RulingFactory(certificate=waiting, file_id=scan.id).id,
        "stored_id": scan.id,
        "scan_name": scan.name,
        "product_code": verified.product_code,
        "report_id": CodeReportFactory(**reported).id,
    }


def _money(stall: Stall, part: StallOrder) -> Ids:
    """Return the ids of money that fits nothing, and of money that has to go back."""
    proof = {"part": part, "proof_id": _stored().id}
    return {"receipt_id": parked(stall).id, "refund_id": RefundFactory(**proof).id}


def _way_to_a_star(product: Product, scan_id: int) -> Ids:
    """Return the ids of an assessment with evidence, and of a dossier on its route."""
    dossier = dossier_of(product, file_id=scan_id)
    assessment, evidence = with_evidence(product, _stored())
    entry = RecognitionEntryFactory()
    return {
        "dossier_id": dossier.id,
        "entry_slug": entry.slug,
        "entry_id": entry.id,
        "assessment_id": assessment.id,
        "evidence_id": evidence.id,
    }


def _belongings(owner: User) -> Ids:
    """Return the ids of what belongs to a person: address, letter, an application with a paper."""
    draft = StallFactory(manager=owner, status=StallStatus.DRAFT, submitted_at=None)
    moderator = moderator_of(province_code=HA_NOI)
    message = OutboxMessage(
        topic="search.product_changed",
        payload={"product_id": 1},
        created_at=clock.now(),
        available_at=clock.now(),
        parked_at=clock.now(),
        error="out of order",
    )
    db.session.add(message)
    db.session.flush()
    return {
        "address_id": AddressFactory(user=owner).id,
        "notification_id": NotificationFactory(user=owner).id,
        "paper_id": DocumentFactory(stall=draft, file=_stored()).id,
        "user_id": moderator.id,
        "scope_id": ScopeFactory(user=moderator).id,
        "message_id": message.id,
    }


def cookie_of(client: ShopClient) -> str:
    """Return the session of a browser."""
    cookie = client.get_cookie("phien")
    assert cookie is not None
    return str(cookie.value)


def browser(floor: Floor, role: str) -> ShopClient:
    """Return a browser in which somebody of this role is signed in."""
    client = floor.app.test_client()
    if role in floor.cookies:
        client.set_cookie("phien", floor.cookies[role])
    assert isinstance(client, ShopClient)
    return client


@contextmanager
def nothing_is_kept() -> Iterator[None]:
    """Let requests run to their end, and undo what they wrote: the floor stays as it was built."""

    def hold(session: Session) -> None:
        session.flush()
        session.expire_all()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "commit", hold)
        yield


@contextmanager
def as_in_production(app: Flask) -> Iterator[None]:
    """Turn what nobody catches into a page, as it is for real visitors, not into a traceback."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
        yield


@contextmanager
def noting_writes(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that really changed rows; counting tries is no change."""
    seen: list[str] = []

    def note(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        is_write = statement.lstrip().startswith(("INSERT", "UPDATE", "DELETE"))
        if is_write and cursor.rowcount and "throttle_windows" not in statement:
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "after_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "after_cursor_execute", note)


def met(response: TestResponse, *, has_written: bool) -> str:
    """Return what somebody met at a door: in, sent to sign in, or a refusal.

    Who signs all devices out is sent to sign in as well, but she was in: something was written.
    """
    if response.status_code == 303 and response.location.startswith("/dang-nhap"):
        return "." if has_written else "s"
    refusals = {403: "3", 404: "4"}
    is_in = response.status_code in {200, 301, 303, 304, 409, 410, 422}
    return "." if is_in else refusals.get(response.status_code, f"<{response.status_code}>")


def picture() -> tuple[io.BytesIO, str]:
    """Return a picture to upload."""
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PNG")
    return io.BytesIO(out.getvalue()), "anh.png"


def a_list() -> tuple[io.BytesIO, str]:
    """Return a published list to upload."""
    return io.BytesIO("Tên sản phẩm,Tỉnh\nCam mẫu,Tuyên Quang\n".encode()), "danh-sach.csv"


def day(days: int) -> str:
    """Return the day so many days from now."""
    return (clock.today() + timedelta(days=days)).isoformat()
