"""The forms by which moderators and operators decide on a stall."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from shop.stalls.reasons import ReturnReason, SuspensionReason
from shop.web.forms import ShopForm

LAST_VERSION = 2**31 - 1  # that its column can hold


class DecisionForm(ShopForm):
    """The version of the page on which a decision rests."""

    version = IntegerField(validators=[InputRequired(), NumberRange(0, LAST_VERSION)])


class ReturnForm(DecisionForm):
    """Why an application goes back."""

    reason = RadioField(lazy_gettext("What has to change"), [InputRequired()])
    words = TextAreaField(
        lazy_gettext("In your words"),
        [Optional(), Length(max=1000)],
        description=lazy_gettext("The applicant reads this. Say what to do next."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill the list of reasons."""
        super().__init__(*args, **kwargs)
        self.reason.choices = [(reason.value, reason.label) for reason in ReturnReason]


class SuspensionForm(ShopForm):
    """Why a stall is closed for a while."""

    reason = SelectField(lazy_gettext("Reason"), [InputRequired()])
    words = TextAreaField(
        lazy_gettext("In your words"),
        [Optional(), Length(max=1000)],
        description=lazy_gettext("The stall reads this. Name the document if there is one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill the list of reasons."""
        super().__init__(*args, **kwargs)
        reasons = [(reason.value, reason.label) for reason in SuspensionReason]
        self.reason.choices = [("", lazy_gettext("Choose…")), *reasons]
