"""Forms of the route: screening, notes, the council and its sheets, decisions."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext, lazy_gettext
from wtforms import (
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from shop.accounts.models import User
from shop.certification import product_code, scores
from shop.certification.scores import score_text
from shop.certification.validity import end_of
from shop.core import clock
from shop.criteria.sheet import Criterion, Sheet
from shop.dossiers.operations.offices import OFFICE_NOTES
from shop.dossiers.outcome import Decision
from shop.dossiers.reasons import RefusalReason, ReturnReason
from shop.dossiers.screening import Finding, Matter
from shop.web.forms import ShopForm

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
PLEASE = SelectChoice("", lazy_gettext("Please choose"))
MOST_WORDS = 2000
_FINDINGS = [SelectChoice(each.value, each.label) for each in Finding]


class ScreenForm(ShopForm):
    """The commune's screening, a finding for each matter."""

    parts = RadioField(Matter.PARTS.label, [InputRequired()], choices=_FINDINGS)
    material_origin = RadioField(Matter.MATERIAL_ORIGIN.label, [InputRequired()], choices=_FINDINGS)
    local_labour = RadioField(Matter.LOCAL_LABOUR.label, [InputRequired()], choices=_FINDINGS)
    idea_origin = RadioField(Matter.IDEA_ORIGIN.label, [InputRequired()], choices=_FINDINGS)
    local_identity = RadioField(Matter.LOCAL_IDENTITY.label, [InputRequired()], choices=_FINDINGS)
    words = TextAreaField(lazy_gettext("Notes"), [Length(max=MOST_WORDS)])

    def findings(self) -> dict[Matter, Finding]:
        """Return what was found, by matter."""
        return {matter: Finding(self[matter.value].data) for matter in Matter}


class ReturnForm(ShopForm):
    """Why a dossier goes back to the stall."""

    reason = SelectField(
        lazy_gettext("Reason"),
        [InputRequired()],
        choices=[PLEASE, *(SelectChoice(each.value, each.label) for each in ReturnReason)],
    )
    words = TextAreaField(
        lazy_gettext("What has to change?"),
        [InputRequired(), Length(max=MOST_WORDS)],
        description=lazy_gettext("The stall reads these words and can hand it in again."),
    )


class NoteForm(ShopForm):
    """What the office found at its desk or on the visit."""

    kind = SelectField(
        lazy_gettext("About"),
        [InputRequired()],
        choices=[SelectChoice(each.value, each.label) for each in OFFICE_NOTES],
    )
    day = DateField(lazy_gettext("Day"), [InputRequired()], format=DAY_FORMATS)
    words = TextAreaField(
        lazy_gettext("What was found?"), [InputRequired(), Length(max=MOST_WORDS)]
    )


class CouncilForm(ShopForm):
    """Who sits in the council."""

    members = SelectMultipleField(
        lazy_gettext("Members of the council"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, people: list[User]) -> "CouncilForm":
        """Let these people be chosen."""
        self.members.choices = [SelectChoice(person.id, person.name) for person in people]
        return self


class SeatForm(ShopForm):
    """Whose seat in the council goes to whom, or to nobody; the use case says who may."""

    user_id = SelectField(
        lazy_gettext("Whose seat?"), [InputRequired()], coerce=int, validate_choice=False
    )
    successor_id = SelectField(
        lazy_gettext("Who takes it over?"),
        [Optional()],
        coerce=lambda value: int(value or 0),
        validate_choice=False,
        description=lazy_gettext("A council of more than three may also lose the seat."),
    )

    def offer(self, open_seats: list[User], people: list[User]) -> "SeatForm":
        """Let these seats be given up, and these people take one over."""
        self.user_id.choices = [SelectChoice(each.id, each.name) for each in open_seats]
        nobody = SelectChoice(0, lazy_gettext("Nobody: take the seat away"))
        known = [SelectChoice(each.id, each.name) for each in people]
        self.successor_id.choices = [*known, nobody]
        return self


class DecisionForm(ShopForm):
    """A recognition as it was signed."""

    stars = SelectField(
        lazy_gettext("Stars"),
        [InputRequired()],
        choices=[
            SelectChoice(str(stars), lazy_gettext("%(stars)s stars", stars=stars))
            for stars in scores.STARS
        ],
    )
    product_code = StringField(
        lazy_gettext("Product code"),
        [InputRequired(), Length(max=40)],
        description=lazy_gettext("As printed, such as 08-00706-012-2026."),
    )
    decision_number = StringField(
        lazy_gettext("Number of the decision"), [InputRequired(), Length(max=80)]
    )
    decided_on = DateField(
        lazy_gettext("Day of the decision"), [InputRequired()], format=DAY_FORMATS
    )
    issuer = StringField(
        lazy_gettext("Signed by"),
        [InputRequired(), Length(max=200)],
        description=lazy_gettext(
            "The chair of the provincial People's Committee, or the minister for 5 stars."
        ),
    )
    expires_on = DateField(
        lazy_gettext("Valid until"),
        [InputRequired()],
        format=DAY_FORMATS,
        description=lazy_gettext("As printed; at most 36 months after the decision."),
    )

    def validate_product_code(self, field: StringField) -> None:
        """Refuse a code of another shape."""
        if product_code.read_code(field.data or "") is None:
            raise ValidationError(gettext("A product code looks like 08-00706-012-2026."))

    def decision(self) -> Decision:
        """Return what was signed."""
        return Decision(
            stars=int(self.stars.data),
            product_code=product_code.tidy(self.product_code.data),
            decision_number=self.decision_number.data,
            decided_on=self.decided_on.data,
            issuer=self.issuer.data,
            expires_on=self.expires_on.data,
        )


class FiveStarsForm(DecisionForm):
    """The ministry's decision, with the score of its council."""

    score = StringField(
        lazy_gettext("Score of the ministry's council"), [InputRequired(), Length(max=10)]
    )
    stars = SelectField(
        lazy_gettext("Stars"),
        [InputRequired()],
        choices=[SelectChoice("5", lazy_gettext("%(stars)s stars", stars=5))],
    )

    def validate_score(self, field: StringField) -> None:
        """Refuse what is no score out of 100."""
        _check_score(field)

    @property
    def hundredths(self) -> int:
        """Return the score in hundredths."""
        return scores.read_score(self.score.data or "") or 0


class SendDownForm(ShopForm):
    """The score with which the ministry sends a dossier back."""

    score = StringField(
        lazy_gettext("Score of the ministry's council"), [InputRequired(), Length(max=10)]
    )

    def validate_score(self, field: StringField) -> None:
        """Refuse what is no score out of 100."""
        _check_score(field)

    @property
    def hundredths(self) -> int:
        """Return the score in hundredths."""
        return scores.read_score(self.score.data or "") or 0


class RefuseForm(ShopForm):
    """Why a product is not recognised."""

    reason = SelectField(
        lazy_gettext("Reason"),
        [InputRequired()],
        choices=[PLEASE, *(SelectChoice(each.value, each.label) for each in RefusalReason)],
    )
    words = TextAreaField(lazy_gettext("In words"), [InputRequired(), Length(max=MOST_WORDS)])


def suggested_days() -> dict[str, date]:
    """Return the days that a decision form begins with: today, and 36 months from it."""
    today = clock.today()
    return {"decided_on": today, "expires_on": end_of(today)}


def _check_score(field: StringField) -> None:
    if scores.read_score(field.data or "") is None:
        raise ValidationError(gettext("Write the score as 81,50; the most is 100."))


class SheetForm(ShopForm):
    """A member's score sheet; its questions are those of the criteria."""

    codes: dict[str, str]

    def answers(self) -> dict[str, int]:
        """Return what was chosen, by the code of the criterion."""
        chosen = {code: self[name].data for name, code in self.codes.items()}
        return {code: index for code, index in chosen.items() if index is not None}

    def field_of(self, code: str) -> RadioField:
        """Return the field of a criterion."""
        return self[field_name(code)]


def sheet_form(sheet: Sheet, answers: Mapping[str, int], *, posted: bool) -> SheetForm:
    """Return a form that asks every criterion of a sheet, filled in with what is kept."""
    fields = {field_name(each.code): _question(each) for each in sheet.criteria()}
    kind = type("CriteriaSheetForm", (SheetForm,), fields)
    data = {field_name(code): index for code, index in answers.items()}
    form: SheetForm = kind(data=data) if posted else kind(None, data=data)
    form.codes = {field_name(each.code): each.code for each in sheet.criteria()}
    return form


def field_name(code: str) -> str:
    """Return the name under which a browser sends the answer to a criterion."""
    return f"c-{code}"


def _question(criterion: Criterion) -> RadioField:
    choices = [
        SelectChoice(index, f"{score_text(option.points_hundredths)}: {option.label}")
        for index, option in enumerate(criterion.options)
    ]
    label = f"{criterion.code}. {criterion.label}"
    return RadioField(label, [Optional()], choices=choices, coerce=int, validate_choice=False)
