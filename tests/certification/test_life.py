"""The later life of a certificate: revoked, restored, withheld, confirmed, kept by grace."""

import io
from datetime import timedelta

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.certification import checks
from shop.certification.models import CertificateRuling, CertificateStatus, RulingKind
from shop.certification.operations import (
    Grace,
    Paper,
    grant_grace,
    restore_certificate,
    revoke_certificate,
    verify_certificate,
    withhold_certificate,
)
from shop.certification.queries import Sold, certificate_by_code, certificate_for, revoked_since
from shop.certification.reasons import RevocationReason
from shop.certification.validity import Phase
from shop.core import clock
from shop.core.db import transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.notifications.models import Notification
from shop.stalls.models import Stall
from tests.accounts.factories import ModeratorFactory, ScopeFactory, floor_moderator
from tests.certification.factories import CertificateFactory, RulingFactory, confirm, revoking
from tests.certification.test_decide_certificate import product_of
from tests.stalls.factories import MemberFactory

GROUNDS = [each for each in RevocationReason if each is not RevocationReason.MISTAKE]


@pytest.fixture
def moderator(app):
    return floor_moderator()


@pytest.fixture
def certificate(app):
    return CertificateFactory()


def revoke(moderator, certificate, **facts):
    told = {"reason": RevocationReason.LAW, "words": "Vi phạm nhãn", "paper": revoking()}
    revoke_certificate(moderator, certificate.id, **{**told, **facts})


def told_of(certificate) -> list[str]:
    return [str(each.title) for each in certificate_by_code(certificate.product_code).events]


def test_revoking_takes_the_stars_away_at_once_and_keeps_the_history(moderator, certificate, db):
    revoke(moderator, certificate)
    assert certificate_for(certificate.product_id) is None
    ruling = db.session.scalars(select(CertificateRuling)).one()
    assert (ruling.kind, ruling.ground, ruling.decision_number) == (
        RulingKind.REVOKED, "law", "3/QĐ-UBND",
    )  # fmt: skip
    event = certificate_by_code(certificate.product_code).events[-1]
    assert "Vi phạm nhãn · Quyết định 3/QĐ-UBND" in event.text


@pytest.mark.parametrize("reason", GROUNDS)
def test_each_ground_needs_the_decision_by_number_and_day_or_as_a_file(
    moderator, certificate, reason
):
    for paper in (Paper(), Paper("3/QĐ-UBND"), Paper(decided_on=clock.today())):
        with pytest.raises(InvalidInput):
            revoke(moderator, certificate, reason=reason, paper=paper)
    assert certificate_for(certificate.product_id)
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PNG")
    revoke(moderator, certificate, reason=reason, paper=Paper(file=out.getvalue()))
    assert certificate_for(certificate.product_id) is None


def test_a_mistake_of_the_floor_needs_no_decision(moderator, certificate):
    revoke(moderator, certificate, reason=RevocationReason.MISTAKE, paper=Paper())
    assert certificate_for(certificate.product_id) is None


def test_the_file_of_a_decision_is_private(moderator, certificate, db):
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PNG")
    revoke(moderator, certificate, paper=Paper(file=out.getvalue(), file_name="qd.png"))
    ruling = db.session.scalars(
        select(CertificateRuling).options(joinedload(CertificateRuling.file))
    ).one()
    assert ruling.file.is_private
    with pytest.raises(InvalidInput) as refused:
        revoke(moderator, CertificateFactory(), paper=Paper(file=b"no picture"))
    assert refused.value.field == "file"


@pytest.mark.parametrize("trait", ["submitted", "returned", "refused", "revoked", "replaced"])
def test_only_what_stands_is_revoked(moderator, trait):
    with pytest.raises(WrongState):
        revoke(moderator, CertificateFactory(**{trait: True}))


def test_a_revocation_is_taken_back_and_both_stay_public(moderator, certificate, db):
    revoke(moderator, certificate)
    restore_certificate(moderator, certificate.id, words="Quyết định 3 đã bị hủy")
    assert certificate_for(certificate.product_id).reason == ""
    assert told_of(certificate) == ["Đã thu hồi", "Phục hồi: quyết định thu hồi đã được rút lại"]
    assert checks.check_certificate_records() == []
    revoke(moderator, certificate)
    assert certificate_for(certificate.product_id) is None
    assert checks.check_certificate_records() == []


def test_what_has_run_out_meanwhile_shows_nothing_when_restored(moderator, certificate, db):
    revoke(moderator, certificate)
    with time_machine.travel(clock.now() + timedelta(days=1000)):
        restore_certificate(moderator, certificate.id, words="Hủy quyết định")
        assert certificate_for(certificate.product_id) is None


def test_nothing_is_restored_over_a_newer_one(moderator, certificate, db):
    revoke(moderator, certificate)
    CertificateFactory(product=product_of(db, certificate))
    with pytest.raises(WrongState):
        restore_certificate(moderator, certificate.id, words="Nhầm")
    assert certificate_for(certificate.product_id).id != certificate.id


def test_nothing_is_restored_whose_code_serves_other_goods(moderator, certificate, db):
    revoke(moderator, certificate)
    CertificateFactory(product_code=certificate.product_code)
    with pytest.raises(WrongState):
        restore_certificate(moderator, certificate.id, words="Nhầm")
    assert certificate_for(certificate.product_id) is None


@pytest.mark.parametrize("deed", [restore_certificate, confirm])
def test_only_what_was_taken_away_comes_back_and_not_without_words(moderator, deed, certificate):
    with pytest.raises(WrongState):
        deed(moderator, certificate.id, words="Nhầm")
    with pytest.raises(InvalidInput):
        deed(moderator, certificate.id, words="")


def test_nobody_rules_outside_the_scope_or_for_the_own_stall(moderator, certificate, db):
    stranger = ModeratorFactory()
    ScopeFactory(user=stranger, province_code="01")
    with pytest.raises(NotFound):
        revoke(stranger, certificate)
    MemberFactory(stall=db.session.get_one(Stall, certificate.stall_id), user=moderator)
    with pytest.raises(Forbidden):
        revoke(moderator, certificate)
    revoked = CertificateFactory(revoked=True, submitter=moderator)
    with pytest.raises(Forbidden):
        restore_certificate(moderator, revoked.id, words="Nhầm")


def test_withheld_stars_show_again_once_confirmed(moderator, certificate, db):
    with transaction():
        withhold_certificate(certificate.product_id, words="Chè → Trà")
    assert certificate_for(certificate.product_id) is None
    db.session.refresh(certificate)
    assert (certificate.status, certificate.phase) == (
        CertificateStatus.WITHHELD, Phase.WITHHELD,
    )  # fmt: skip
    assert checks.check_certificate_records() == []
    confirm(moderator, certificate.id, words="Chỉ đổi cách viết")
    assert certificate_for(certificate.product_id).id == certificate.id
    assert told_of(certificate)[-1] == "Cán bộ thẩm định xác nhận giấy vẫn đúng với sản phẩm"


def test_a_newer_certificate_takes_the_place_of_a_withheld_one(moderator, db):
    old = CertificateFactory(withheld=True)
    new = CertificateFactory(submitted=True, product=product_of(db, old))
    verify_certificate(moderator, new.id, stars=4, expires_on=new.expires_on)
    db.session.refresh(old)
    assert (old.status, old.phase) == (CertificateStatus.REPLACED, Phase.RENEWED)


@pytest.mark.parametrize(
    ("before", "after", "phase"),
    [(4, 4, Phase.RENEWED), (3, 4, Phase.UPGRADED), (4, 3, Phase.DOWNGRADED)],
)
def test_the_earlier_one_stands_until_the_renewal_is_decided(moderator, db, before, after, phase):
    old = CertificateFactory(stars=before, expiring=True)
    new = CertificateFactory(submitted=True, product=product_of(db, old), stars=after)
    assert certificate_for(old.product_id).id == old.id
    verify_certificate(moderator, new.id, stars=after, expires_on=new.expires_on)
    assert certificate_for(old.product_id).id == new.id
    db.session.refresh(old)
    assert old.phase is phase
    others = certificate_by_code(old.product_code)
    assert str(phase.label) in others.events[-1].text


def test_grace_keeps_the_stars_of_a_late_filer_until_its_end(moderator, db):
    certificate = CertificateFactory(expired=True)
    until = certificate.expires_on + timedelta(days=180)
    filed = certificate.expires_on - timedelta(days=10)
    assert certificate_for(certificate.product_id) is None
    grant_grace(moderator, certificate.id, Grace(filed, until), words="Giấy hẹn 12")
    live = certificate_for(certificate.product_id)
    assert (live.is_live, live.phase, live.live_until) == (True, Phase.GRACE, until)
    with time_machine.travel(clock.now() + timedelta(days=176)):
        assert certificate_for(certificate.product_id) is None
        assert not live.is_live


@pytest.mark.parametrize(
    ("filed", "until", "field"),
    [(-10, 181, "until"), (-10, 0, "until"), (1, 90, "filed_on"), (-2000, 90, "filed_on")],
)
def test_grace_is_bounded_and_needs_a_filing_while_it_stood(moderator, db, filed, until, field):
    certificate = CertificateFactory(expired=True)
    ends = certificate.expires_on
    filed, until = ends + timedelta(days=filed), ends + timedelta(days=until)
    with pytest.raises(InvalidInput) as refused:
        grant_grace(moderator, certificate.id, Grace(filed, until), words="Giấy hẹn")
    assert refused.value.field == field
    assert certificate_for(certificate.product_id) is None


def test_a_revoked_one_gets_no_grace(moderator, db):
    certificate = CertificateFactory(revoked=True)
    until = certificate.expires_on + timedelta(days=10)
    with pytest.raises(WrongState):
        grant_grace(moderator, certificate.id, Grace(clock.today(), until), words="Giấy hẹn")


def test_the_doctor_sees_a_grace_that_nobody_granted_or_that_is_too_long(moderator, db):
    certificate = CertificateFactory(expired=True)
    certificate.grace_until = certificate.expires_on + timedelta(days=200)
    db.session.commit()
    lines = checks.check_life()
    assert f"certificate {certificate.id}: kept beyond the bounds of grace" in lines
    assert f"certificate {certificate.id}: kept without a ruling" in lines


def test_the_doctor_sees_a_revocation_without_its_paper(db):
    certificate = CertificateFactory(revoked=True)
    assert checks.check_life() == [f"certificate {certificate.id}: revoked ≠ ∅"]
    RulingFactory(certificate=certificate, ground="law", decision_number="")
    assert checks.check_life() == [f"certificate {certificate.id}: revoked without its decision"]


def test_the_stall_is_told_of_each_ruling(moderator, certificate, db):
    revoke(moderator, certificate)
    restore_certificate(moderator, certificate.id, words="Hủy quyết định")
    revoke(moderator, certificate)
    told = [row.template for row in db.session.scalars(select(Notification))]
    assert told.count("certification/revoked") == 2
    assert "certification/restored" in told


def test_orders_learn_of_the_day_of_revocation(moderator, certificate, db):
    other = CertificateFactory()
    revoke(moderator, certificate)
    at = clock.now() - timedelta(hours=1)
    codes = [Sold(each.product_code, each.product_id, at) for each in (certificate, other)]
    codes.append(Sold("", other.product_id, at))
    assert revoked_since(codes) == {certificate.product_code: clock.today()}
    restore_certificate(moderator, certificate.id, words="Hủy quyết định")
    assert revoked_since(codes) == {}
