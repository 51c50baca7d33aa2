"""A stronger proof for a verified certificate: a list that came later names its product."""

from flask_babel import lazy_gettext
from sqlalchemy import update

from shop.accounts.models import User
from shop.certification.models import (
    Certificate,
    CertificateStatus,
    EvidenceGrade,
)
from shop.certification.operations.cases import refuse_taken
from shop.certification.operations.turns import open_in_turn
from shop.certification.queries.grades import fits
from shop.core import audit
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, NotFound, WrongState


def match_with_list(moderator: User, certificate_id: int, entry_id: int) -> None:
    """Confirm that a row of a list is this certificate's; its evidence is the stronger one.

    Raises InvalidInput for a row with another product, holder or number of stars, WrongState when
    the row serves another stall or somebody was faster.
    """
    with transaction():
        certificate, entry = open_in_turn(moderator, certificate_id, entry_id)
        if entry is None:
            raise NotFound
        if not fits(certificate, entry):
            raise InvalidInput(
                lazy_gettext("This row of the list names another product or another holder.")
            )
        matched = (
            update(Certificate)
            .where(
                Certificate.id == certificate_id,
                Certificate.status == CertificateStatus.VERIFIED,
                Certificate.grade == EvidenceGrade.SCAN,
            )
            .values(entry_id=entry_id, grade=EvidenceGrade.RECOGNITION_LIST)
        )
        if not change(matched):
            raise WrongState
        db.session.refresh(certificate)
        refuse_taken(certificate)
        audit.record("certificate.matched", certificate, {"entry": entry_id}, public=True)
