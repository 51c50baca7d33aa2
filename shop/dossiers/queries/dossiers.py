"""What pages read of dossiers: those of a stall, those of a moderator's scope, their history."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload

from shop.accounts.models import ModeratorScope, Role, User
from shop.accounts.queries import in_scope
from shop.catalogue.models import Product
from shop.certification.models import Certificate
from shop.core import audit, clock
from shop.core.db import db
from shop.core.errors import Words
from shop.core.files import StoredFile
from shop.dossiers.models import Assessment, CouncilSeat, Dossier, DossierKind, DossierNote
from shop.dossiers.transitions import OPEN, DossierStatus
from shop.stalls.models import Stall, StallMember
from shop.web import slots
from shop.web.paging import Page

PAGE_SIZE = 30
FAILED = (DossierStatus.NOT_RECOGNISED, DossierStatus.WITHDRAWN)


def dossiers_of(stall_id: int) -> list[Dossier]:
    """Return the dossiers of a stall, the newest first."""
    return list(
        db.session.scalars(
            select(Dossier).where(Dossier.stall_id == stall_id).order_by(Dossier.id.desc())
        )
    )


def own_dossier(stall_id: int, dossier_id: int) -> Dossier | None:
    """Return a dossier of the stall; None for another's."""
    return db.session.scalar(
        select(Dossier).where(Dossier.stall_id == stall_id, Dossier.id == dossier_id)
    )


def open_dossier(product_id: int) -> Dossier | None:
    """Return the dossier of a product that is on its way, if there is one."""
    return db.session.scalar(
        select(Dossier).where(Dossier.product_id == product_id, Dossier.status.in_(OPEN))
    )


@slots.fill("certificate.renewal_under_way")
def is_under_way(product_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that a dossier of the product is on its way: no reminder then."""
    return exists().where(Dossier.product_id == product_id, Dossier.status.in_(OPEN))


@slots.fill("certificate.renewal_ended")
def has_ended(certificate: Certificate) -> bool:
    """Tell whether the last re-evaluation since a certificate's decision came to nothing."""
    last = db.session.scalars(
        select(Dossier)
        .where(
            Dossier.product_id == certificate.product_id,
            Dossier.kind == DossierKind.RE_EVALUATION,
        )
        .order_by(Dossier.id.desc())
        .limit(1)
    ).first()
    if last is None or last.status not in FAILED:
        return False
    return clock.local(last.submitted_at).date() >= certificate.decided_on


def last_dossier(product_id: int) -> Dossier | None:
    """Return the newest dossier of a product."""
    wanted = select(Dossier).where(Dossier.product_id == product_id)
    return db.session.scalars(wanted.order_by(Dossier.id.desc()).limit(1)).first()


def last_on(assessment_id: int) -> Dossier | None:
    """Return the newest dossier that rests on a self-assessment."""
    wanted = select(Dossier).where(Dossier.assessment_id == assessment_id)
    return db.session.scalars(wanted.order_by(Dossier.id.desc()).limit(1)).first()


def may_mend(dossier: Dossier) -> bool:
    """Tell whether the self-assessment of a dossier that is over can be changed and handed in."""
    again = (DossierStatus.RETURNED, DossierStatus.WITHDRAWN, DossierStatus.NOT_RECOGNISED)
    free = Assessment.id == dossier.assessment_id, Assessment.frozen_at.is_(None)
    return dossier.status in again and bool(db.session.scalar(select(exists().where(*free))))


def ready_assessments(stall_id: int) -> list[Assessment]:
    """Return the self-assessments of a stall that can be handed in, with their products."""
    rows = db.session.scalars(
        select(Assessment)
        .join(Product, Product.id == Assessment.product_id)
        .where(Assessment.stall_id == stall_id, Assessment.frozen_at.is_(None))
        .options(contains_eager(Assessment.product))
        .order_by(Product.name, Assessment.id)
    )
    return list(rows)


def set_of(product_id: int) -> int:
    """Return the set in which a product stands today."""
    return db.session.scalars(select(Product.product_set).where(Product.id == product_id)).one()


def certificate_of(dossier: Dossier) -> Certificate | None:
    """Return the certificate that a dossier led to."""
    if dossier.certificate_id is None:
        return None
    return db.session.get(Certificate, dossier.certificate_id)


def cases(moderator: User, status: DossierStatus | None, page: int) -> Page[Dossier]:
    """Return a page of the scope's dossiers: of one state, or all on their way.

    The oldest deadline comes first; of what is over, what ended last.
    """
    wanted = [_scope(moderator)]
    wanted.append(Dossier.status == status if status else Dossier.status.in_(OPEN))
    is_open = status is None or status in OPEN
    total = db.session.scalar(select(func.count()).select_from(Dossier).where(*wanted)) or 0
    order = Dossier.due_on if is_open else Dossier.moved_at.desc()
    rows = db.session.scalars(
        _with_stall()
        .where(*wanted)
        .order_by(order, Dossier.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, page, PAGE_SIZE, total)


def waiting_count(moderator: User) -> int:
    """Return how many dossiers are on their way in a moderator's scope."""
    wanted = select(func.count()).select_from(Dossier)
    return db.session.scalar(wanted.where(Dossier.status.in_(OPEN), _scope(moderator))) or 0


def case(moderator: User, dossier_id: int) -> Dossier | None:
    """Return a dossier of the moderator's scope with its stall; None for any other."""
    return db.session.scalar(
        _with_stall().where(Dossier.id == dossier_id, _scope(moderator)).options(raiseload("*"))
    )


def is_office(moderator: User, province_code: str) -> bool:
    """Tell whether a moderator's scope is the whole province, or the floor: the office."""
    return db.session.scalar(select(_covers(moderator.id, province_code))) or False


def candidates(dossier: Dossier) -> list[User]:
    """Return who may sit in the council: moderators of the province.

    Neither the stall's people nor who handed the dossier in, though she has left since.
    """
    office = ModeratorScope.user_id == User.id
    wanted = select(User).where(
        User.role == Role.MODERATOR,
        User.is_blocked.is_(False),
        User.id != dossier.submitted_by_id,
        exists().where(office, *_whole(dossier.province_code)),
        ~exists().where(StallMember.user_id == User.id, StallMember.stall_id == dossier.stall_id),
    )
    return list(db.session.scalars(wanted.order_by(User.name, User.id)))


def successors(dossier: Dossier) -> list[User]:
    """Return who may take over a seat in the council: who may sit in it and has none yet."""
    taken = {each.user_id for each in seats(dossier.id)}
    return [person for person in candidates(dossier) if person.id not in taken]


def notes(dossier_id: int) -> list[DossierNote]:
    """Return what the offices found, oldest first, with who wrote it."""
    wanted = select(DossierNote).where(DossierNote.dossier_id == dossier_id)
    authors = wanted.options(joinedload(DossierNote.author))
    return list(db.session.scalars(authors.order_by(DossierNote.id)))


def seats(dossier_id: int) -> list[CouncilSeat]:
    """Return the seats of the council with their people; pages show sheets only once closed."""
    wanted = select(CouncilSeat).where(CouncilSeat.dossier_id == dossier_id)
    return list(
        db.session.scalars(wanted.options(joinedload(CouncilSeat.user)).order_by(CouncilSeat.id))
    )


def seat_of(user_id: int, dossier_id: int) -> CouncilSeat | None:
    """Return the own seat of a person in a council."""
    return db.session.scalar(
        select(CouncilSeat).where(
            CouncilSeat.dossier_id == dossier_id, CouncilSeat.user_id == user_id
        )
    )


def evidence_files(dossier: Dossier) -> dict[int, StoredFile]:
    """Return the files that the evidence names, by their id."""
    numbers = [line["file_id"] for line in dossier.evidence if line.get("file_id")]
    rows = db.session.scalars(select(StoredFile).where(StoredFile.id.in_(numbers)))
    return {row.id: row for row in rows}


@dataclass(frozen=True)
class DossierEvent:
    """One thing that happened to a dossier, as a timeline shows it."""

    title: Words
    at: datetime
    text: str
    tone: str


def events(dossier: Dossier, *, public_only: bool) -> list[DossierEvent]:
    """Return the history, oldest first; the stall reads the public rows without names."""
    return [
        DossierEvent(
            TITLES[row.action],
            row.at,
            _said(row, named=not public_only),
            _TONES.get(row.action, ""),
        )
        for row in audit.history(dossier, public_only=public_only)
        if row.action in TITLES
    ]


TITLES = {
    "dossier.handed_in": lazy_gettext("The stall handed the dossier in"),
    "dossier.forwarded": lazy_gettext("Screened by the commune and sent on"),
    "dossier.returned": lazy_gettext("Returned for changes"),
    "dossier.noted": lazy_gettext("A note was written"),
    "dossier.convened": lazy_gettext("The council was convened"),
    "dossier.reseated": lazy_gettext("A seat in the council changed hands"),
    "dossier.sheet_handed_in": lazy_gettext("A council member handed in the sheet"),
    "dossier.scored": lazy_gettext("The council has scored"),
    "dossier.sent_up": lazy_gettext("Sent up to the ministry"),
    "dossier.sent_down": lazy_gettext("Sent back by the ministry"),
    "dossier.recognised": lazy_gettext("Recognised"),
    "dossier.refused": lazy_gettext("Not recognised"),
    "dossier.withdrawn": lazy_gettext("Withdrawn by the stall"),
}
_TONES = {
    "dossier.recognised": "ok",
    "dossier.returned": "warn",
    "dossier.refused": "danger",
}


def _said(row: audit.AuditEntry, *, named: bool) -> str:
    words = [row.actor_name] if named else []
    words += [str(row.data[name]) for name in ("score", "reason") if row.data.get(name)]
    return " · ".join(words)


def _scope(moderator: User) -> ColumnElement[bool]:
    return in_scope(moderator, Dossier.province_code.expression, Dossier.commune_code.expression)


def _whole(province_code: str) -> tuple[ColumnElement[bool], ...]:
    """A scope that is a whole province or the floor."""
    return (
        ModeratorScope.commune_code.is_(None),
        or_(ModeratorScope.province_code == province_code, ModeratorScope.province_code.is_(None)),
    )


def _covers(user_id: int, province_code: str) -> ColumnElement[bool]:
    return exists().where(ModeratorScope.user_id == user_id, *_whole(province_code))


def _with_stall() -> Select[Dossier]:
    return select(Dossier).options(
        joinedload(Dossier.stall).options(joinedload(Stall.province), joinedload(Stall.commune))
    )
