"""The forms for a certificate that was verified: offered where they help, kept when wrong."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from shop.certification.models import Certificate, CertificateRuling, CertificateStatus
from shop.certification.queries import certificate_for
from shop.core import clock
from tests.accounts.factories import floor_moderator, sign_in
from tests.certification.factories import CertificateFactory

QUEUE = "/tham-dinh/chung-nhan"


@pytest.fixture
def desk(client):
    return sign_in(client, floor_moderator())


def page(desk, certificate) -> str:
    return desk.get(f"{QUEUE}/{certificate.id}").text


def post(desk, certificate, verb, **data):
    return desk.post(f"{QUEUE}/{certificate.id}/{verb}", data=data)


@pytest.mark.parametrize(
    ("trait", "offered"),
    [
        ({}, {"thu-hoi"}),
        ({"expiring": True}, {"thu-hoi", "gia-han"}),
        ({"expired": True}, {"thu-hoi", "gia-han"}),
        ({"revoked": True}, {"phuc-hoi"}),
        ({"withheld": True}, {"xac-nhan", "thu-hoi"}),
        ({"replaced": True}, set()),
        ({"refused": True}, set()),
    ],
    ids=lambda each: "+".join(sorted(each)) or "nothing",
)
def test_offers_what_can_still_happen(desk, trait, offered):
    certificate = CertificateFactory(**trait)
    text = page(desk, certificate)
    verbs = ("thu-hoi", "phuc-hoi", "xac-nhan", "gia-han")
    assert {
        verb for verb in verbs if f'action="{QUEUE}/{certificate.id}/{verb}"' in text
    } == offered


def test_revokes_with_the_decision_as_a_file_that_moderators_read_again(desk, db):
    certificate = CertificateFactory()
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PNG")
    data = {
        "revoke-reason": "law",
        "revoke-words": "Vi phạm nhãn",
        "revoke-file": (io.BytesIO(out.getvalue()), "qd.png"),
    }
    assert post(desk, certificate, "thu-hoi", **data).status_code == 303
    ruling = db.session.scalars(select(CertificateRuling)).one()
    paper = f"{QUEUE}/{certificate.id}/quyet-dinh/{ruling.id}/0"
    assert paper in page(desk, certificate)
    response = desk.get(paper)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, no-store")
    other = CertificateFactory()
    assert desk.get(f"{QUEUE}/{other.id}/quyet-dinh/{ruling.id}/0").status_code == 404


def test_a_revocation_without_its_decision_is_shown_again_as_typed(desk):
    certificate = CertificateFactory()
    data = {"revoke-reason": "law", "revoke-words": "Vi phạm nhãn hàng"}
    response = post(desk, certificate, "thu-hoi", **data)
    assert response.status_code == 422
    assert "Hãy ghi số và ngày của quyết định thu hồi" in response.text
    assert "Vi phạm nhãn hàng" in response.text
    assert certificate_for(certificate.product_id)


def test_restores_and_confirms_with_words(desk, db):
    for trait, verb, name in (
        ("revoked", "phuc-hoi", "restore"),
        ("withheld", "xac-nhan", "confirm"),
    ):
        certificate = CertificateFactory(**{trait: True})
        assert post(desk, certificate, verb).status_code == 422
        shown = {
            f"{name}-words": "Đúng hàng",
            "confirm-name": certificate.product_name,
            "confirm-product_set": certificate.product_set,
        }
        assert post(desk, certificate, verb, **shown).status_code == 303
        db.session.expire_all()
        found = db.session.get_one(Certificate, certificate.id)
        assert found.status == CertificateStatus.VERIFIED


def test_keeps_the_stars_of_a_late_filer_within_the_bounds(desk):
    certificate = CertificateFactory(expired=True)
    data = {
        "grace-filed_on": (certificate.expires_on - timedelta(days=9)).isoformat(),
        "grace-until": (certificate.expires_on + timedelta(days=181)).isoformat(),
        "grace-words": "Giấy hẹn số 12",
    }
    response = post(desk, certificate, "gia-han", **data)
    assert response.status_code == 422
    assert "tối đa 180 ngày" in response.text
    data["grace-until"] = (certificate.expires_on + timedelta(days=180)).isoformat()
    assert post(desk, certificate, "gia-han", **data).status_code == 303
    assert certificate_for(certificate.product_id)
    assert "Được gia hạn" in page(desk, certificate)


def test_says_when_the_goods_have_another_name_by_now(desk, db):
    certificate = CertificateFactory(revoked=True, product_name="Mật ong bạc hà")
    text = page(desk, certificate)
    assert "Sản phẩm đã đổi tên" in text


def test_what_has_moved_on_is_told_so(desk):
    certificate = CertificateFactory(revoked=True)
    words = {"revoke-reason": "mistake", "revoke-words": "Nhầm"}
    assert post(desk, certificate, "thu-hoi", **words).status_code == 409
    assert certificate.decided_at < clock.now()
