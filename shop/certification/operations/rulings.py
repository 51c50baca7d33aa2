"""What every ruling on a verified certificate shares: words, the paper behind it, the record."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext

from shop.accounts.models import User
from shop.certification.models import Certificate, CertificateRuling, RulingKind
from shop.core import audit, clock, files
from shop.core.db import db
from shop.core.errors import InvalidInput


@dataclass(frozen=True)
class Paper:
    """The paper behind a ruling: the number and day of a decision, or a file, or both."""

    number: str = ""
    decided_on: date | None = None
    file: bytes | None = None
    file_name: str = ""

    @property
    def is_told(self) -> bool:
        """Tell whether the decision can be found again by what is given."""
        return self.file is not None or bool(self.number and self.decided_on)


NO_PAPER = Paper()


def need(words: str) -> None:
    """Raise InvalidInput for a ruling that gives no reason."""
    if not words:
        raise InvalidInput(lazy_gettext("Please say the reason in words."), "words")


def read_file(paper: Paper) -> files.Document | None:
    """Read the file of a paper before any lock is taken; raise InvalidInput for a bad one."""
    if paper.file is None:
        return None
    try:
        return files.read_document(paper.file, paper.file_name)
    except InvalidInput as error:
        raise InvalidInput(error.message, "file") from error


def keep(
    moderator: User,
    certificate: Certificate,
    ruling: CertificateRuling,
    *,
    data: dict[str, Any],
    file: files.Document | None = None,
) -> None:
    """Write a ruling down whole, for its row can never be changed, and record the deed."""
    ruling.certificate_id = certificate.id
    ruling.file_id = files.keep_document(file).id if file is not None else None
    ruling.made_by_id = moderator.id
    ruling.made_at = clock.now()
    db.session.add(ruling)
    db.session.flush()
    deed = f"certificate.{RulingKind(ruling.kind)}"
    audit.record(deed, certificate, {**data, "words": ruling.words}, public=True)


def told(paper: Paper) -> dict[str, Any]:
    """Return of a decision what the public history names."""
    day = paper.decided_on.strftime("%d/%m/%Y") if paper.decided_on else ""
    return {"decision": paper.number, "decided_on": day} if paper.number else {}
