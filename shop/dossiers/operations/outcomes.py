"""The end of the route: up to the ministry, a recognition with its certificate, or a refusal."""

from flask_babel import lazy_gettext

from shop.accounts.models import User
from shop.catalogue.models import Product
from shop.catalogue.operations.products import locked
from shop.certification.models import Certificate
from shop.certification.operations import withhold_certificate
from shop.certification.operations.issuing import Issue, issue_certificate
from shop.certification.scores import score_text
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, WrongState
from shop.dossiers.models import Dossier
from shop.dossiers.operations.steps import move, open_case, unfreeze
from shop.dossiers.outcome import (
    SENT_UP,
    Decision,
    check_ministry,
    check_stars,
    may_go_up,
    most_stars,
    must_go_up,
)
from shop.dossiers.reasons import RefusalReason, in_words
from shop.dossiers.transitions import Action
from shop.notifications.operations import notify
from shop.stalls.models import Stall
from shop.stalls.operations import lock_stall


def send_up(moderator: User, dossier_id: int) -> None:
    """Send a dossier of 90 points and more up to the ministry."""
    with transaction():
        dossier = open_case(moderator, dossier_id, Action.SEND_UP)
        has_come_back = dossier.ministry_hundredths is not None
        if not may_go_up(dossier.average_hundredths or 0, has_come_back=has_come_back):
            raise WrongState(lazy_gettext("Only 90 points and more go up to the ministry, once."))
        move(dossier, Action.SEND_UP)


def send_down(moderator: User, dossier_id: int, *, score: int) -> None:
    """Record that the ministry's council gave less than 90 points: the province decides."""
    if not 0 <= score < SENT_UP:
        raise InvalidInput(lazy_gettext("With 90 points and more it is recognised."), "score")
    with transaction():
        dossier = open_case(moderator, dossier_id, Action.SEND_DOWN)
        said = {"score": score_text(score)}
        move(dossier, Action.SEND_DOWN, said, ministry_hundredths=score)


def recognise(moderator: User, dossier_id: int, decision: Decision) -> Certificate:
    """Record the decision of the province's chair, 3 or 4 stars, and return the certificate.

    It is withheld where the goods are others by now than those that the dossier states. Of two
    who decide at once one is told that it has changed (WrongState).
    """
    with transaction():
        dossier = open_case(moderator, dossier_id, Action.RECOGNISE)
        stars, ministry = dossier.council_stars or 0, dossier.ministry_hundredths
        if must_go_up(stars, has_come_back=ministry is not None):
            raise WrongState(lazy_gettext("The council brings 5 stars: the ministry decides."))
        check_stars(decision.stars, most_stars(stars, ministry))
        return _finish(moderator, dossier, decision, action=Action.RECOGNISE)


def recognise_five(
    moderator: User, dossier_id: int, decision: Decision, *, score: int
) -> Certificate:
    """Record the ministry's decision of 5 stars with the score of its council."""
    check_ministry(score)
    with transaction():
        dossier = open_case(moderator, dossier_id, Action.RECOGNISE_FIVE)
        return _finish(
            moderator, dossier, decision, action=Action.RECOGNISE_FIVE, ministry_hundredths=score
        )


def refuse(moderator: User, dossier_id: int, *, reason: RefusalReason, words: str) -> None:
    """Record that the product is not recognised, and why."""
    if not words:
        raise InvalidInput(lazy_gettext("Please say the reason in words."), "words")
    with transaction():
        dossier = open_case(moderator, dossier_id, Action.REFUSE)
        said = in_words(reason, words)
        move(dossier, Action.REFUSE, {"reason": said, "code": reason}, reason=said)
        unfreeze(dossier)


def _finish(
    moderator: User, dossier: Dossier, decision: Decision, *, action: Action, **values: int
) -> Certificate:
    """Move first, so that of two only one issues a certificate, then bind the two together.

    Goods that bear another name by now get it withheld; of another set none is issued.
    """
    move(dossier, action, {"stars": decision.stars, "number": decision.decision_number}, **values)
    unfreeze(dossier)
    product = _lock_goods(dossier)
    stall = db.session.get_one(Stall, dossier.stall_id)
    issued = issue_certificate(
        moderator,
        product,
        Issue(
            stars=decision.stars,
            score_hundredths=dossier.counting_hundredths or 0,
            product_code=decision.product_code,
            decision_number=decision.decision_number,
            decided_on=decision.decided_on,
            issuer=decision.issuer,
            expires_on=decision.expires_on,
            product_name=dossier.product_name,
            product_set=dossier.product_set,
            holder=stall.legal_name,
            asked_by_id=dossier.submitted_by_id,
        ),
    )
    dossier.certificate_id = issued.id
    if product.name != dossier.product_name:
        _withhold(moderator, issued, f"{dossier.product_name} → {product.name}")
    return issued


def _lock_goods(dossier: Dossier) -> Product:
    """Return the product as it is now; no change of its words comes true before the decision."""
    lock_stall(dossier.stall_id)
    return locked(dossier.stall_id, dossier.product_id)


def _withhold(moderator: User, issued: Certificate, other: str) -> None:
    """Keep the stars off until a moderator confirms that they are for these goods, and say so."""
    db.session.flush()
    withhold_certificate(issued.product_id, words=other)
    notify(
        moderator.id,
        "dossiers/other_goods",
        key=f"certificate:{issued.id}:other_goods",
        url=f"/tham-dinh/chung-nhan/{issued.id}",
        data={"product_name": issued.product_name, "changes": other},
    )
