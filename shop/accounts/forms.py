"""The forms of coming in, of the account and of addresses."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from shop.accounts.emails import LONGEST, is_email
from shop.accounts.passwords import MOST_CHARACTERS
from shop.core.vietnamese import normalise_phone
from shop.web.forms import ShopForm

MISSING = lazy_gettext("Please fill this in.")
TOO_LONG = lazy_gettext("This is too long.")
LANGUAGES = (SelectChoice("vi", "Tiếng Việt"), SelectChoice("en", "English"))
_PASSWORD = [DataRequired(MISSING), Length(max=MOST_CHARACTERS, message=TOO_LONG)]


def _email_field() -> Any:
    checks = [DataRequired(MISSING), Length(max=LONGEST, message=TOO_LONG)]
    return StringField(lazy_gettext("E-mail address"), checks)


class SignInForm(ShopForm):
    """Who comes in, and the word that proves it."""

    email = _email_field()
    password = PasswordField(lazy_gettext("Password"), _PASSWORD)


class _PhoneForm(ShopForm):
    """A form with a Vietnamese phone number, kept as 0 and its digits."""

    def validate_phone(self, field: StringField) -> None:
        """Bring the number into its one form, or say that it is none."""
        if not field.data:
            field.data = None
            return
        number = normalise_phone(field.data)
        if number is None:
            raise ValidationError(
                lazy_gettext("Write a Vietnamese phone number, such as 0912 345 678.")
            )
        field.data = number


class RegisterForm(_PhoneForm):
    """A new account."""

    name = StringField(
        lazy_gettext("Full name"), [DataRequired(MISSING), Length(max=120, message=TOO_LONG)]
    )
    email = _email_field()
    phone = StringField(lazy_gettext("Phone"), [Optional(), Length(max=30, message=TOO_LONG)])
    password = PasswordField(lazy_gettext("Password"), _PASSWORD)
    terms = BooleanField(
        lazy_gettext("I accept the rules of the floor and the privacy notice"),
        [DataRequired(lazy_gettext("Please read the rules and accept them to open an account."))],
    )

    def validate_email(self, field: StringField) -> None:
        """Refuse what no letter could be sent to."""
        if not is_email(field.data or ""):
            raise ValidationError(lazy_gettext("Write the address in full, such as ten@vi-du.vn."))


class ForgotForm(ShopForm):
    """Whose password is forgotten."""

    email = _email_field()


class ResetForm(ShopForm):
    """A new password."""

    password = PasswordField(lazy_gettext("New password"), _PASSWORD)


class ChangePasswordForm(ShopForm):
    """The old password and a new one."""

    current = PasswordField(lazy_gettext("Present password"), _PASSWORD)
    password = PasswordField(lazy_gettext("New password"), _PASSWORD)


class ProfileForm(_PhoneForm):
    """What a person says of herself."""

    name = StringField(
        lazy_gettext("Full name"), [DataRequired(MISSING), Length(max=120, message=TOO_LONG)]
    )
    phone = StringField(lazy_gettext("Phone"), [Optional(), Length(max=30, message=TOO_LONG)])
    locale = SelectField(lazy_gettext("Language of our letters to you"), choices=LANGUAGES)


class AddressForm(_PhoneForm):
    """Where goods go: the commune by its code, or, without JavaScript, by its typed name.

    `commune_choice` is there when a typed name could be several communes.
    """

    recipient = StringField(
        lazy_gettext("Who receives the goods"),
        [DataRequired(MISSING), Length(max=120, message=TOO_LONG)],
    )
    phone = StringField(
        lazy_gettext("Phone"), [DataRequired(MISSING), Length(max=30, message=TOO_LONG)]
    )
    province_code = SelectField(lazy_gettext("Province or city"), [DataRequired(MISSING)])
    commune_name = StringField(lazy_gettext("Commune or ward"), [Length(max=120, message=TOO_LONG)])
    commune_code = HiddenField()
    commune_choice = HiddenField()
    street = StringField(
        lazy_gettext("House number, street or hamlet"),
        [DataRequired(MISSING), Length(max=200, message=TOO_LONG)],
    )
    is_default = BooleanField(lazy_gettext("Send to this address unless I choose another"))
