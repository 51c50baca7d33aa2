"""The letters about a certificate say what was decided and why."""

import pytest

from shop.notifications.letters import compose
from tests.accounts.factories import UserFactory

DATA = {
    "product_name": "Chè <Shan> tuyết",
    "stars": 4,
    "expires_on": "14/03/2029",
    "reason": "Bản quét mờ & thiếu trang.",
}


@pytest.mark.parametrize(
    ("name", "subject", "words"),
    [
        ("verified", "Chè <Shan> tuyết: đã công nhận 4 sao", "đến hết 14/03/2029"),
        ("returned", "Chè <Shan> tuyết: giấy chứng nhận cần bổ sung", DATA["reason"]),
        ("refused", "Chè <Shan> tuyết: giấy chứng nhận bị từ chối", DATA["reason"]),
        ("revoked", "Chè <Shan> tuyết: giấy chứng nhận đã bị thu hồi", DATA["reason"]),
    ],
)
def test_says_what_was_decided_and_why(app, name, subject, words):
    with app.test_request_context():
        letter = compose(f"certification/{name}", person=UserFactory(), data=DATA)
    assert letter.subject == subject
    assert words in letter.text
    assert "<Shan>" not in letter.html
    assert "&lt;Shan&gt;" in letter.html


def test_speaks_english_to_who_reads_english(app):
    with app.test_request_context():
        person = UserFactory(locale="en")
        letter = compose("certification/verified", person=person, data=DATA)
    assert letter.subject == "Chè <Shan> tuyết: 4 stars verified"
