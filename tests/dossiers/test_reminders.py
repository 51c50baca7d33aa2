"""A stall whose renewal is on its way hears no reminder to file it; when it comes back, it does."""

from datetime import timedelta

from sqlalchemy import func, select

from shop.catalogue.models import Product
from shop.certification.operations import remind_stalls
from shop.core import clock
from shop.core.db import db
from shop.dossiers import operations
from shop.dossiers.models import Dossier, DossierKind
from shop.notifications.models import Notification
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory
from tests.dossiers.dossier_factories import assessment_of, handed_in, member_of


def ending(product: Product, days: int = 100) -> None:
    today = clock.today()
    ends, decided = today + timedelta(days=days), today + timedelta(days=days - 1000)
    CertificateFactory(product=product, decided_on=decided, expires_on=ends)
    db.session.commit()


def renewal(product: Product) -> Dossier:
    made = assessment_of(product)
    return operations.hand_in(member_of(product.stall_id), made.id, DossierKind.RE_EVALUATION)


def reminders() -> int:
    remind_stalls()
    rows = select(func.count()).where(Notification.template == "certification/reminder")
    return db.session.scalar(rows)


def test_a_dossier_on_its_way_needs_no_reminder(app):
    product = ProductFactory()
    ending(product)
    dossier = renewal(product)
    assert reminders() == 0
    operations.withdraw(member_of(product.stall_id), dossier.id)
    assert reminders() == 1


def test_a_dossier_of_other_goods_silences_nothing(app):
    ending(ProductFactory())
    handed_in()
    assert reminders() == 1
