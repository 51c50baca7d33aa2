"""Stalls for tests: minimal, valid, at a real place, run by somebody."""

from typing import Any

from factory.alchemy import SQLAlchemyModelFactory
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.helpers import post_generation

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db
from shop.core.files import StoredFile
from shop.core.vietnamese import fold, slugify
from shop.places.models import Commune
from shop.stalls.models import (
    DocumentKind,
    EntityKind,
    MemberKind,
    Stall,
    StallDocument,
    StallMember,
    StallStatus,
)
from tests.accounts.factories import ModeratorFactory, ScopeFactory

TUYEN_QUANG = "08"
DONG_VAN = "00721"
HA_NOI = "01"
BA_DINH = "00004"
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def tax_code(number: int) -> str:
    """Return a tax code that passes the check, in a range that no tax office gives out."""
    start = 990_000_000 + number * 2
    for candidate in range(start, start + 2):
        total = sum(w * int(d) for w, d in zip(WEIGHTS, str(candidate), strict=True))
        if total % 11:
            return f"{candidate}{10 - total % 11}"
    raise AssertionError("two neighbours without a check digit")


def _province_of(stall: Any) -> str:
    found = db.session.get(Commune, stall.commune_code)
    assert found is not None
    return found.province_code


class StallFactory(SQLAlchemyModelFactory):
    """An active cooperative in Đồng Văn with a manager of its own.

    `StallFactory(manager=user)` is run by that person, `StallFactory(manager=False)` by nobody.
    """

    class Meta:
        model = Stall
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    name = Sequence(lambda n: f"Hợp tác xã mẫu số {n + 1}")
    legal_name = LazyAttribute(lambda stall: stall.name)
    slug = LazyAttribute(lambda stall: slugify(stall.name))
    search_key = LazyAttribute(lambda stall: fold(f"{stall.name} {stall.legal_name}"))
    kind = EntityKind.COOPERATIVE
    tax_code = Sequence(tax_code)
    representative = "Vừ Thị Mẫu"
    phone = "0912345678"
    street = "Thôn Mẫu"
    commune_code = DONG_VAN
    province_code = LazyAttribute(_province_of)
    story = "Mười hộ cùng nuôi ong trên cao nguyên đá."
    status = StallStatus.ACTIVE
    created_at = LazyFunction(clock.now)
    submitted_at = LazyFunction(clock.now)
    decided_at = LazyFunction(clock.now)

    @post_generation
    def manager(self, create: bool, extracted: User | bool | None, **kwargs: Any) -> None:
        if create and extracted is not False:
            given = {} if extracted is None else {"user": extracted}
            MemberFactory(stall=self, **given, **kwargs)


class MemberFactory(SQLAlchemyModelFactory):
    """A manager of a stall; `kind=MemberKind.OPERATOR` for the other kind of account."""

    class Meta:
        model = StallMember
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    stall = SubFactory(StallFactory, manager=False)
    stall_id = SelfAttribute("stall.id")
    user = SubFactory("tests.accounts.factories.UserFactory")
    user_id = SelfAttribute("user.id")
    kind = MemberKind.MANAGER
    created_at = LazyFunction(clock.now)


class ScanFactory(SQLAlchemyModelFactory):
    """The row of a private picture; no bytes lie behind it."""

    class Meta:
        model = StoredFile
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    name = Sequence(lambda n: f"{n:032x}.webp")
    content_type = "image/webp"
    size_bytes = 1000
    sha256 = Sequence(lambda n: f"{n:064x}")
    original_name = "giay-dang-ky.jpg"
    width = 800
    height = 1100
    is_private = True
    created_at = LazyFunction(clock.now)


class DocumentFactory(SQLAlchemyModelFactory):
    """The business registration of a stall."""

    class Meta:
        model = StallDocument
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    stall_id = SelfAttribute("stall.id")
    kind = DocumentKind.BUSINESS_REGISTRATION
    number = "ĐK-MẪU-01"
    issuer = "Cơ quan mẫu"
    file = SubFactory(ScanFactory)
    file_id = SelfAttribute("file.id")
    created_at = LazyFunction(clock.now)

    class Params:
        stall = SubFactory(StallFactory)


def moderator_of(**place: str) -> User:
    """Return a moderator whose scope is one province or one commune."""
    person: User = ModeratorFactory()
    ScopeFactory(user=person, **place)
    return person


def manager_of(stall: Stall) -> User:
    """Return the person who runs a stall."""
    found = db.session.execute(
        db.select(User)
        .join(StallMember, StallMember.user_id == User.id)
        .where(StallMember.stall_id == stall.id, StallMember.kind == MemberKind.MANAGER)
        .order_by(StallMember.id)
    ).scalars()
    person = found.first()
    assert person is not None
    return person
