"""Tax codes and personal codes: what is taken, what is refused and why."""

from datetime import UTC, datetime

import pytest

from shop.core import clock
from shop.core.errors import InvalidInput
from shop.stalls import tax_codes
from shop.stalls.models import EntityKind
from tests.stalls.factories import tax_code

HOUSEHOLD, COMPANY = EntityKind.HOUSEHOLD, EntityKind.COMPANY


@pytest.fixture(autouse=True)
def _in_2026(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.parametrize("kind", list(EntityKind))
def test_every_kind_may_have_a_business_code(kind):
    assert tax_codes.checked(tax_code(1), kind) == tax_code(1)


def test_separators_are_taken_away():
    code = tax_code(3)
    assert tax_codes.checked(f" {code[:3]}.{code[3:6]} {code[6:]}-001", COMPANY) == f"{code}001"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("99000000A1", "chỉ gồm chữ số"),
        ("٠١٠٠٢٣٣٤٨٨", "chỉ gồm chữ số"),
        ("", "chỉ gồm chữ số"),
        ("12345", "địa điểm kinh doanh"),
        ("990000002", "có 10 số"),
        ("99000000211", "có 10 số"),
        (f"{tax_code(1)}000", "có 10 số"),
        (f"{tax_code(1)}0011", "có 10 số"),
        (tax_code(1)[:9] + str((int(tax_code(1)[9]) + 1) % 10), "số kiểm tra"),
    ],
)
def test_refuses_what_is_no_tax_code(app, text, words):
    with app.test_request_context(), pytest.raises(InvalidInput) as refused:
        tax_codes.checked(text, COMPANY)
    assert words in str(refused.value.message)
    assert refused.value.field == "tax_code"


def test_refuses_one_wrong_digit_anywhere():
    right = tax_code(5)
    for place in range(10):
        wrong = right[:place] + str((int(right[place]) + 3) % 10) + right[place + 1 :]
        with pytest.raises(InvalidInput):
            tax_codes.checked(wrong, COMPANY)


@pytest.mark.parametrize("kind", [HOUSEHOLD, EntityKind.FARM, EntityKind.COOPERATIVE_GROUP])
def test_households_farms_and_groups_may_use_a_personal_code(kind):
    assert tax_codes.checked("002 085 000 123", kind) == "002085000123"


@pytest.mark.parametrize("kind", [COMPANY, EntityKind.COOPERATIVE, EntityKind.OTHER])
def test_businesses_may_not_use_a_personal_code(kind):
    with pytest.raises(InvalidInput, match="invalid"):
        tax_codes.checked("002085000123", kind)


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("001185000123", True),  # a woman, Hà Nội, 1985
        ("096201000123", True),  # a man, Cà Mau, 2001
        ("096226000123", True),  # born this year
        ("096227000123", False),  # born next year
        ("002485000123", False),  # born in 2185
        ("003085000123", False),  # no province had this code
        ("000085000123", False),
        ("097085000123", False),
    ],
)
def test_the_parts_of_a_personal_code_are_checked(code, is_one):
    if is_one:
        assert tax_codes.checked(code, HOUSEHOLD) == code
    else:
        with pytest.raises(InvalidInput):
            tax_codes.checked(code, HOUSEHOLD)


def test_there_were_63_provinces():
    assert len(tax_codes.BIRTH_PLACES) == 63


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("9900000021", "9900000021"),
        ("9900000021001", "9900000021-001"),
        ("002085000123", "•••••••••123"),
    ],
)
def test_the_public_reads_three_digits_of_a_personal_code(code, shown):
    assert tax_codes.shown(code) == shown
