"""What a stall may ask for: the first evaluation, a re-evaluation in time, an upgrade of a star."""

from collections.abc import Sequence
from datetime import date

from shop.certification.models import Certificate, CertificateStatus
from shop.certification.scores import MOST_STARS
from shop.certification.validity import filing_window, latest_grace
from shop.dossiers.models import DossierKind

STANDING = (CertificateStatus.VERIFIED, CertificateStatus.WITHHELD)


def fitting(certificates: Sequence[Certificate], today: date) -> list[DossierKind]:
    """Return the kinds that fit the certificates a product has had, the likeliest first.

    A re-evaluation is asked for within the life of a certificate, or late while a grace could
    still keep it; an upgrade while its stars are shown. Without either it is the first evaluation.
    """
    standing = [
        each
        for each in certificates
        if each.status in STANDING and latest_grace(each.expires_on) >= today
    ]
    if not standing:
        return [DossierKind.FIRST]
    verified = (each for each in standing if each.status == CertificateStatus.VERIFIED)
    live = [each for each in verified if each.live_until >= today]
    if not live or live[0].stars == MOST_STARS:
        return [DossierKind.RE_EVALUATION]
    opens, _closes = filing_window(live[0].expires_on)
    both = [DossierKind.UPGRADE, DossierKind.RE_EVALUATION]
    return both[::-1] if today >= opens else both
