"""How much a moderator has to do for a claim that is as the published list says."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from shop.certification.models import EvidenceGrade
from shop.certification.queries import certificate_for
from tests.accounts.factories import floor_moderator, sign_in
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory

DESK = "/tham-dinh/chung-nhan"


class Forms(HTMLParser):
    """The forms of a page as a browser would send them untouched: address, then its fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self.fields: dict[str, str] = {}
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "form":
            self.fields = self.found.setdefault(facts["action"], {})
        elif tag == "input" and facts.get("name"):
            self.fields[facts["name"]] = facts.get("value") or ""
        elif tag == "select":
            self.select = facts["name"]
        elif tag == "option" and ("selected" in facts or self.select not in self.fields):
            self.fields[self.select] = facts.get("value") or ""


def links(page: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', page)


@pytest.fixture
def listed(app):
    """Give a claim of a row that says the same of product, holder, stars and decision."""
    entry = RecognitionEntryFactory()
    product = ProductFactory(name=entry.product_name)
    facts = ("decision_number", "decided_on", "stars")
    agreed = {name: getattr(entry, name) for name in facts}
    claim = {"product": product, "holder": entry.producer, "entry_id": entry.id, **agreed}
    return CertificateFactory(submitted=True, **claim)


def test_a_claim_that_matches_its_row_takes_three_actions(client, listed):
    browser, actions = sign_in(client, floor_moderator()), 0

    def act(answer):
        nonlocal actions
        actions += 1
        return answer

    queue = act(browser.get(DESK)).text
    [address] = {each for each in links(queue) if re.fullmatch(rf"{DESK}/\d+", each)}
    case = act(browser.get(address)).text
    assert "Khớp 5 trên 5 mục" in case
    [verify] = [each for each in Forms(case).found.items() if each[0].endswith("/cong-nhan")]
    done = act(browser.post(verify[0], data=verify[1], csrf=False))
    assert (done.status_code, urlsplit(done.location).path) == (303, DESK)
    live = certificate_for(listed.product_id)
    assert (live.id, live.grade) == (listed.id, EvidenceGrade.RECOGNITION_LIST)
    assert (live.expires_on, live.stars) == (listed.expires_on, listed.stars)
    assert actions <= 3
