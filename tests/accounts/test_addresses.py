from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from shop.accounts import queries
from shop.accounts.models import Address
from shop.core.errors import NotFound
from shop.core.vietnamese import fold
from shop.places.models import Commune
from tests.accounts.factories import AddressFactory, UserFactory, sign_in, some_commune
from tests.queries import assert_queries_stay_flat


def typed(commune, **changes):
    form = {"recipient": "Trần Thị Lụa", "phone": "0912 345 678", "street": "12 phố Chợ"}
    form |= {"province_code": commune.province_code, "commune_name": commune.full_name}
    return form | {"commune_code": "", "is_default": ""} | changes


@pytest.fixture
def person(client):
    person = UserFactory()
    sign_in(client, person)
    return person


def kept(db):
    return db.session.scalars(select(Address).order_by(Address.id)).all()


def test_an_address_is_kept_with_its_commune(client, db, person):
    commune = some_commune()
    answer = client.post("/tai-khoan/dia-chi/moi", data=typed(commune, commune_code=commune.code))
    assert answer.location == "/tai-khoan/dia-chi"
    page = client.get("/tai-khoan/dia-chi").text
    assert f"12 phố Chợ, {commune.full_name}" in page
    assert "mặc định" in page
    assert kept(db)[0].phone == "0912345678"


def test_without_javascript_the_typed_name_is_enough(client, db, person):
    commune = some_commune()
    client.post("/tai-khoan/dia-chi/moi", data=typed(commune, commune_name=fold(commune.full_name)))
    assert [row.commune_code for row in kept(db)] == [commune.code]


def test_a_name_that_fits_several_places_offers_them(client, db, person):
    answer = client.post("/tai-khoan/dia-chi/moi", data=typed(some_commune(), commune_name="ba"))
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    choices = page.find_all("input", attrs={"name": "commune_choice"})
    assert len(choices) > 1
    chosen = choices[1]["value"]
    data = typed(some_commune(), commune_name="ba", commune_choice=chosen)
    assert client.post("/tai-khoan/dia-chi/moi", data=data).status_code == 303
    assert [row.commune_code for row in kept(db)] == [chosen]


def test_a_choice_is_kept_while_another_field_is_wrong(client, person):
    commune = some_commune()
    data = typed(commune, commune_name="ba", commune_choice=commune.code, phone="12")
    answer = client.post("/tai-khoan/dia-chi/moi", data=data)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.find(id="commune_code")["value"] == commune.code
    assert page.find(id="commune_name")["value"] == commune.full_name


def test_an_unknown_name_is_said_and_kept(client, person):
    answer = client.post(
        "/tai-khoan/dia-chi/moi", data=typed(some_commune(), commune_name="Xã Không Có Đâu")
    )
    assert answer.status_code == 422
    assert "Không tìm thấy nơi này" in answer.text
    assert "Xã Không Có Đâu" in answer.text


def test_a_code_left_behind_by_another_name_does_not_count(client, db, person):
    old, new = some_commune(), some_commune(number=1)
    client.post("/tai-khoan/dia-chi/moi", data=typed(new, commune_code=old.code))
    assert [row.commune_code for row in kept(db)] == [new.code]


def test_a_commune_of_another_province_does_not_count(client, db, person):
    far = db.session.scalars(select(Commune).where(Commune.province_code != "01").limit(1)).one()
    data = typed(some_commune(), commune_name="", commune_code=far.code, commune_choice=far.code)
    assert client.post("/tai-khoan/dia-chi/moi", data=data).status_code == 422
    assert not kept(db)


def test_there_is_always_one_default(client, db, person):
    first, second, third = (AddressFactory(user=person, is_default=n == 0) for n in range(3))
    client.post(f"/tai-khoan/dia-chi/{second.id}/mac-dinh")
    assert [row.is_default for row in kept(db)] == [False, True, False]
    client.post(f"/tai-khoan/dia-chi/{second.id}/xoa")
    assert [(row.id, row.is_default) for row in kept(db)] == [(first.id, True), (third.id, False)]


def test_an_address_is_changed(client, db, person):
    address = AddressFactory(user=person)
    page = client.get(f"/tai-khoan/dia-chi/{address.id}").text
    assert address.street in page
    data = typed(some_commune(number=2), street="Thôn Hạ")
    assert client.post(f"/tai-khoan/dia-chi/{address.id}", data=data).status_code == 303
    assert [(row.street, row.is_default) for row in kept(db)] == [("Thôn Hạ", True)]


@pytest.mark.parametrize("what", ["", "/mac-dinh", "/xoa"])
def test_somebody_elses_address_is_not_there(client, db, person, what):
    address = AddressFactory(street="Nhà người khác")
    path = f"/tai-khoan/dia-chi/{address.id}{what}"
    answer = client.post(path, data=typed(some_commune()))
    assert answer.status_code == 404
    if not what:
        assert client.get(path).status_code == 404
    assert [row.street for row in kept(db)] == ["Nhà người khác"]
    with pytest.raises(NotFound):
        queries.address_of(person.id, address.id)


def test_the_way_back_is_one_of_ours(client, person):
    path = "/tai-khoan/dia-chi/moi?tiep="
    data = typed(some_commune())
    assert client.post(f"{path}/thanh-toan", data=data).location == "/thanh-toan"
    assert client.post(f"{path}//xau.example", data=data).location == "/tai-khoan/dia-chi"


def test_the_twenty_first_address_is_refused(client, db, person):
    for _ in range(20):
        AddressFactory(user=person, is_default=False)
    answer = client.post("/tai-khoan/dia-chi/moi", data=typed(some_commune()))
    assert answer.status_code == 422
    assert "20 địa chỉ" in answer.text
    assert len(kept(db)) == 20


def test_the_list_asks_as_much_for_many(client, db, person):
    AddressFactory(user=person)
    more = SimpleNamespace(add=lambda: [AddressFactory(user=person) for _ in range(5)])
    assert_queries_stay_flat(client, "/tai-khoan/dia-chi", more.add, db.engine)


def test_an_order_keeps_the_address_in_words(person):
    address = AddressFactory(user=person)
    found = queries.address_of(person.id, address.id)
    assert found.snapshot()["commune"] == found.commune.full_name
