"""The way out for letters: SMTP as MAIL_URL says; without it, files and the console."""

import ssl
import sys
from dataclasses import dataclass
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path
from smtplib import SMTP, SMTP_SSL
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import structlog
from flask import Flask, current_app
from flask_mailman import EmailMultiAlternatives, Mail
from flask_mailman.backends.base import BaseEmailBackend
from flask_mailman.backends.smtp import EmailBackend as PlainSmtp

from shop.core import clock
from shop.notifications.letters import Letter

TIMEOUT_SECONDS = 20
PORTS = {"starttls": 587, "ssl": 465, "none": 25}

log = structlog.get_logger()


class UnreadableMailUrl(RuntimeError):
    """MAIL_URL says something that cannot be understood."""


@dataclass(frozen=True)
class Post:
    """Where letters are handed in: host, port, how the way is protected, and as whom."""

    host: str
    port: int
    tls: str
    username: str = ""
    password: str = ""


class SmtpBackend(PlainSmtp):
    """SMTP that asks for the server's certificate under STARTTLS too, and leaves no line open."""

    connection: Any

    def open(self) -> bool:
        """Connect, protect, sign in; raise when the certificate is not one to trust."""
        if self.connection:
            return False
        trust = ssl.create_default_context()
        try:
            if self.use_ssl:
                self.connection = SMTP_SSL(
                    self.host, self.port, timeout=self.timeout, context=trust
                )
            else:
                self.connection = SMTP(self.host, self.port, timeout=self.timeout)
            if self.use_tls:
                self.connection.starttls(context=trust)
            if self.username and self.password:
                self.connection.login(self.username, self.password)
        except BaseException:
            self.abandon()
            raise
        return True

    def send_messages(self, messages: list[EmailMultiAlternatives]) -> int:
        """Hand letters in; a refusal closes the line before it is raised."""
        try:
            sent: int = super().send_messages(messages)
        except BaseException:
            self.abandon()
            raise
        return sent

    def abandon(self) -> None:
        """Drop the line without a word."""
        if self.connection:
            self.connection.close()
        self.connection = None


class FileBackend(BaseEmailBackend):
    """Letters as files under DATA_DIR/mail, and their words on the console: for development."""

    def send_messages(self, messages: list[EmailMultiAlternatives]) -> int:
        """Write each letter to a file of its own."""
        folder = Path(current_app.config["DATA_DIR"]) / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            name = message.extra_headers["Message-ID"].strip("<>").partition("@")[0]
            path = folder / f"{clock.now():%Y%m%d-%H%M%S}-{name[:12]}.eml"
            path.write_bytes(message.message().as_bytes())
            sys.stdout.write(f"\n--- {path}\n{_on_console(message)}\n---\n")
        return len(messages)


def _on_console(message: EmailMultiAlternatives) -> str:
    return f"To: {', '.join(message.to)}\nSubject: {message.subject}\n\n{message.body.strip()}"


def init_app(app: Flask) -> None:
    """Prepare the way out; raises UnreadableMailUrl rather than losing letters later."""
    url = app.config["MAIL_URL"]
    if url:
        app.config.update(_settings(read_mail_url(url)))
    elif not app.testing:
        app.config["MAIL_BACKEND"] = FileBackend
    app.config["MAIL_DEFAULT_SENDER"] = app.config["MAIL_FROM"]
    app.config["MAIL_TIMEOUT"] = TIMEOUT_SECONDS
    Mail(app)


def read_mail_url(url: str) -> Post:
    """Read `smtp://user:password@host:port?tls=starttls|ssl|none`.

    Without `tls`, smtps:// and port 465 mean ssl, and all else starttls: a password never travels
    unprotected unless somebody wrote so.
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise UnreadableMailUrl("MAIL_URL: the port is not a number") from None
    tls = _protection(parts, port)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or tls not in PORTS:
        raise UnreadableMailUrl("MAIL_URL: write smtp://user:password@host:port?tls=starttls")
    return Post(
        host=parts.hostname,
        port=port or PORTS[tls],
        tls=tls,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _protection(parts: SplitResult, port: int | None) -> str:
    asked = parse_qs(parts.query).get("tls")
    if asked:
        return asked[-1].lower()
    return "ssl" if parts.scheme == "smtps" or port == PORTS["ssl"] else "starttls"


def _settings(post: Post) -> dict[str, Any]:
    return {
        "MAIL_BACKEND": SmtpBackend,
        "MAIL_SERVER": post.host,
        "MAIL_PORT": post.port,
        "MAIL_USERNAME": post.username or None,
        "MAIL_PASSWORD": post.password or None,
        "MAIL_USE_TLS": post.tls == "starttls",
        "MAIL_USE_SSL": post.tls == "ssl",
    }


def leaves_the_house() -> bool:
    """Tell whether letters go to real letter boxes."""
    return current_app.extensions["mailman"].backend is SmtpBackend


def send(letter: Letter, *, to: str, key: str) -> None:
    """Hand a letter in; raises when the server does not take it.

    The Message-ID follows from the key: a letter that is handed in twice after a crash is one
    letter to the reader's mail program.
    """
    message = EmailMultiAlternatives(
        letter.subject, letter.text, to=[to], headers={"Message-ID": message_id(key)}
    )
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.attach_alternative(letter.html, "text/html")
    message.send()
    log.info("mail.sent", key=key, subject=letter.subject)


def message_id(key: str) -> str:
    """Return the Message-ID of the letter with this key."""
    domain = parseaddr(current_app.config["MAIL_FROM"])[1].rpartition("@")[2] or "localhost"
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{domain}>"
