import email
import smtplib
import socket
from email import policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import AuthResult
from flask_mailman import Mail

from shop.core import outbox
from shop.core.outbox import OutboxMessage
from shop.notifications import gateway
from shop.notifications.operations import notify
from tests.accounts.factories import UserFactory


class Box(Message):
    """Keeps what it is handed."""

    def __init__(self):
        super().__init__()
        self.letters = []

    def prepare_message(self, session, envelope):
        parsed = email.message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos, parsed))
        return parsed

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address == "day@vi-du.example":
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message):
        """Nothing more to do."""


@pytest.fixture
def post(app):
    """Return a function that sends by a MAIL_URL, as production does."""
    before = app.extensions["mailman"]

    def use(url):
        app.config.update(gateway._settings(gateway.read_mail_url(url)))
        app.config["MAIL_TIMEOUT"] = 5
        Mail(app)

    kept = dict(app.config)
    yield use
    app.config.clear()
    app.config.update(kept)
    app.extensions["mailman"] = before


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server():
    """Run a mail server of this machine that asks for a password."""
    box = Box()
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=lambda _server, _session, _envelope, _mechanism, data: AuthResult(
            success=(data.login, data.password) == (b"cho", b"mat khau/1"), handled=False
        ),
        auth_require_tls=False,
    )
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


def tell(db, **about):
    person = UserFactory(name="Trần Thị Lụa", **about)
    db.session.commit()
    notify(person.id, "accounts/welcome", key="orders:1", url="/don-hang/R1001")
    return person


def test_a_letter_reaches_a_real_server_as_text_and_html(db, post, server):
    post(f"smtp://cho:mat%20khau%2F1@127.0.0.1:{server.port}?tls=none")
    person = tell(db)
    outbox.run_until_empty()
    [(recipients, letter)] = server.letters
    assert recipients == [person.email]
    assert letter["Subject"] == "Mừng bạn đến với chợ"
    assert "Chợ Phiên" in letter["From"]
    assert letter["Message-ID"] == gateway.message_id("orders:1")
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_body(("plain",)).get_content()
    html = letter.get_body(("html",)).get_content()
    for shown in (text, html):
        assert "Chào Trần Thị Lụa," in shown
        assert "http://127.0.0.1:8000/don-hang/R1001" in shown


def test_a_wrong_password_at_the_server_is_tried_again_later(db, post, server):
    post(f"smtp://cho:sai@127.0.0.1:{server.port}?tls=none")
    tell(db)
    outbox.run_once()
    message = db.session.scalars(db.select(OutboxMessage)).one()
    assert message.delivered_at is None
    assert "SMTPAuthenticationError" in message.error
    assert not server.letters


def test_a_server_that_is_down_delays_the_letter_and_loses_nothing(db, post, server):
    post("smtp://127.0.0.1:1?tls=none")
    tell(db)
    outbox.run_once()
    message = db.session.scalars(db.select(OutboxMessage)).one()
    assert (message.delivered_at, message.parked_at, message.attempts) == (None, None, 1)
    post(f"smtp://127.0.0.1:{server.port}?tls=none")
    message.available_at = message.created_at
    db.session.commit()
    outbox.run_until_empty()
    assert len(server.letters) == 1


def test_a_box_that_is_not_there_is_noted_with_its_error(db, post, server):
    post(f"smtp://127.0.0.1:{server.port}?tls=none")
    tell(db, email="day@vi-du.example")
    outbox.run_once()
    message = db.session.scalars(db.select(OutboxMessage)).one()
    assert "550" in message.error
    assert not server.letters


def test_a_password_never_travels_unprotected_unasked(app, post, server):
    post(f"smtp://cho:mat%20khau%2F1@127.0.0.1:{server.port}")
    way = gateway.SmtpBackend(mailman=app.extensions["mailman"])
    with pytest.raises(smtplib.SMTPNotSupportedError):
        way.open()
    assert way.connection is None


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (
            "smtp://a%40b:p%2Fw@thu.example:2525?tls=none",
            ("thu.example", 2525, "none", "a@b", "p/w"),
        ),
        ("smtp://thu.example", ("thu.example", 587, "starttls", "", "")),
        ("smtp://thu.example:465", ("thu.example", 465, "ssl", "", "")),
        ("smtps://thu.example", ("thu.example", 465, "ssl", "", "")),
        ("smtp://thu.example?tls=SSL", ("thu.example", 465, "ssl", "", "")),
    ],
)
def test_mail_urls_are_read(url, wanted):
    post = gateway.read_mail_url(url)
    assert (post.host, post.port, post.tls, post.username, post.password) == wanted


@pytest.mark.parametrize(
    "url", ["thu.example", "http://thu.example", "smtp://", "smtp://a:b@c:d", "smtp://c?tls=ja"]
)
def test_an_unreadable_mail_url_stops_the_start(url):
    with pytest.raises(gateway.UnreadableMailUrl):
        gateway.read_mail_url(url)


def test_in_development_letters_are_files_and_words_on_the_console(app, db, post, capsys):
    app.config["MAIL_BACKEND"] = gateway.FileBackend
    Mail(app)
    person = tell(db)
    outbox.run_until_empty()
    [path] = Path(app.config["DATA_DIR"], "mail").glob("*.eml")
    letter = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert letter["To"] == person.email
    assert "Chào Trần Thị Lụa," in letter.get_body(("plain",)).get_content()
    said = capsys.readouterr().out
    assert f"To: {person.email}\nSubject: Mừng bạn đến với chợ" in said
