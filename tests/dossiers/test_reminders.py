"""Who has a dossier on its way is not told to file one."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from shop.catalogue.models import Product
from shop.certification.operations import remind_stalls
from shop.core import clock
from shop.core.db import db
from shop.dossiers import operations
from shop.dossiers.models import DossierKind
from shop.notifications.models import Notification
from tests.certification.factories import CertificateFactory
from tests.dossiers.dossier_factories import assessment_of, member_of


def certified(days: int) -> Product:
    """Return goods whose certificate ends in so many days."""
    certificate = CertificateFactory(
        decided_on=clock.today() + timedelta(days=days - 1000),
        expires_on=clock.today() + timedelta(days=days),
    )
    db.session.commit()
    return db.session.get_one(Product, certificate.product_id)


def reminded() -> list[str]:
    rows = db.session.scalars(select(Notification).where(Notification.template.like("%reminder")))
    return [row.data["product_name"] for row in rows]


def test_only_who_has_not_filed_is_reminded(app, db):
    filed, idle = certified(100), certified(100)
    again = DossierKind.RE_EVALUATION
    dossier = operations.hand_in(member_of(filed.stall_id), assessment_of(filed).id, again)
    remind_stalls()
    assert reminded() == [idle.name]
    operations.withdraw(member_of(filed.stall_id), dossier.id)
    with time_machine.travel(clock.now() + timedelta(days=40)):
        remind_stalls()
    assert sorted(reminded()) == sorted([idle.name, idle.name, filed.name])
