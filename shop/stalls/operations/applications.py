"""Applying for a stall: a draft that keeps everything, then one that a moderator reads."""

import secrets
from collections.abc import Mapping

from flask_babel import lazy_gettext
from sqlalchemy import func, select

from shop.accounts.models import User
from shop.accounts.queries import moderators_for
from shop.core import audit, clock, files
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.core.vietnamese import fold
from shop.notifications.operations import notify
from shop.places.models import Commune
from shop.stalls import queries
from shop.stalls.application import MOST_PAPERS, Application, PaperDetails, check_papers
from shop.stalls.models import (
    DocumentKind,
    EntityKind,
    MemberKind,
    Stall,
    StallDocument,
    StallMember,
)
from shop.stalls.operations.moves import move
from shop.stalls.operations.places import commune_of
from shop.stalls.operations.slugs import with_free_slug
from shop.stalls.operations.telling import tell_members
from shop.stalls.transitions import OPEN, Move

NEW = "giay-moi-"
PREFIX = "giay-{}-"
URL = "/mo-gian-hang"


def keep_application(
    user_id: int, typed: Mapping[str, str], scan: files.Document | None = None
) -> Stall:
    """Keep what was typed and handed in as the person's draft, however unfinished it is.

    `typed` holds the fields of the form by name; those of a new paper begin with `giay-moi-` and
    follow its scan. Raises WrongState while an application waits for a moderator.
    """
    with transaction():
        stall = _own(user_id) or _start(user_id)
        fields = dict(typed)
        if scan is not None:
            document = _add_paper(stall, scan)
            fields = {_renamed(name, document.id): value for name, value in fields.items()}
        stall.application = fields
        stall.name = fields.get("name", "")[:120] if not stall.submitted_at else stall.name
    return stall


def remove_paper(user_id: int, document_id: int) -> None:
    """Take a paper out of the person's open application; raise NotFound when it is not there."""
    with transaction():
        stall = _own(user_id)
        found = db.session.get(StallDocument, document_id)
        if stall is None or found is None or found.stall_id != stall.id:
            raise NotFound
        db.session.delete(found)


def submit_application(
    user_id: int, application: Application, papers: Mapping[int, PaperDetails]
) -> None:
    """Hand the application to the moderators of its place and tell both sides.

    Raises InvalidInput for a commune that cannot be found or a paper that is missing, and
    WrongState when it has been sent already.
    """
    with transaction():
        stall = _own(user_id)
        if stall is None:
            raise WrongState
        commune = commune_of(
            application.province_code, application.commune_name, application.commune_code
        )
        _write_papers(stall, application.kind, papers)
        _send(stall, application, commune)
        _announce(stall)


def _own(user_id: int) -> Stall | None:
    """Return the person's open application under a lock on the person, so that one is begun."""
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
    stall = queries.open_application(user_id)
    if stall is not None and stall.status not in OPEN:
        raise WrongState(lazy_gettext("Your application has been sent and is being read."))
    return stall


def _start(user_id: int) -> Stall:
    stall = Stall(
        slug=f"nhap-{secrets.token_hex(6)}",
        legal_name="",
        name="",
        kind=EntityKind.COOPERATIVE,
        tax_code="",
        representative="",
        phone="",
        created_at=clock.now(),
    )
    db.session.add(stall)
    db.session.flush()
    db.session.add(
        StallMember(
            stall_id=stall.id, user_id=user_id, kind=MemberKind.MANAGER, created_at=clock.now()
        )
    )
    audit.record("stall.begun", stall)
    return stall


def _add_paper(stall: Stall, scan: files.Document) -> StallDocument:
    counted = select(func.count()).where(StallDocument.stall_id == stall.id)
    if (db.session.scalar(counted) or 0) >= MOST_PAPERS:
        raise InvalidInput(
            lazy_gettext("An application carries at most 12 papers. Please remove one first."),
            field="file",
        )
    document = StallDocument(
        stall_id=stall.id,
        kind=DocumentKind.OTHER,
        file_id=files.keep_document(scan).id,
        created_at=clock.now(),
    )
    db.session.add(document)
    db.session.flush()
    return document


def _renamed(name: str, document_id: int) -> str:
    if name.startswith(NEW):
        return PREFIX.format(document_id) + name.removeprefix(NEW)
    return name


def _write_papers(stall: Stall, kind: EntityKind, papers: Mapping[int, PaperDetails]) -> None:
    for document in queries.documents(stall.id):
        details = papers.get(document.id)
        if details is None:
            raise WrongState
        document.kind = details.kind
        document.number, document.issuer = details.number, details.issuer
        document.issued_on, document.expires_on = details.issued_on, details.expires_on
    check_papers(kind, (details.kind for details in papers.values()))


def _send(stall: Stall, said: Application, commune: Commune) -> None:
    def write(slug: str) -> None:
        move(
            stall,
            Move.SUBMIT,
            slug=slug,
            legal_name=said.legal_name,
            name=said.name,
            search_key=fold(f"{said.name} {said.legal_name}"),
            kind=said.kind,
            tax_code=said.tax_code,
            representative=said.representative,
            phone=said.phone,
            street=said.street,
            story=said.story,
            commune_code=commune.code,
            province_code=commune.province_code,
            application=None,
            status_reason="",
            reason_code="",
            submitted_at=clock.now(),
        )

    with_free_slug(said.name, stall.id, write)


def _announce(stall: Stall) -> None:
    key, data = f"stall-{stall.id}-v{stall.version}", {"stall": stall.name}
    tell_members(stall.id, "stalls/submitted", key=key, url=URL, data=data)
    for person in moderators_for(stall.province_code, stall.commune_code):
        notify(
            person.id,
            "stalls/waiting",
            key=f"{key}-moderator:{person.id}",
            url=f"/tham-dinh/gian-hang/{stall.id}",
            data=data,
        )
