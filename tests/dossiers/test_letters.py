"""Who hears that a dossier has come in: those who act on it next, and nobody of the stall."""

from sqlalchemy import select

from shop.core.db import db
from shop.dossiers import operations
from shop.dossiers.models import DossierKind
from shop.notifications.letters import compose
from shop.notifications.models import Notification
from shop.stalls.models import Stall
from tests.accounts.factories import floor_moderator
from tests.catalogue.factories import ProductFactory
from tests.dossiers.dossier_factories import CONFIRMED, assessment_of, member_of, office
from tests.stalls.factories import DONG_VAN, HA_NOI, MemberFactory, moderator_of


def come_in(product):
    made = assessment_of(product)
    return operations.hand_in(member_of(product.stall_id), made.id, DossierKind.FIRST)


def told() -> list[Notification]:
    wanted = select(Notification).where(Notification.template == "dossiers/waiting")
    return list(db.session.scalars(wanted.order_by(Notification.id)))


def test_the_commune_hears_of_a_new_one_and_the_office_of_a_screened_one(app):
    commune = moderator_of(province_code="08", commune_code=DONG_VAN)
    boss, everywhere = office(), floor_moderator()
    office(HA_NOI)
    dossier = come_in(ProductFactory())
    assert [each.user_id for each in told()] == [commune.id]
    letter = compose("dossiers/waiting", person=commune, data=told()[0].data)
    assert dossier.product_name in letter.subject
    assert "sơ loại" in letter.text
    operations.forward(commune, dossier.id, findings=CONFIRMED)
    assert {each.user_id for each in told()[1:]} == {boss.id, everywhere.id}


def test_without_a_moderator_of_its_own_the_office_hears_for_the_commune(app):
    boss, product = office(), ProductFactory()
    MemberFactory(stall=db.session.get_one(Stall, product.stall_id), user=office())
    come_in(product)
    assert [each.user_id for each in told()] == [boss.id]
