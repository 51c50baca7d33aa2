"""The forms of operators."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from shop.backoffice.words import ACTIONS, SUBJECTS
from shop.places import queries as places
from shop.web.forms import ShopForm

LARGEST_NUMBER = 2**31 - 1


class ReasonForm(ShopForm):
    """Why somebody is blocked or let in again."""

    reason = TextAreaField(
        lazy_gettext("Reason"),
        [InputRequired(lazy_gettext("Please say why.")), Length(min=5, max=500)],
        description=lazy_gettext("It stays in the audit trail, where other operators read it."),
    )


class ScopeForm(ShopForm):
    """Where a moderator may decide."""

    FLOOR = "all"

    province_code = SelectField(lazy_gettext("Where she may decide"), [InputRequired()])
    commune = StringField(
        lazy_gettext("Commune"),
        [Optional(), Length(max=120)],
        description=lazy_gettext("Its name, for who decides in one commune alone."),
    )
    commune_code: str | None = None

    def validate_commune(self, field: StringField) -> None:
        """Read the commune's name, which has to be one of the province."""
        if self.wanted is None:
            raise ValidationError(gettext("Choose the commune's province first."))
        self.commune_code = self._known(self.wanted, field.data or "")

    def _known(self, province_code: str, name: str) -> str:
        found = places.find_commune(province_code, name)
        if found.commune is None:
            raise ValidationError(gettext("There is no such commune in this province."))
        return found.commune.code

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill the list of provinces."""
        super().__init__(*args, **kwargs)
        provinces = [(found.code, found.name) for found in places.list_provinces()]
        whole = (self.FLOOR, lazy_gettext("The whole floor"))
        self.province_code.choices = [("", lazy_gettext("Choose…")), whole, *provinces]

    @property
    def wanted(self) -> str | None:
        """Return the code of the chosen province, None for the whole floor."""
        return None if self.province_code.data == self.FLOOR else str(self.province_code.data)


class TrailForm(ShopForm):
    """What to look for in the audit trail; it only asks, so it needs no token."""

    class Meta(ShopForm.Meta):
        """A question changes nothing."""

        csrf = False

    action = SelectField(lazy_gettext("What was done"), [Optional()], name="viec")
    actor = StringField(
        lazy_gettext("By whom"),
        [Optional(), Length(max=200)],
        name="nguoi",
        description=lazy_gettext("A name, an e-mail address or a number."),
    )
    subject_type = SelectField(lazy_gettext("To what"), [Optional()], name="doi_tuong")
    subject_id = IntegerField(
        lazy_gettext("Its number"), [Optional(), NumberRange(1, LARGEST_NUMBER)], name="so"
    )
    since = DateField(lazy_gettext("From"), [Optional()], name="tu")
    until = DateField(lazy_gettext("To"), [Optional()], name="den")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill the lists of actions and subjects, in the order of their words."""
        super().__init__(*args, **kwargs)
        for field, words in ((self.action, ACTIONS), (self.subject_type, SUBJECTS)):
            known = sorted((str(word), value) for value, word in words.items())
            field.choices = [("", lazy_gettext("All")), *((value, word) for word, value in known)]
