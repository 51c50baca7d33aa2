"""Forms of the room: handing in a certificate, and deciding on one."""

from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from shop.certification import product_code, scores
from shop.certification.claim import Claim
from shop.certification.models import Certificate, RecognitionEntry, SeenAt
from shop.certification.operations.reporting import Sighting
from shop.certification.reasons import RefusalReason, ReturnReason
from shop.core import files
from shop.core.errors import InvalidInput
from shop.web.forms import ShopForm

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
PLEASE = SelectChoice("", lazy_gettext("Please choose"))
STARS = [
    SelectChoice(str(stars), lazy_gettext("%(stars)s stars", stars=stars)) for stars in scores.STARS
]
MOST_WORDS = 1000


def day_field(label: Any, **more: Any) -> DateField:
    """Return a required day, as a browser sends it or as people type it."""
    return DateField(label, [InputRequired()], format=DAY_FORMATS, **more)


class CertificateForm(ShopForm):
    """What a manager reads off the certificate, and its scan."""

    product_code = StringField(
        lazy_gettext("Product code"),
        [InputRequired(), Length(max=40)],
        description=lazy_gettext("As printed, such as 08-00706-012-2026."),
    )
    stars = SelectField(lazy_gettext("Stars"), [InputRequired()], choices=[PLEASE, *STARS])
    score = StringField(
        lazy_gettext("Score"),
        [Optional(), Length(max=10)],
        description=lazy_gettext("Out of 100, such as 81,50."),
    )
    decision_number = StringField(
        lazy_gettext("Number of the decision"), [InputRequired(), Length(max=80)]
    )
    decided_on = day_field(lazy_gettext("Day of the decision"))
    issuer = StringField(
        lazy_gettext("Issued by"),
        [InputRequired(), Length(max=200)],
        description=lazy_gettext("The provincial People's Committee, or the ministry for 5 stars."),
    )
    expires_on = day_field(
        lazy_gettext("Valid until"),
        description=lazy_gettext("As printed; at most 36 months after the decision."),
    )
    scan = FileField(
        lazy_gettext("Scan of the certificate"),
        description=lazy_gettext(
            "A PDF or a picture, at most 15 MB. Only moderators see it; the public never does."
        ),
    )
    entry_id = HiddenField()

    def validate_product_code(self, field: StringField) -> None:
        """Refuse a code of another shape."""
        if product_code.read_code(field.data or "") is None:
            raise ValidationError(gettext("A product code looks like 08-00706-012-2026."))

    def validate_score(self, field: StringField) -> None:
        """Refuse what is no score out of 100."""
        if field.data and scores.read_score(field.data) is None:
            raise ValidationError(gettext("Write the score as 81,50; the most is 100."))

    def claim(self) -> Claim:
        """Return what was entered; raise InvalidInput for an empty or endless scan."""
        return Claim(
            product_code=product_code.tidy(self.product_code.data),
            stars=int(self.stars.data),
            score_hundredths=scores.read_score(self.score.data) if self.score.data else None,
            decision_number=self.decision_number.data,
            decided_on=self.decided_on.data,
            issuer=self.issuer.data,
            expires_on=self.expires_on.data,
            scan=self._scan(),
            scan_name=self.scan.data.filename if self.scan.data else "",
            entry_id=_number(self.entry_id.data),
        )

    def _scan(self) -> bytes | None:
        if not self.scan.data:
            return None
        try:
            return files.read_limited(self.scan.data.stream)
        except InvalidInput as error:
            raise InvalidInput(error.message, "scan") from error

    @classmethod
    def of_entry(cls, entry: RecognitionEntry) -> "CertificateForm":
        """Return the form filled with what a published list says."""
        return cls(
            data={
                "stars": str(entry.stars or ""),
                "decision_number": entry.decision_number,
                "decided_on": entry.decided_on,
                "entry_id": entry.id,
            }
        )

    @classmethod
    def of_returned(cls, certificate: Certificate) -> "CertificateForm":
        """Return the form filled with a claim that a moderator gave back."""
        return cls(
            data={
                "product_code": certificate.product_code,
                "stars": str(certificate.stars),
                "score": scores.score_text(certificate.score_hundredths),
                "decision_number": certificate.decision_number,
                "decided_on": certificate.decided_on,
                "issuer": certificate.issuer,
                "expires_on": certificate.expires_on,
                "entry_id": certificate.entry_id,
            }
        )


def _number(text: Any) -> int | None:
    """Return a hidden id, None when there is none; raise InvalidInput for an edited one."""
    if not text:
        return None
    if not str(text).isdecimal() or len(str(text)) > 15:
        raise InvalidInput(
            lazy_gettext("This row of the list names another product or another holder."),
            "product_code",
        )
    return int(text)


class VerifyForm(ShopForm):
    """What the scan says of stars and expiry; verifying makes it count."""

    stars = SelectField(lazy_gettext("Stars on the scan"), [InputRequired()], choices=STARS)
    expires_on = day_field(lazy_gettext("Valid until, on the scan"))
    words = TextAreaField(
        lazy_gettext("Why do you read something else than your colleague?"),
        [Length(max=MOST_WORDS)],
        description=lazy_gettext("Only if you do. Then another moderator has to read it again."),
    )

    @classmethod
    def of(cls, certificate: Certificate, latest: date) -> "VerifyForm":
        """Return the form with what was claimed, bounded by what the rule allows."""
        day = min(certificate.expires_on, latest)
        return cls(None, data={"stars": str(certificate.stars), "expires_on": day})


class ReturnForm(ShopForm):
    """What is missing, from the list and in words to the stall."""

    reason = SelectField(
        lazy_gettext("Reason"),
        [InputRequired()],
        choices=[PLEASE, *(SelectChoice(each.value, each.label) for each in ReturnReason)],
    )
    words = TextAreaField(
        lazy_gettext("What is missing?"),
        [Length(max=MOST_WORDS)],
        description=lazy_gettext("The stall reads these words and can hand it in again."),
    )


class RefuseForm(ShopForm):
    """Why a claim is refused for good."""

    reason = SelectField(
        lazy_gettext("Reason"),
        [InputRequired()],
        choices=[PLEASE, *(SelectChoice(each.value, each.label) for each in RefusalReason)],
    )
    words = TextAreaField(lazy_gettext("In words"), [Length(max=MOST_WORDS)])


class CodeReportForm(ShopForm):
    """What somebody saw of a code; only the words and the kind of place are asked of her."""

    seen_at = SelectField(
        lazy_gettext("Where did you see it?"),
        [InputRequired()],
        choices=[PLEASE, *(SelectChoice(each.value, each.label) for each in SeenAt)],
    )
    words = TextAreaField(
        lazy_gettext("What did you see?"),
        [DataRequired(), Length(max=MOST_WORDS)],
        description=lazy_gettext("Which goods, which shop or address, what struck you."),
    )
    photo = FileField(
        lazy_gettext("Photo of the label"),
        description=lazy_gettext("Only moderators see it; where it was taken is removed from it."),
    )
    contact = StringField(
        lazy_gettext("How can we reach you?"),
        [Length(max=200)],
        description=lazy_gettext("Phone or e-mail, for questions of a moderator alone."),
    )

    def sighting(self) -> Sighting:
        """Return what was written; raise InvalidInput for an empty or endless photo."""
        photo = None
        if self.photo.data:
            try:
                photo = files.read_limited(self.photo.data.stream)
            except InvalidInput as error:
                raise InvalidInput(error.message, "photo") from error
        return Sighting(SeenAt(self.seen_at.data), self.words.data, self.contact.data or "", photo)


class HandleReportForm(ShopForm):
    """What came of a report."""

    note = TextAreaField(
        lazy_gettext("What was found or done?"), [DataRequired(), Length(max=MOST_WORDS)]
    )
