"""Giving vouchers out: what may be asked, what may still be changed, who may share."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.core import clock
from shop.core.audit import AuditEntry, history
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.promotions import operations
from shop.promotions.models import Voucher, VoucherStall
from shop.promotions.operations import Terms
from shop.promotions.queries import offers_of
from tests.promotions.factories import VoucherFactory
from tests.stalls.factories import StallFactory

DAY = timedelta(days=1)


def terms(**changed):
    today = clock.today()
    known = {"amount_vnd": 20_000, "starts_on": today, "ends_on": today + 30 * DAY, "quota": 10}
    return Terms(**{"code": "TET2027", "name": "Giảm dịp Tết", **known, **changed})


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "tết"}, "code"),
        ({"code": "AB"}, "code"),
        ({"amount_vnd": None}, "amount"),
        ({"percent_bp": 1000}, "amount"),
        ({"amount_vnd": None, "percent_bp": 5001}, "percent"),
        ({"per_buyer": 11}, "per_buyer"),
        ({"starts_on": clock.today() - DAY}, "starts_on"),
        ({"ends_on": clock.today() - DAY}, "ends_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(app, db, changed, field):
    with pytest.raises(InvalidInput) as refused:
        operations.create_voucher(None, terms(**changed))
    assert refused.value.field == field
    assert db.session.scalar(select(Voucher.id)) is None


def test_one_half_is_the_most_unless_the_floor_says_otherwise(app, monkeypatch):
    most = terms(amount_vnd=None, percent_bp=5000)
    assert operations.create_voucher(None, most).percent_bp == 5000
    monkeypatch.setitem(app.config, "DISCOUNT_LIMIT_PERCENT", 20)
    with pytest.raises(InvalidInput):
        operations.create_voucher(None, replace(most, code="HAIMUOI", percent_bp=2001))


def test_a_code_belongs_to_one_voucher_of_the_whole_floor(app):
    operations.create_voucher(None, terms())
    with pytest.raises(InvalidInput):
        operations.create_voucher(StallFactory().id, terms())


def test_before_its_first_day_everything_may_be_changed(app, db):
    voucher = VoucherFactory(starts_on=clock.today() + DAY)
    operations.change_voucher(None, voucher.id, terms(quota=3, starts_on=clock.today() + DAY))
    db.session.expire_all()
    assert (voucher.code, voucher.quota) == ("TET2027", 3)
    assert [entry.action for entry in history(voucher)] == ["voucher.created", "voucher.edited"]
    operations.withdraw_voucher(None, voucher.id)
    assert db.session.scalar(select(Voucher.id)) is None


def test_a_living_voucher_never_becomes_worse(app, db):
    voucher = VoucherFactory()
    number, last, quota = voucher.id, voucher.ends_on, voucher.quota
    for forbidden in (
        lambda: operations.change_voucher(None, number, terms(quota=1000)),
        lambda: operations.withdraw_voucher(None, number),
    ):
        with pytest.raises(WrongState):
            forbidden()
    for day, count in ((last - DAY, quota), (last, quota - 1)):
        with pytest.raises(InvalidInput):
            operations.extend_voucher(None, number, ends_on=day, quota=count)
    operations.extend_voucher(None, number, ends_on=last + DAY, quota=quota + 1)
    db.session.expire_all()
    assert (voucher.ends_on, voucher.quota) == (last + DAY, quota + 1)


def test_it_may_end_early_but_not_before_the_day_is_over_and_not_without_words(app, db):
    voucher = VoucherFactory()
    number, today = voucher.id, clock.today()
    for day, words in (
        (today - DAY, "Hàng đã hết mùa"),
        (voucher.ends_on, "Hàng đã hết mùa"),
        (today, "hết"),
    ):
        with pytest.raises(InvalidInput):
            operations.end_voucher(None, number, ends_on=day, words=words)
    operations.end_voucher(None, number, ends_on=today, words="Hàng đã hết mùa")
    assert offers_of([number], None)[0].refusal is None
    with clock.at(clock.now() + DAY):
        assert "Hàng đã hết mùa" in str(offers_of([number], None)[0].refusal)


def test_a_shared_voucher_holds_for_the_stalls_that_have_joined(app, db):
    voucher = VoucherFactory(floor_share_bp=5_000, starts_on=clock.today() + DAY)
    stall = StallFactory()
    assert offers_of([voucher.id], None)[0].stall_ids == frozenset()
    operations.join_voucher(stall.id, voucher.id)
    operations.join_voucher(stall.id, voucher.id)
    assert offers_of([voucher.id], None)[0].stall_ids == {stall.id}
    operations.leave_voucher(stall.id, voucher.id)
    assert db.session.scalar(select(VoucherStall.stall_id)) is None
    operations.join_voucher(stall.id, voucher.id)
    with clock.at(clock.now() + DAY), pytest.raises(WrongState):
        operations.leave_voucher(stall.id, voucher.id)
    joined = select(AuditEntry).where(AuditEntry.action == "voucher.joined")
    assert len(db.session.scalars(joined).all()) == 2


def test_whoever_shares_is_asked_again_when_the_terms_change(app, db):
    voucher = VoucherFactory(floor_share_bp=5_000, starts_on=clock.today() + DAY)
    operations.join_voucher(StallFactory().id, voucher.id)
    operations.change_voucher(None, voucher.id, terms(floor_share_bp=1_000))
    assert offers_of([voucher.id], None)[0].stall_ids == frozenset()


def test_the_floor_alone_bears_a_whole_voucher_and_nobody_joins(app):
    voucher = VoucherFactory()
    assert offers_of([voucher.id], None)[0].stall_ids is None
    with pytest.raises(WrongState):
        operations.join_voucher(StallFactory().id, voucher.id)


def test_another_stalls_voucher_is_not_found(app):
    voucher = VoucherFactory(stall=StallFactory())
    for stall_id in (StallFactory().id, None):
        with pytest.raises(NotFound):
            operations.extend_voucher(
                stall_id, voucher.id, ends_on=voucher.ends_on, quota=voucher.quota
            )
