"""The application to open a stall: one page of fields and papers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from shop.core.errors import InvalidInput
from shop.places.models import Province
from shop.stalls import tax_codes
from shop.stalls.application import Application, PaperDetails
from shop.stalls.forms.shared import LONGEST_STORY, check_phone, province_choices
from shop.stalls.models import DocumentKind, EntityKind, Stall, StallDocument
from shop.web.forms import ShopForm, without_stars

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
NEW_PAPER = "giay-moi"


class ApplicationForm(ShopForm):
    """What an application says. The request's token is checked before any form is read."""

    class Meta(ShopForm.Meta):
        csrf = False

    legal_name = StringField(
        lazy_gettext("Legal name"),
        [DataRequired(), Length(max=200)],
        description=lazy_gettext("As it stands on the registration or the card."),
    )
    name = StringField(
        lazy_gettext("Name of the stall"),
        [DataRequired(), Length(min=3, max=120), without_stars],
        description=lazy_gettext("The name that buyers will see."),
    )
    kind = SelectField(lazy_gettext("You are a"), [InputRequired()])
    tax_code = StringField(
        lazy_gettext("Tax code or personal code"),
        [DataRequired(), Length(max=20)],
        description=lazy_gettext(
            "10 digits; 13 for a dependent unit. Households, farms and groups may enter the "
            "12-digit personal code; buyers see its last three digits only."
        ),
    )
    representative = StringField(lazy_gettext("Representative"), [DataRequired(), Length(max=120)])
    phone = StringField(lazy_gettext("Phone"), [DataRequired(), check_phone])
    province = SelectField(lazy_gettext("Province or city"), [InputRequired()])
    commune = StringField(lazy_gettext("Commune or ward"), [DataRequired(), Length(max=200)])
    commune_code = HiddenField()
    street = StringField(
        lazy_gettext("Hamlet, street, house number"), [DataRequired(), Length(max=200)]
    )
    story = TextAreaField(
        lazy_gettext("Your story"),
        [Optional(), Length(max=LONGEST_STORY)],
        description=lazy_gettext("Who makes the goods, where, and what is special about them."),
    )

    def offer(self, provinces: Iterable[Province]) -> None:
        """Fill the lists to choose from."""
        self.kind.choices = [(kind.value, kind.label) for kind in EntityKind]
        self.province.choices = province_choices(provinces)

    def validate_tax_code(self, field: StringField) -> None:
        """Check the code for the kind of producer that was chosen."""
        if self.kind.data not in set(EntityKind):
            return
        try:
            field.data = tax_codes.checked(field.data or "", EntityKind(self.kind.data))
        except InvalidInput as error:
            raise ValidationError(error.message) from error

    def application(self) -> Application:
        """Return what a valid form says."""
        said = {name: str(self[name].data or "") for name in _PLAIN}
        return Application(
            **said,
            kind=EntityKind(self.kind.data),
            province_code=self.province.data,
            commune_name=self.commune.data or "",
            commune_code=self.commune_code.data or "",
        )


_PLAIN = ("legal_name", "name", "tax_code", "representative", "phone", "street", "story")
_NAMES = frozenset({*_PLAIN, "kind", "province", "commune", "commune_code"})


class PaperForm(ShopForm):
    """What is said about a paper."""

    class Meta(ShopForm.Meta):
        csrf = False

    kind = SelectField(lazy_gettext("Kind of paper"), [InputRequired()])
    number = StringField(lazy_gettext("Number of the paper"), [Optional(), Length(max=80)])
    issuer = StringField(lazy_gettext("Issued by"), [Optional(), Length(max=200)])
    issued_on = DateField(lazy_gettext("Issued on"), [Optional()], format=DATE_FORMATS)
    expires_on = DateField(
        lazy_gettext("Valid until"),
        [Optional()],
        format=DATE_FORMATS,
        description=lazy_gettext("As printed; leave it empty when no date is printed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill the list of kinds."""
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind.value, kind.label) for kind in DocumentKind]

    def validate_expires_on(self, field: DateField) -> None:
        """Refuse a paper that ran out before it was issued."""
        if field.data and self.issued_on.data and field.data < self.issued_on.data:
            raise ValidationError(lazy_gettext("This date is before the day of issue."))

    def details(self) -> PaperDetails:
        """Return what a valid form says."""
        return PaperDetails(
            kind=DocumentKind(self.kind.data),
            number=self.number.data or "",
            issuer=self.issuer.data or "",
            issued_on=self.issued_on.data,
            expires_on=self.expires_on.data,
        )


class NewPaperForm(PaperForm):
    """A paper to hand in, with its scan."""

    file = FileField(
        lazy_gettext("Scan or photograph"),
        description=lazy_gettext("PDF or picture, at most 15 MB. Moderators alone see it."),
    )


class ApplicationSheet:
    """The whole page of an application: its fields, its papers, room for one more."""

    def __init__(
        self,
        stall: Stall | None,
        documents: Sequence[StallDocument],
        provinces: Iterable[Province],
    ) -> None:
        """Show what was typed last, or else what was sent last."""
        typed = stall.application if stall is not None else None
        formdata = MultiDict(typed) if typed is not None else None
        self.form = ApplicationForm(formdata=formdata, data=_sent(stall))
        self.form.offer(provinces)
        self.papers = [
            (document, PaperForm(formdata=formdata, data=_said(document), prefix=_prefix(document)))
            for document in documents
        ]
        self.new_paper = NewPaperForm(formdata=formdata, prefix=NEW_PAPER)

    def is_valid(self) -> bool:
        """Check everything, so that all faults are shown at once."""
        is_form_valid = self.form.validate()
        wrong = [paper for _, paper in self.papers if not paper.validate()]
        if wrong:
            self.form.form_errors.append(lazy_gettext("Please look at the papers below."))
        return bool(is_form_valid) and not wrong

    def details(self) -> dict[int, PaperDetails]:
        """Return what is said about each paper, by the id of its row."""
        return {document.id: paper.details() for document, paper in self.papers}

    def put_error(self, error: InvalidInput) -> None:
        """Show a refusal beside its field."""
        if error.field == "file":
            self.new_paper.put_error(error, "file")
            self.form.form_errors.append(error.message)
        else:
            self.form.put_error(error, "legal_name")


def _prefix(document: StallDocument) -> str:
    return f"giay-{document.id}"


def _sent(stall: Stall | None) -> dict[str, Any]:
    if stall is None or stall.submitted_at is None:
        return {}
    return {
        **{name: getattr(stall, name) for name in _PLAIN},
        "kind": stall.kind.value,
        "province": stall.province_code,
        "commune": stall.commune.full_name,
        "commune_code": stall.commune_code,
    }


def _said(document: StallDocument) -> dict[str, Any]:
    names = ("number", "issuer", "issued_on", "expires_on")
    return {"kind": document.kind.value, **{name: getattr(document, name) for name in names}}


def typed_fields(form: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into an application, field by field, to be kept as it is."""
    return {
        name: value[: LONGEST_STORY + 1000]
        for name, value in form.items()
        if name in _NAMES or (name.startswith("giay-") and len(name) < 60)
    }
