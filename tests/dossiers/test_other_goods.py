"""A dossier speaks of certain goods: others show no stars by it until somebody confirms."""

import pytest

from shop.catalogue.models import Product
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.queries import certificate_for
from shop.core.db import db
from shop.dossiers import checks, operations
from shop.dossiers.transitions import DossierStatus
from tests.dossiers.dossier_factories import decision, scored

pytestmark = pytest.mark.usefixtures("db")


def recognise(moderator, dossier):
    operations.send_up(moderator, dossier.id)
    signed = decision(dossier, stars=5)
    operations.recognise_five(moderator, dossier.id, signed, score=9150)


@pytest.mark.parametrize("change", [{"name": "Rượu ngô men lá"}, {"product_set": 7}])
def test_goods_changed_since_show_no_stars_until_it_is_confirmed(change):
    dossier, moderator = scored()
    product = db.session.get_one(Product, dossier.product_id)
    for name, value in change.items():
        assert getattr(product, name) != value
        setattr(product, name, value)
    db.session.commit()
    recognise(moderator, dossier)
    assert certificate_for(product.id) is None
    issued = db.session.get_one(Certificate, dossier.certificate_id)
    assert issued.status is CertificateStatus.WITHHELD
    assert str(next(iter(change.values()))) in issued.reason
    assert checks.check_dossier_certificates() == checks.check_averages() == []


def test_goods_as_they_were_show_their_stars():
    dossier, moderator = scored()
    recognise(moderator, dossier)
    assert certificate_for(dossier.product_id).stars == 5
    assert dossier.status is DossierStatus.RECOGNISED


def test_the_doctor_sees_an_average_that_its_sheets_do_not_come_to():
    dossier, _ = scored()
    assert checks.check_averages() == []
    dossier.average_hundredths += 1
    db.session.flush()
    assert len(checks.check_averages()) == 1
