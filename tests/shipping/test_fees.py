"""A stall says what delivery costs; buyers read it before the cart."""

import pytest

from shop.core.db import transaction
from shop.shipping.fees import FeeTable
from shop.shipping.operations import set_fees
from shop.shipping.queries import fee_tables
from shop.stalls.models import MemberKind
from tests.accounts.factories import UserFactory, sign_in
from tests.catalogue.factories import ProductFactory
from tests.stalls.factories import MemberFactory, StallFactory, manager_of
from tests.stalls.papers import at_once


@pytest.fixture
def stall(app):
    with transaction():
        made = StallFactory()
    return made


def send(client, stall, **fields):
    known = {"own_province_vnd": "15.000", "elsewhere_vnd": "40000", "free_from_vnd": ""}
    return client.post(f"/quan-ly/{stall.slug}/giao-hang", data={**known, **fields})


def test_a_manager_sets_the_fees(client, stall):
    sign_in(client, manager_of(stall))
    assert send(client, stall, free_from_vnd="500.000 đ").status_code == 303
    assert fee_tables([stall.id])[stall.id] == (15_000, 40_000, 500_000)
    assert "15.000" in client.get(f"/quan-ly/{stall.slug}/giao-hang").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("own_province_vnd", "-1"),
        ("elsewhere_vnd", "nhiều"),
        ("own_province_vnd", ""),
        ("elsewhere_vnd", "3000000"),
        ("free_from_vnd", "0"),
    ],
)
def test_a_fee_that_makes_no_sense_is_refused_and_nothing_is_lost(client, stall, field, typed):
    sign_in(client, manager_of(stall))
    answer = send(client, stall, **{field: typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert fee_tables([stall.id])[stall.id] == (20_000, 35_000, None)


def test_two_first_tables_at_once_are_both_taken(app, db, stall):
    fees = FeeTable(10_000, 20_000, None)
    db.session.refresh(stall)
    db.session.expunge(stall)
    assert at_once(app, *[lambda: set_fees(stall, fees)] * 4) == [None] * 4
    db.session.rollback()
    assert fee_tables([stall.id])[stall.id] == fees


def test_an_operator_of_the_stall_may_not(client, stall):
    with transaction():
        clerk = UserFactory()
        MemberFactory(stall=stall, user=clerk, kind=MemberKind.OPERATOR)
    sign_in(client, clerk)
    assert send(client, stall).status_code == 403


def test_another_stall_is_not_found(client, stall, app):
    with transaction():
        other = StallFactory()
    sign_in(client, manager_of(other))
    assert send(client, stall).status_code == 404


def test_a_buyer_reads_the_fees_on_the_product(client, app):
    with transaction():
        product = ProductFactory()
    assert "Giao hàng: 20.000" in client.get(f"/san-pham/{product.slug}").text
