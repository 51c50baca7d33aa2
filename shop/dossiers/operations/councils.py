"""The council: convened by the office, each sheet blind and final, closed once."""

from collections.abc import Collection, Mapping

from flask_babel import lazy_gettext
from sqlalchemy import select, update

from shop.accounts.models import User
from shop.core import audit, clock
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.criteria import queries as criteria
from shop.criteria.scoring import score
from shop.criteria.sheet import Sheet
from shop.dossiers.council import LEAST_MEMBERS, missing, together, valid
from shop.dossiers.models import CouncilSeat, Dossier, NoteKind
from shop.dossiers.operations.steps import move, open_case, refuse_own
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.transitions import Action, DossierStatus
from shop.notifications.operations import notify

NEEDED_NOTES = {
    NoteKind.DESK_CHECK: lazy_gettext("Write the note of the desk check before the council meets."),
    NoteKind.SITE_VISIT: lazy_gettext("Write the note of the site visit before the council meets."),
}


def convene(moderator: User, dossier_id: int, user_ids: Collection[int]) -> None:
    """Seat a council of people who may sit in it, once the desk check and the visit are noted."""
    chosen = set(user_ids)
    with transaction():
        dossier = open_case(moderator, dossier_id, Action.CONVENE)
        _check_council(dossier, chosen)
        move(dossier, Action.CONVENE, {"members": sorted(chosen)})
        for user_id in sorted(chosen):
            seat(dossier, user_id)


def seat(dossier: Dossier, user_id: int) -> None:
    """Give somebody a seat in a council, and tell her."""
    db.session.add(CouncilSeat(dossier_id=dossier.id, user_id=user_id, answers={}))
    notify(
        user_id,
        "dossiers/seat",
        key=f"dossier:{dossier.id}:seat:{user_id}",
        url=f"/tham-dinh/ho-so/{dossier.id}/phieu",
        data={
            "product_name": dossier.product_name,
            "due_on": dossier.due_on.strftime("%d/%m/%Y") if dossier.due_on else "",
        },
    )


def _check_council(dossier: Dossier, chosen: set[int]) -> None:
    """Raise InvalidInput for a council too small, of the wrong people, or without the notes."""
    if len(chosen) < LEAST_MEMBERS:
        raise InvalidInput(
            lazy_gettext("A council has at least %(least)s members.", least=LEAST_MEMBERS),
            "members",
        )
    if not chosen <= {person.id for person in queries.candidates(dossier)}:
        raise InvalidInput(lazy_gettext("Somebody here may not sit in it."), "members")
    kinds = {note.kind for note in queries.notes(dossier.id)}
    for kind, words in NEEDED_NOTES.items():
        if kind not in kinds:
            raise InvalidInput(words, "members")


def save_sheet(member: User, dossier_id: int, answers: Mapping[str, int]) -> None:
    """Keep what a member has filled in so far; nobody else sees it."""
    with transaction():
        dossier, own = _own_seat(member, dossier_id)
        _write(own, answers=valid(sheet_of(dossier), answers))


def hand_in_sheet(member: User, dossier_id: int, answers: Mapping[str, int]) -> None:
    """Hand a whole sheet in, for good; the last one closes the council."""
    with transaction():
        dossier, own = _own_seat(member, dossier_id)
        sheet = sheet_of(dossier)
        open_codes = missing(sheet, answers)
        if open_codes:
            raise InvalidInput(
                lazy_gettext("%(count)s criteria have no answer yet.", count=len(open_codes)),
                open_codes[0],
            )
        given = valid(sheet, answers)
        total = score(sheet, given).total_hundredths
        _write(own, answers=given, total_hundredths=total, handed_in_at=clock.now())
        audit.record("dossier.sheet_handed_in", dossier)
        if all_handed_in(dossier):
            close(dossier)


def close_council(moderator: User, dossier_id: int) -> None:
    """Close a council before its last sheet, when enough members have handed theirs in."""
    with transaction():
        dossier = open_case(moderator, dossier_id, Action.CLOSE)
        lock_council(dossier)
        close(dossier)


def sheet_of(dossier: Dossier) -> Sheet:
    """Return the score sheet of the version that the dossier was handed in under."""
    return criteria.sheet_of(dossier.version_id, dossier.product_set)


def _own_seat(member: User, dossier_id: int) -> tuple[Dossier, CouncilSeat]:
    """Return a dossier and the member's open seat; sheets of one council are handed in in turn."""
    own = queries.seat_of(member.id, dossier_id)
    dossier = queries.case(member, dossier_id)
    if own is None or dossier is None:
        raise NotFound
    refuse_own(member, dossier)
    lock_council(dossier)
    return dossier, own


def lock_council(dossier: Dossier) -> None:
    """Let one person at a time change a council; raise WrongState when it is closed."""
    locked = select(Dossier.status).where(Dossier.id == dossier.id).with_for_update()
    if db.session.scalar(locked) != DossierStatus.COUNCIL:
        raise WrongState


def _write(own: CouncilSeat, **values: object) -> None:
    """Fill in a sheet that has not been handed in; a sheet handed in is final."""
    still_open = (CouncilSeat.id == own.id, CouncilSeat.handed_in_at.is_(None))
    if not change(update(CouncilSeat).where(*still_open).values(**values)):
        raise WrongState(lazy_gettext("Your sheet has been handed in and can no longer change."))


def all_handed_in(dossier: Dossier) -> bool:
    """Tell whether no sheet of a council is outstanding."""
    return all(each.handed_in_at for each in _seats(dossier.id))


def _seats(dossier_id: int) -> list[CouncilSeat]:
    wanted = select(CouncilSeat).where(CouncilSeat.dossier_id == dossier_id)
    again = wanted.execution_options(populate_existing=True)
    return list(db.session.scalars(again.order_by(CouncilSeat.id)))


def close(dossier: Dossier) -> None:
    """Close a council with the sheets that are there; raise WrongState when they are too few."""
    handed_in = [each.answers for each in _seats(dossier.id) if each.handed_in_at]
    if len(handed_in) < LEAST_MEMBERS:
        raise WrongState(
            lazy_gettext(
                "At least %(least)s sheets have to be handed in first.", least=LEAST_MEMBERS
            )
        )
    found = together(sheet_of(dossier), handed_in)
    move(
        dossier,
        Action.CLOSE,
        {"average": found.average_hundredths, "stars": found.stars, "sheets": len(handed_in)},
        average_hundredths=found.average_hundredths,
        council_stars=found.stars,
    )
