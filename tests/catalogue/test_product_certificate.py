"""A manager hands in the certificate of a product; operators of the stall and strangers do not."""

import io

import pytest

from shop.catalogue.models import ProductStatus
from shop.certification.models import Certificate, CertificateStatus
from shop.core import clock
from tests.catalogue.cockpit import as_helper, as_manager, open_goods, photo
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory
from tests.stalls.factories import StallFactory


def claim(**more):
    day = clock.today()
    return {
        "product_code": f"08-00721-001-{day.year}",
        "stars": "4",
        "score": "81,50",
        "decision_number": "12/QĐ-UBND",
        "decided_on": day.replace(day=1).isoformat(),
        "expires_on": day.replace(day=28, year=day.year + 2).isoformat(),
        "issuer": "Ủy ban nhân dân tỉnh mẫu",
        "scan": (io.BytesIO(photo(size=(300, 400))), "giay.jpg"),
        **more,
    }


def test_a_manager_hands_in_and_sees_it_wait(client, db):
    product = ProductFactory()
    at = open_goods(client, product)
    assert client.post(f"{at}/chung-nhan", data=claim()).status_code == 303
    kept = db.session.scalar(db.select(Certificate))
    assert (kept.product_id, kept.status) == (product.id, CertificateStatus.SUBMITTED)
    page = client.get(f"{at}/chung-nhan").text
    assert kept.product_code in page
    assert "đang được thẩm định" in page
    assert 'name="product_code"' not in page
    assert client.post(f"{at}/chung-nhan", data=claim(stars="5")).status_code in {409, 422}


def test_a_refused_form_keeps_what_was_typed(client, db):
    product = ProductFactory()
    at = open_goods(client, product)
    response = client.post(f"{at}/chung-nhan", data=claim(product_code="1234"))
    assert response.status_code == 422
    assert 'value="1234"' in response.text
    assert 'value="12/QĐ-UBND"' in response.text
    response = client.post(f"{at}/chung-nhan", data=claim(scan=(io.BytesIO(b""), "")))
    assert response.status_code == 422
    assert db.session.scalar(db.select(Certificate)) is None


def test_the_other_kind_of_account_may_not(client, db):
    product = ProductFactory()
    at = open_goods(client, product, as_helper)
    assert client.get(f"{at}/chung-nhan").status_code == 403
    assert client.post(f"{at}/chung-nhan", data=claim()).status_code == 403
    assert "/chung-nhan" not in client.get(at).text
    assert db.session.scalar(db.select(Certificate)) is None


def test_goods_of_another_stall_are_not_found(client, db):
    product, own = ProductFactory(), StallFactory()
    at = f"/quan-ly/{own.slug}/hang/{product.id}/chung-nhan"
    as_manager(client, own)
    assert client.get(at).status_code == 404
    assert client.post(at, data=claim()).status_code == 404
    assert db.session.scalar(db.select(Certificate)) is None


def test_no_hidden_field_grants_a_star(client, db):
    product = ProductFactory(status=ProductStatus.DRAFT)
    at = open_goods(client, product)
    extra = {"status": "verified", "grade": "scan", "product_id": "99", "verified_by_id": "1"}
    client.post(f"{at}/chung-nhan", data=claim(**extra))
    kept = db.session.scalar(db.select(Certificate))
    assert (kept.status, kept.product_id) == (CertificateStatus.SUBMITTED, product.id)
    assert kept.verified_by_id is None


def test_a_row_of_the_public_list_fills_the_form(client):
    stall = StallFactory(name="HTX Mật ong Cao Nguyên Đá")
    product = ProductFactory(stall=stall, name="Mật ong bạc hà Cao Nguyên")
    entry = RecognitionEntryFactory(
        product_name="Mật ong bạc hà Cao Nguyên",
        producer="HTX Mật ong Cao Nguyên Đá",
        decision_number="77/QĐ-UBND",
    )
    at = open_goods(client, product)
    assert "HTX Mật ong Cao Nguyên Đá" in client.get(f"{at}/chung-nhan").text
    page = client.get(f"{at}/chung-nhan?dong={entry.id}").text
    assert 'value="77/QĐ-UBND"' in page
    assert f'value="{entry.id}"' in page


@pytest.mark.parametrize("row", ["9999", "x", "-1"])
def test_a_row_that_is_not_offered_fills_nothing(client, row):
    product = ProductFactory()
    RecognitionEntryFactory(decision_number="77/QĐ-UBND")
    at = open_goods(client, product)
    response = client.get(f"{at}/chung-nhan?dong={row}")
    assert response.status_code == 200
    assert "77/QĐ-UBND" not in response.text


def test_a_claim_that_came_back_can_be_handed_in_anew(client):
    product = ProductFactory()
    CertificateFactory(product=product, returned=True, decision_number="88/QĐ-UBND")
    at = open_goods(client, product)
    page = client.get(f"{at}/chung-nhan").text
    assert "Bản quét bị mờ." in page
    assert 'value="88/QĐ-UBND"' in page
