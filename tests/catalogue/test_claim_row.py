"""“This product is mine”: from a row of the registry to the certificate of one of one's goods."""

import pytest

from tests.accounts.factories import UserFactory, sign_in
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory
from tests.stalls.factories import MemberFactory, StallFactory, manager_of

HOLDER = "HTX mẫu Ong Rừng"


@pytest.fixture
def row():
    return RecognitionEntryFactory(product_name="Mật ong bạc hà mẫu", producer=HOLDER)


@pytest.fixture
def stall():
    return StallFactory(name="Ong Rừng mẫu", legal_name=HOLDER)


def page(row) -> str:
    return f"/danh-muc-ocop/{row.slug}/cua-toi"


def test_a_visitor_is_led_to_sign_in_and_back(client, row):
    assert f'href="{page(row)}"' in client.get(f"/danh-muc-ocop/{row.slug}").text
    sent = client.get(page(row))
    assert sent.status_code == 303
    assert sent.location.startswith("/dang-nhap?tiep=")
    assert client.get("/danh-muc-ocop/khong-co/cua-toi").status_code == 303


def test_whoever_has_no_stall_is_led_to_open_one(client, row):
    assert 'href="/mo-gian-hang"' in sign_in(client, UserFactory()).get(page(row)).text


def test_a_manager_chooses_a_product_and_finds_the_form_filled_in(client, row, stall):
    product = ProductFactory(stall=stall, name="Mật ong bạc hà mẫu")
    other = ProductFactory(stall=stall, name="Chè mẫu")
    manager = sign_in(client, manager_of(stall))
    target = f"/quan-ly/{stall.slug}/hang/{product.id}/chung-nhan?dong={row.id}"
    text = manager.get(page(row)).text
    assert f"{target}#form" in text
    assert f"/hang/{other.id}/" not in text
    form = manager.get(target).text
    assert f'value="{row.decision_number}"' in form
    assert f'name="entry_id" type="hidden" value="{row.id}"' in form


def test_the_chosen_row_is_filled_in_among_many_namesakes(client, row, stall):
    for number in range(12):
        RecognitionEntryFactory(product_name=f"Mật ong bạc hà mẫu {number}", producer=HOLDER)
    product = ProductFactory(stall=stall, name="Mật ong bạc hà mẫu")
    manager = sign_in(client, manager_of(stall))
    for number in (row.id, -1, 10**30):
        sent = manager.get(f"/quan-ly/{stall.slug}/hang/{product.id}/chung-nhan?dong={number}")
        assert (sent.status_code, f'value="{row.id}"' in sent.text) == (200, number == row.id)


def test_a_stall_without_the_product_is_led_to_add_it(client, row, stall):
    assert (
        f"/quan-ly/{stall.slug}/hang/moi" in sign_in(client, manager_of(stall)).get(page(row)).text
    )


def test_a_stall_of_another_name_is_refused_in_clear_words(client, row):
    stall = StallFactory(name="Chè Shan mẫu", legal_name="Công ty mẫu Chè Shan")
    ProductFactory(stall=stall, name="Mật ong bạc hà mẫu")
    text = sign_in(client, manager_of(stall)).get(page(row)).text
    assert "khác hẳn nhau" in text
    assert f"dong={row.id}" not in text


def test_a_line_of_another_stall_is_said_to_be_taken(client, row, stall):
    taken = CertificateFactory(entry_id=row.id)
    text = sign_in(client, manager_of(stall)).get(page(row)).text
    assert "Dòng này đã có chủ" in text
    assert f"/quan-ly/{stall.slug}/hang" not in text.partition("<main")[2]
    assert str(taken.product_code) not in text


def test_the_helper_of_a_stall_cannot_claim(client, row, stall):
    helper = MemberFactory(stall=stall, kind="operator").user
    assert 'href="/mo-gian-hang"' in sign_in(client, helper).get(page(row)).text
