"""The commune screens a dossier, the office of the province checks it; both may give it back."""

from datetime import date

from flask_babel import lazy_gettext

from shop.accounts.models import User
from shop.core import audit, clock
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.dossiers.models import Dossier, DossierNote, NoteKind
from shop.dossiers.operations.steps import move, need_office, open_case, refuse_own, unfreeze
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.reasons import ReturnReason, in_words
from shop.dossiers.screening import Finding, Matter, is_complete
from shop.dossiers.transitions import Action, DossierStatus

OFFICE_NOTES = (NoteKind.DESK_CHECK, NoteKind.SITE_VISIT)


def forward(
    moderator: User, dossier_id: int, *, findings: dict[Matter, Finding], words: str = ""
) -> None:
    """Write the screening down and send the dossier on to the office of the province.

    Of two who screen at once one is told that it has changed (WrongState). A dossier whose parts
    are not complete is given back instead (InvalidInput).
    """
    if not is_complete(findings):
        raise InvalidInput(lazy_gettext("Please answer every line of the screening."), "parts")
    if findings[Matter.PARTS] is not Finding.CONFIRMED:
        raise InvalidInput(
            lazy_gettext("With parts missing, return the dossier and say which."), "parts"
        )
    with transaction():
        dossier = open_case(moderator, dossier_id, Action.FORWARD)
        move(dossier, Action.FORWARD)
        found = {matter.value: finding.value for matter, finding in findings.items()}
        _note(moderator, dossier, NoteKind.SCREENING, words=words).findings = found


def give_back(moderator: User, dossier_id: int, *, reason: ReturnReason, words: str) -> None:
    """Return a dossier to the stall with a reason of the list and words; it is kept as it was."""
    if not words:
        raise InvalidInput(lazy_gettext("Please say what is missing."), "words")
    with transaction():
        dossier = open_case(moderator, dossier_id, Action.GIVE_BACK)
        said = in_words(reason, words)
        move(dossier, Action.GIVE_BACK, {"reason": said, "code": reason}, reason=said)
        unfreeze(dossier)


def add_note(moderator: User, dossier_id: int, *, kind: NoteKind, day: date, words: str) -> None:
    """Write down what the office found at its desk or on the visit."""
    if kind not in OFFICE_NOTES:
        raise InvalidInput(lazy_gettext("Please choose what the note is about."), "kind")
    if day > clock.today():
        raise InvalidInput(lazy_gettext("This day is still to come."), "day")
    if not words:
        raise InvalidInput(lazy_gettext("Please say what was found."), "words")
    with transaction():
        dossier = queries.case(moderator, dossier_id)
        if dossier is None:
            raise NotFound
        refuse_own(moderator, dossier)
        need_office(moderator, dossier)
        if dossier.status != DossierStatus.PROVINCE:
            raise WrongState
        _note(moderator, dossier, kind, words=words).day = day
        audit.record("dossier.noted", dossier, {"kind": kind})


def _note(moderator: User, dossier: Dossier, kind: NoteKind, *, words: str) -> DossierNote:
    note = DossierNote(
        dossier_id=dossier.id,
        author_id=moderator.id,
        kind=kind,
        day=clock.today(),
        findings={},
        words=words,
        created_at=clock.now(),
    )
    db.session.add(note)
    return note
