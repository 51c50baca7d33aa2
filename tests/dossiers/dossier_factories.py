"""Dossiers for tests: handed in by a stall, then taken along the route as people would."""

from typing import Any

from sqlalchemy import select

from shop.accounts.models import User
from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db, transaction
from shop.criteria.queries import current_version, sheet_of
from shop.dossiers import operations
from shop.dossiers.models import (
    Assessment,
    AssessmentAnswer,
    AssessmentEvidence,
    Dossier,
    DossierKind,
    NoteKind,
)
from shop.dossiers.outcome import Decision
from shop.dossiers.screening import Finding, Matter
from shop.stalls.models import StallMember
from tests.catalogue.factories import ProductFactory
from tests.stalls.factories import TUYEN_QUANG, moderator_of

CONFIRMED = dict.fromkeys(Matter, Finding.CONFIRMED)


def assessment_of(product: Product, answers: dict[str, int] | None = None) -> Assessment:
    """Return a self-assessment of a product with answers, the best ones unless said."""
    version = current_version()
    given = best(product) if answers is None else answers
    with transaction():
        made = Assessment(
            stall_id=product.stall_id,
            product_id=product.id,
            version_id=version.id,
            product_set=product.product_set,
            created_at=clock.now(),
        )
        db.session.add(made)
        db.session.flush()
        for code, option in given.items():
            db.session.add(AssessmentAnswer(assessment_id=made.id, code=code, option=option))
    return made


def best(product: Product) -> dict[str, int]:
    """Return the answers that bring the most points."""
    return _chosen(product, last=True)


def answers_to(dossier: Dossier) -> dict[str, int]:
    """Return the answers that bring a dossier the most points."""
    return best(db.session.get_one(Product, dossier.product_id))


def worst(product: Product) -> dict[str, int]:
    """Return the answers that bring the fewest points."""
    return _chosen(product, last=False)


def _chosen(product: Product, *, last: bool) -> dict[str, int]:
    sheet = sheet_of(current_version().id, product.product_set)
    ranked = {
        each.code: sorted(
            (option.points_hundredths, index) for index, option in enumerate(each.options)
        )
        for each in sheet.criteria()
    }
    return {code: points[-1 if last else 0][1] for code, points in ranked.items()}


def member_of(stall_id: int) -> StallMember:
    """Return the manager of a stall."""
    return db.session.scalars(select(StallMember).where(StallMember.stall_id == stall_id)).first()


def handed_in(kind: DossierKind = DossierKind.FIRST, **product: Any) -> Dossier:
    """Return a dossier that lies with the commune."""
    goods = ProductFactory(**product)
    assessment = assessment_of(goods)
    return operations.hand_in(member_of(goods.stall_id), assessment.id, kind)


def dossier_of(product: Product, *, file_id: int | None = None) -> Dossier:
    """Return a dossier of a product with a file as its evidence."""
    assessment = assessment_of(product)
    with transaction():
        line = {"assessment_id": assessment.id, "code": "1.1", "file_id": file_id, "note": "Mẫu"}
        db.session.add(AssessmentEvidence(**line))
    return operations.hand_in(member_of(product.stall_id), assessment.id, DossierKind.FIRST)


def office(province: str = TUYEN_QUANG) -> User:
    """Return a moderator of the whole province."""
    return moderator_of(province_code=province)


def in_province() -> tuple[Dossier, User]:
    """Return a dossier that the commune has sent on, and the office's moderator."""
    dossier, moderator = handed_in(), office()
    operations.forward(moderator, dossier.id, findings=CONFIRMED)
    return dossier, moderator


def checked(moderator: User, dossier: Dossier) -> None:
    """Write the notes without which no council meets."""
    for kind, words in {NoteKind.DESK_CHECK: "Đủ giấy tờ.", NoteKind.SITE_VISIT: "Đã xem."}.items():
        operations.add_note(moderator, dossier.id, kind=kind, day=clock.today(), words=words)


def convened(count: int = 3) -> tuple[Dossier, User, list[User]]:
    """Return a dossier before its council, the office's moderator and the members."""
    dossier, moderator = in_province()
    checked(moderator, dossier)
    members = [office() for _ in range(count)]
    operations.convene(moderator, dossier.id, [each.id for each in members])
    return dossier, moderator, members


def scored(answers: Any = best) -> tuple[Dossier, User]:
    """Return a dossier whose council has closed, every member with the same answers."""
    dossier, moderator, members = convened()
    product = db.session.get_one(Product, dossier.product_id)
    for each in members:
        operations.hand_in_sheet(each, dossier.id, answers(product))
    return dossier, moderator


def decision(dossier: Dossier, stars: int = 4, **facts: Any) -> Decision:
    """Return a decision as the province's chair would sign it."""
    from shop.certification.validity import end_of

    today = clock.today()
    return Decision(
        **{
            "stars": stars,
            "product_code": f"{dossier.province_code}-{dossier.commune_code}-017-2026",
            "decision_number": "77/QĐ-UBND",
            "decided_on": today,
            "issuer": "Chủ tịch Ủy ban nhân dân tỉnh mẫu",
            "expires_on": end_of(today),
            **facts,
        }
    )
