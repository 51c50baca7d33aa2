"""Certificates and rows of recognition lists, minimal and valid."""

import hashlib
from datetime import timedelta

from factory.alchemy import SQLAlchemyModelFactory
from factory.declarations import (
    LazyAttribute,
    LazyAttributeSequence,
    LazyFunction,
    SelfAttribute,
    Sequence,
    SubFactory,
    Trait,
)

from shop.certification.deadlines import due_on, needs_second
from shop.certification.goods import goods_now
from shop.certification.lists.layout import guess, to_json
from shop.certification.lists.rows import key_of
from shop.certification.lists.sheets import read_grid
from shop.certification.models import (
    Certificate,
    CertificateRuling,
    CertificateStatus,
    CodeReport,
    EvidenceGrade,
    ListImport,
    RecognitionEntry,
    RulingKind,
    SeenAt,
)
from shop.certification.operations import Paper, confirm_certificate
from shop.core import clock
from shop.core.db import db
from shop.core.vietnamese import fold, slugify, sort_key
from tests.accounts.factories import UserFactory


def revoking() -> Paper:
    """Return a decision that revokes, by its number and day."""
    return Paper("3/QĐ-UBND", clock.today())


def confirm(moderator, certificate_id: int, *, words: str) -> None:
    """Confirm a withheld certificate for its goods as they are at this moment."""
    product_id = db.session.get_one(Certificate, certificate_id).product_id
    confirm_certificate(moderator, certificate_id, words=words, seen=goods_now(product_id))


class RecognitionEntryFactory(SQLAlchemyModelFactory):
    """A row of a recognition list whose decision still stands."""

    class Meta:
        model = RecognitionEntry
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    product_name = Sequence(lambda n: f"Mật ong mẫu số {n}")
    producer = "HTX mẫu Cao Nguyên"
    place = "xã Mẫu"
    old_province = "Hà Giang"
    province_code = "08"
    stars = 4
    decided_on = LazyFunction(lambda: clock.today() - timedelta(days=100))
    decision_number = "12/QĐ-UBND"
    imported_at = LazyFunction(clock.now)
    source_key = LazyAttribute(
        lambda o: key_of((o.product_name, o.producer, o.place, o.old_province))
    )
    slug = LazyAttributeSequence(lambda o, n: slugify(f"{o.product_name} {o.producer} {n}"))
    search_key = LazyAttribute(
        lambda o: fold(f"{o.product_name} {o.producer} {o.place} {o.old_province}")
    )
    sort_key = LazyAttribute(lambda o: sort_key(o.product_name))


def reader_of(stars: int, status: CertificateStatus) -> int | None:
    """Return the first of the two moderators that a verified certificate of 5 stars needs."""
    is_read_twice = needs_second(stars) and status == CertificateStatus.VERIFIED
    return UserFactory().id if is_read_twice else None


class CertificateFactory(SQLAlchemyModelFactory):
    """A verified, live certificate of `product`; traits give the other states."""

    class Meta:
        model = Certificate
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    class Params:
        product = SubFactory("tests.catalogue.factories.ProductFactory")
        submitter = SubFactory("tests.accounts.factories.UserFactory")
        verifier = SubFactory("tests.accounts.factories.UserFactory")
        submitted = Trait(
            status=CertificateStatus.SUBMITTED, grade=None, verified_by_id=None, decided_at=None
        )
        returned = Trait(status=CertificateStatus.RETURNED, grade=None, reason="Bản quét bị mờ.")
        refused = Trait(
            status=CertificateStatus.REFUSED, grade=None, reason="Không có trong quyết định."
        )
        revoked = Trait(
            status=CertificateStatus.REVOKED,
            reason="Cơ sở đã ngừng sản xuất.",
            revoked_at=LazyFunction(clock.now),
        )
        replaced = Trait(status=CertificateStatus.REPLACED)
        withheld = Trait(status=CertificateStatus.WITHHELD, reason="Tên hàng đã đổi.")
        expiring = Trait(
            decided_on=LazyFunction(lambda: clock.today() - timedelta(days=1000)),
            expires_on=LazyFunction(lambda: clock.today() + timedelta(days=30)),
        )
        expired = Trait(
            decided_on=LazyFunction(lambda: clock.today() - timedelta(days=1100)),
            expires_on=LazyFunction(lambda: clock.today() - timedelta(days=5)),
        )

    stall_id = SelfAttribute("product.stall_id")
    product_id = SelfAttribute("product.id")
    product_name = SelfAttribute("product.name")
    product_set = SelfAttribute("product.product_set")
    province_code = SelfAttribute("product.province_code")
    commune_code = SelfAttribute("product.commune_code")
    product_code = LazyAttributeSequence(
        lambda o, n: f"{o.province_code}-{o.commune_code}-{n + 1:03}-{o.decided_on.year}"
    )
    stars = 4
    score_hundredths = 8150
    decision_number = Sequence(lambda n: f"{n + 100}/QĐ-UBND")
    decided_on = LazyFunction(lambda: clock.today() - timedelta(days=100))
    expires_on = LazyFunction(lambda: clock.today() + timedelta(days=995))
    issuer = "Ủy ban nhân dân tỉnh mẫu"
    holder = "HTX mẫu Cao Nguyên"
    status = CertificateStatus.VERIFIED
    grade = EvidenceGrade.SCAN
    submitted_by_id = SelfAttribute("submitter.id")
    submitted_at = LazyFunction(lambda: clock.now() - timedelta(days=2))
    due_on = LazyAttribute(lambda o: due_on(clock.local(o.submitted_at).date()))
    approved_by_id = LazyAttribute(lambda o: reader_of(o.stars, o.status))
    verified_by_id = SelfAttribute("verifier.id")
    decided_at = LazyFunction(lambda: clock.now() - timedelta(days=1))


class RulingFactory(SQLAlchemyModelFactory):
    """A revocation of `certificate`, with the number of its decision."""

    class Meta:
        model = CertificateRuling
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    class Params:
        certificate = SubFactory(CertificateFactory)
        moderator = SubFactory("tests.accounts.factories.UserFactory")

    certificate_id = SelfAttribute("certificate.id")
    made_by_id = SelfAttribute("moderator.id")
    kind = RulingKind.REVOKED
    words = "Cơ sở đã đóng cửa."
    decision_number = "3/QĐ-UBND"
    decided_on = LazyFunction(clock.today)
    made_at = LazyFunction(clock.now)


class CodeReportFactory(SQLAlchemyModelFactory):
    """An open report of a code of Tuyên Quang, without photo and contact."""

    class Meta:
        model = CodeReport
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    product_code = Sequence(lambda n: f"08-00721-{n + 500:03}-2026")
    seen_at = SeenAt.MARKET
    words = "Thấy in trên hũ mật ong ở chợ."
    province_code = "08"
    commune_code = "00721"
    created_at = LazyFunction(clock.now)


class ListImportFactory(SQLAlchemyModelFactory):
    """A draft of a published list of one row of Tuyên Quang, read as it is guessed."""

    class Meta:
        model = ListImport
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    class Params:
        moderator = SubFactory("tests.accounts.factories.UserFactory")

    uploaded_by_id = SelfAttribute("moderator.id")
    uploaded_at = LazyFunction(clock.now)
    file_name = "danh-sach-mau.csv"
    data = "Tên sản phẩm,Chủ thể,Tỉnh\nCam mẫu,HTX mẫu,Tuyên Quang\n".encode()
    size_bytes = LazyAttribute(lambda o: len(o.data))
    sha256 = LazyAttribute(lambda o: hashlib.sha256(o.data).hexdigest())
    layout = LazyAttribute(lambda o: to_json(guess(read_grid(o.data).lines)))
    chosen = LazyFunction(dict)
