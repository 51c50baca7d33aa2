"""Forms of the later life of a certificate: revoke, restore, confirm, keep by grace."""

import re
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from shop.certification.forms import DAY_FORMATS, MOST_WORDS, PLEASE, day_field
from shop.certification.goods import Goods
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.operations import Paper
from shop.certification.reasons import RevocationReason
from shop.certification.validity import EXPIRING_DAYS, latest_grace
from shop.core import clock, files
from shop.core.errors import InvalidInput
from shop.web.forms import ShopForm

PUBLIC = lazy_gettext("The public reads these words in the history.")
_SET = re.compile(r"[0-9]{1,3}", re.ASCII)


def words_field(label: Any) -> TextAreaField:
    """Return required words that the public reads."""
    return TextAreaField(label, [InputRequired(), Length(max=MOST_WORDS)], description=PUBLIC)


def paper_field(label: Any) -> FileField:
    """Return a field for the paper behind a ruling."""
    return FileField(
        label,
        description=lazy_gettext("A PDF or a picture, at most 15 MB. Only moderators see it."),
    )


def _upload(field: FileField) -> dict[str, Any]:
    """Return what was chosen and its name, nothing where nothing was."""
    if not field.data:
        return {}
    try:
        data = files.read_limited(field.data.stream)
    except InvalidInput as error:
        raise InvalidInput(error.message, "file") from error
    return {"file": data, "file_name": field.data.filename or ""}


class RevokeForm(ShopForm):
    """Why the stars of a verified certificate are taken away, and by which decision."""

    reason = SelectField(
        lazy_gettext("Reason"),
        [InputRequired()],
        choices=[PLEASE, *(SelectChoice(each.value, each.label) for each in RevocationReason)],
    )
    words = words_field(lazy_gettext("What was found?"))
    decision_number = StringField(
        lazy_gettext("Number of the revoking decision"),
        [Optional(), Length(max=80)],
        description=lazy_gettext("With its day, or the file; only a mistake of ours needs none."),
    )
    decided_on = DateField(
        lazy_gettext("Day of the revoking decision"), [Optional()], format=DAY_FORMATS
    )
    file = paper_field(lazy_gettext("The decision as a file"))

    def paper(self) -> Paper:
        """Return the decision as entered; raise InvalidInput for an empty or endless file."""
        number, day = self.decision_number.data or "", self.decided_on.data
        return Paper(number, day, **_upload(self.file))


class RestoreForm(ShopForm):
    """Why a revocation is taken back."""

    words = words_field(lazy_gettext("Why is it restored?"))


class ConfirmForm(ShopForm):
    """Why a withheld certificate covers the goods as they are now."""

    name = HiddenField()
    product_set = HiddenField()
    words = words_field(lazy_gettext("Why does it cover the goods as they are now?"))

    def show(self, goods: Goods | None) -> "ConfirmForm":
        """Carry the goods as the page shows them."""
        self.name.data = goods.name if goods else ""
        self.product_set.data = str(goods.product_set) if goods else ""
        return self

    def seen(self) -> Goods | None:
        """Return the goods that the page had shown, None where it knew none."""
        number = self.product_set.data or ""
        return Goods(self.name.data or "", int(number)) if _SET.fullmatch(number) else None


class GraceForm(ShopForm):
    """When the re-evaluation was filed, and until when the stars are kept."""

    filed_on = day_field(lazy_gettext("Day on which the re-evaluation was filed"))
    until = day_field(
        lazy_gettext("Keep the stars until"),
        description=lazy_gettext("At most 180 days after the expiry."),
    )
    words = words_field(lazy_gettext("What proves the filing?"))
    file = paper_field(lazy_gettext("The receipt of the filing as a file"))

    def paper(self) -> Paper:
        """Return the receipt, if there is one; raise InvalidInput for an empty or endless file."""
        return Paper(**_upload(self.file))


def life_forms(
    certificate: Certificate, goods: Goods | None, filled: ShopForm | None = None
) -> dict[str, Any]:
    """Return the forms that a case offers by name, one of them as it was filled in."""
    until = certificate.grace_until or latest_grace(certificate.expires_on)
    forms: dict[str, Any] = {
        "revoke": RevokeForm(None, prefix="revoke-"),
        "restore": RestoreForm(None, prefix="restore-"),
        "confirm": ConfirmForm(None, prefix="confirm-"),
        "grace": GraceForm(None, prefix="grace-", data={"until": until}),
    }
    forms = {name: filled if type(filled) is type(form) else form for name, form in forms.items()}
    forms["confirm"].show(goods)
    return forms


def offers_grace(certificate: Certificate) -> bool:
    """Tell whether a grace can still help: near or past the expiry, before its latest day."""
    is_verified = certificate.status is CertificateStatus.VERIFIED
    if not is_verified or certificate.days_left > EXPIRING_DAYS:
        return False
    return clock.today() <= latest_grace(certificate.expires_on)
