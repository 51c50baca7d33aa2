"""The day after: at midnight in Vietnam a seal is gone everywhere, and no job has run for it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from shop.catalogue.models import Sku
from shop.certification.models import Certificate
from shop.certification.queries import certificate_by_code
from shop.core import clock, outbox
from shop.core.db import db as database
from shop.core.outbox import OutboxMessage, PeriodicRun
from shop.search.operations import reindex
from tests.catalogue.factories import ProductFactory
from tests.catalogue.shelves import certified, names, stars
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory
from tests.stalls.factories import StallFactory


@pytest.fixture
def last_day(app):
    """Return the last minute of a certificate's last day, tomorrow, with everything laid out."""
    stall = StallFactory(name="HTX mẫu")
    product = certified("Mật ong rừng", stall=stall, days=1)
    found = database.session.scalars(select(Certificate)).one()
    found.entry_id = RecognitionEntryFactory(product_name="Mật ong rừng").id
    database.session.commit()
    reindex()
    tomorrow = clock.today() + timedelta(days=1)
    end = datetime(tomorrow.year, tomorrow.month, tomorrow.day, 23, 59, tzinfo=clock.VIETNAM)
    return product, found, end


def everywhere(product, certificate) -> dict[str, str]:
    return {
        "home": "/",
        "browse": "/san-pham",
        "search": "/tim-kiem?q=mật+ong",
        "product": f"/san-pham/{product.slug}",
        "stall": "/gian-hang/htx-mau",
        "registry": "/danh-muc-ocop",
        "certificate": f"/chung-nhan/{certificate.product_code}",
        "cart": "/gio-hang",
    }


def fill_cart(client) -> None:
    sku = database.session.scalars(select(Sku).order_by(Sku.id)).first()
    client.post("/gio-hang/them", data={"sku_id": sku.id, "quantity": 1})


def test_a_seal_is_everywhere_to_the_last_minute_and_nowhere_a_minute_later(client, last_day):
    product, certificate, end = last_day
    fill_cart(client)
    paths = everywhere(product, certificate)
    with time_machine.travel(end, tick=False):
        shown = {where: stars(client.get(path)) for where, path in paths.items()}
        assert names(client.get("/san-pham?sao=4")) == ["Mật ong rừng"]
    assert all(shown.values()), shown
    with time_machine.travel(end + timedelta(minutes=1), tick=False):
        later = {where: stars(client.get(path)) for where, path in paths.items()}
        filtered = [client.get(path) for path in ("/san-pham?sao=4", "/tim-kiem?q=mật+ong&sao=4")]
        assert [names(page) for page in filtered] == [[], []]
    assert not any(later.values()), later
    assert no_job_has_run()


def no_job_has_run() -> bool:
    delivered = select(OutboxMessage.id).where(OutboxMessage.delivered_at.is_not(None))
    runs = database.session.scalars(select(PeriodicRun.name)).all()
    return not runs and not database.session.scalars(delivered).all()


def test_what_is_told_of_a_certificate_elsewhere_agrees(client, last_day):
    _product, certificate, end = last_day
    with time_machine.travel(end + timedelta(minutes=1), tick=False):
        record = certificate_by_code(certificate.product_code)
        assert (record.certificate.is_live, record.certificate.phase.value) == (False, "expired")
        page = client.get(f"/chung-nhan/{certificate.product_code}").text
        assert "Đã hết hạn" in page
        assert "Còn hiệu lực" not in page


def test_no_page_with_a_seal_may_be_kept_past_midnight(client, last_day):
    product, certificate, end = last_day
    for path in everywhere(product, certificate).values():
        with time_machine.travel(end, tick=False):
            headers = client.get(path).headers
        assert "max-age" not in headers.get("Cache-Control", ""), path
        assert not {"Expires", "Last-Modified"} & set(headers.keys()), path
        if tag := headers.get("ETag"):
            assert "no-cache" in headers["Cache-Control"], path
            with time_machine.travel(end + timedelta(minutes=1), tick=False):
                later = client.get(path, headers={"If-None-Match": tag})
            assert (later.status_code, stars(later)) == (200, []), path


def test_the_numbers_of_a_large_floor_do_not_outlive_the_day(client, last_day, monkeypatch):
    _product, _certificate, end = last_day
    monkeypatch.setattr("shop.catalogue.queries.cards.MANY", 0)
    monkeypatch.setattr("shop.catalogue.queries.home.MANY", 0)
    from shop.catalogue.filters import Filters
    from shop.catalogue.queries.cards import total
    from shop.catalogue.queries.home import floor_counts

    chosen = Filters(stars=frozenset({4}))
    with time_machine.travel(end, tick=False):
        assert (total(chosen), floor_counts().certified) == (1, 1)
    with time_machine.travel(end + timedelta(seconds=61), tick=False):
        assert (total(chosen), floor_counts().certified) == (0, 0)


def test_grace_keeps_the_seal_everywhere_and_ends_by_itself(client, last_day):
    product, certificate, end = last_day
    certificate.grace_until = certificate.expires_on + timedelta(days=30)
    database.session.commit()
    paths = everywhere(product, certificate).values()
    for days, expected in ((30, True), (31, False)):
        with time_machine.travel(end + timedelta(days=days), tick=False):
            fill_cart(client)
            assert {bool(stars(client.get(path))) for path in paths} == {expected}


def test_the_index_needs_no_word_of_it_for_it_holds_no_stars(client, last_day):
    _product, _certificate, end = last_day
    with time_machine.travel(end + timedelta(minutes=1), tick=False):
        assert names(client.get("/tim-kiem?q=mật+ong")) == ["Mật ong rừng"]
        from shop.search.checks import check_index

        assert check_index() == []
        outbox.run_until_empty()
        assert stars(client.get("/tim-kiem?q=mật+ong")) == []


def test_goods_beside_it_keep_theirs(client, last_day):
    _product, _certificate, end = last_day
    CertificateFactory(product=ProductFactory(name="Chè Shan"), stars=5)
    with time_machine.travel(end + timedelta(minutes=1), tick=False):
        assert stars(client.get("/san-pham")) == ["5"]
        assert names(client.get("/san-pham?sao=5")) == ["Chè Shan"]
