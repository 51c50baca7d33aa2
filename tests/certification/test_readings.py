"""What a first moderator read as 5 stars lights up after two equal readings, and none other."""

import pytest

from shop.certification.models import CertificateStatus
from shop.certification.operations import verify_certificate
from shop.certification.queries import certificate_for
from shop.core.errors import Forbidden, InvalidInput
from tests.accounts.factories import floor_moderator, sign_in
from tests.certification.factories import CertificateFactory


@pytest.fixture
def three(app):
    return [floor_moderator() for _ in "abc"]


@pytest.fixture
def waiting(three):
    """Return a claim that the first of three moderators has read as 5 stars."""
    claim = CertificateFactory(submitted=True, stars=5, score_hundredths=9500)
    assert read(three[0], claim, 5) is False
    return claim


def read(moderator, claim, stars, **more):
    return verify_certificate(moderator, claim.id, stars=stars, expires_on=claim.expires_on, **more)


def test_a_reading_that_differs_stops_until_it_says_why(three, waiting):
    with pytest.raises(InvalidInput) as stopped:
        read(three[1], waiting, 4)
    assert stopped.value.field == "words"
    assert (waiting.stars, waiting.approved_by_id) == (5, three[0].id)
    assert certificate_for(waiting.product_id) is None


def test_a_reading_that_differs_lights_nothing_and_frees_the_case(three, waiting):
    assert read(three[1], waiting, 4, words="Bản quét ghi 4 sao") is False
    assert certificate_for(waiting.product_id) is None
    assert (waiting.status, waiting.claimed_by_id) == (CertificateStatus.SUBMITTED, None)
    with pytest.raises(Forbidden):
        read(three[1], waiting, 4)


@pytest.mark.parametrize("who", [0, 2])
def test_the_first_reader_or_a_third_shares_it(three, waiting, who):
    read(three[1], waiting, 4, words="Bản quét ghi 4 sao")
    assert read(three[who], waiting, 4) is True
    live = certificate_for(waiting.product_id)
    assert (live.stars, live.approved_by_id, live.verified_by_id) == (
        4, three[1].id, three[who].id,
    )  # fmt: skip


def test_the_page_asks_for_the_reason_and_keeps_it(client, three, waiting):
    browser = sign_in(client, three[1])
    here = f"/tham-dinh/chung-nhan/{waiting.id}"
    sent = {"stars": "4", "expires_on": waiting.expires_on.isoformat()}
    assert browser.post(f"{here}/cong-nhan", data=sent).status_code == 422
    sent["words"] = "Bản quét ghi 4 sao"
    assert browser.post(f"{here}/cong-nhan", data=sent).status_code == 303
    assert "Bản quét ghi 4 sao" in browser.get(here).text
    assert certificate_for(waiting.product_id) is None
