"""What every step of a dossier has in common: who may, the change itself, who is told."""

from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import update

from shop.accounts.models import User
from shop.accounts.queries import moderators_for
from shop.certification.operations import end_grace
from shop.core import audit, clock
from shop.core.db import change, db
from shop.core.errors import Forbidden, NotFound, WrongState
from shop.dossiers.deadlines import due_on
from shop.dossiers.models import Assessment, Dossier, DossierKind
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.transitions import MOVES, Action, Actor, DossierStatus
from shop.notifications.operations import notify
from shop.stalls.models import Stall
from shop.stalls.operations import tell_members
from shop.stalls.queries import worked_here

NOT_THE_OFFICE = lazy_gettext("This step belongs to the office of the province.")


def open_case(moderator: User, dossier_id: int, action: Action) -> Dossier:
    """Return a dossier of the scope on which this moderator may take the step.

    Raises NotFound outside the scope, Forbidden for people of the stall and for a commune's
    moderator where the office acts, WrongState for a step that does not lead on from here.
    """
    dossier = queries.case(moderator, dossier_id)
    if dossier is None:
        raise NotFound
    refuse_own(moderator, dossier)
    actors = MOVES[action].actors
    if Actor.COMMUNE not in actors or dossier.status != DossierStatus.COMMUNE:
        need_office(moderator, dossier)
    if dossier.status not in MOVES[action].origins:
        raise WrongState
    return dossier


def refuse_own(moderator: User, dossier: Dossier) -> None:
    """Raise Forbidden for a person of the stall: nobody acts on what is their own."""
    if is_own(moderator, dossier):
        raise Forbidden(lazy_gettext("You belong to this stall, so a colleague has to decide."))


def is_own(moderator: User, dossier: Dossier) -> bool:
    """Tell whether a moderator handed the dossier in, or has worked for the stall since."""
    return dossier.submitted_by_id == moderator.id or worked_here(
        moderator.id, dossier.stall_id, dossier.submitted_at
    )


def need_office(moderator: User, dossier: Dossier) -> None:
    """Raise Forbidden for a moderator whose scope is smaller than the province."""
    if not queries.is_office(moderator, dossier.province_code):
        raise Forbidden(NOT_THE_OFFICE)


def move(
    dossier: Dossier, action: Action, data: dict[str, Any] | None = None, **values: Any
) -> None:
    """Take a step, write it down and tell the stall; WrongState when somebody was faster."""
    step = MOVES[action]
    taken = (
        update(Dossier)
        .where(Dossier.id == dossier.id, Dossier.status.in_(step.origins))
        .values(
            status=step.target,
            moved_at=clock.now(),
            due_on=_due_on(dossier, step.target),
            **values,
        )
    )
    if not change(taken):
        raise WrongState
    db.session.refresh(dossier)
    audit.record(step.record, dossier, data, public=True)
    if dossier.kind == DossierKind.RE_EVALUATION and step.target in queries.FAILED:
        end_grace(dossier.product_id, words=str(dossier.status.label))
    tell_stall(dossier, step.record)
    tell_desk(dossier)


def _due_on(dossier: Dossier, status: DossierStatus) -> Any:
    again = dossier.kind == DossierKind.RE_EVALUATION
    handed_in = clock.local(dossier.submitted_at).date()
    return due_on(status, clock.today(), re_evaluation_of=handed_in if again else None)


def tell_stall(dossier: Dossier, record: str) -> None:
    """Tell the stall's members where the dossier now lies, in the transaction of the deed."""
    stall = db.session.get_one(Stall, dossier.stall_id)
    due = dossier.due_on.strftime("%d/%m/%Y") if dossier.due_on else ""
    tell_members(
        dossier.stall_id,
        "dossiers/moved",
        key=f"dossier:{dossier.id}:{record}",
        url=f"/quan-ly/{stall.slug}/ho-so/{dossier.id}",
        data={
            "product_name": dossier.product_name,
            "status": dossier.status.value,
            "due_on": due,
            "reason": dossier.reason if not dossier.is_open else "",
        },
    )


def tell_desk(dossier: Dossier) -> None:
    """Tell those who have to act on a dossier that has just come to the commune or the province."""
    for person in _desk(dossier):
        notify(
            person.id,
            "dossiers/waiting",
            key=f"dossier:{dossier.id}:{dossier.status}:{person.id}",
            url=f"/tham-dinh/ho-so/{dossier.id}",
            data={
                "product_name": dossier.product_name,
                "status": dossier.status.value,
                "due_on": dossier.due_on.strftime("%d/%m/%Y") if dossier.due_on else "",
            },
        )


def _desk(dossier: Dossier) -> list[User]:
    """Return who acts: at the commune its own moderators, where there are none the office."""
    if dossier.status == DossierStatus.PROVINCE:
        return queries.candidates(dossier)
    if dossier.status != DossierStatus.COMMUNE:
        return []
    known = moderators_for(dossier.province_code, dossier.commune_code)
    everybody = [person for person in known if not is_own(person, dossier)]
    office = {person.id for person in queries.candidates(dossier)}
    return [person for person in everybody if person.id not in office] or everybody


def unfreeze(dossier: Dossier) -> None:
    """Let the stall change its self-assessment again; the dossier keeps its own copy."""
    own = Assessment.id == dossier.assessment_id
    change(update(Assessment).where(own).values(frozen_at=None))
