"""The forms of a stall's cockpit: its settings and its people."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from shop.stalls.forms.shared import LONGEST_STORY, check_phone
from shop.stalls.models import MemberKind
from shop.web.forms import ShopForm, without_stars


class SettingsForm(ShopForm):
    """What a manager changes about the stall."""

    name = StringField(
        lazy_gettext("Name of the stall"),
        [DataRequired(), Length(min=3, max=120), without_stars],
        description=lazy_gettext("A new name makes a new address; the old one keeps working."),
    )
    story = TextAreaField(lazy_gettext("Your story"), [Optional(), Length(max=LONGEST_STORY)])
    picture = FileField(
        lazy_gettext("Picture of the stall"),
        description=lazy_gettext("The people or the place; JPEG, PNG, WebP or HEIC."),
    )
    drop_picture = BooleanField(lazy_gettext("Remove the present picture"))
    phone = StringField(lazy_gettext("Phone"), [DataRequired(), check_phone])
    street = StringField(
        lazy_gettext("Hamlet, street, house number"), [DataRequired(), Length(max=200)]
    )


class MemberForm(ShopForm):
    """Somebody to work for the stall."""

    email = EmailField(
        lazy_gettext("E-mail address"),
        [DataRequired(), Length(max=254)],
        description=lazy_gettext("The person needs an account here first."),
    )
    kind = RadioField(lazy_gettext("Kind of account"), [InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill the list of kinds."""
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind.value, kind.label) for kind in MemberKind]


class KindForm(ShopForm):
    """The other kind of account for a member."""

    kind = SelectField(lazy_gettext("Kind of account"), [InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill the list of kinds."""
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind.value, kind.label) for kind in MemberKind]
