"""Forms of orders: why a part ends early, and who carries a parcel."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from shop.orders.reasons import reasons_for
from shop.orders.transitions import Action, Side
from shop.web.forms import ShopForm


class EndForm(ShopForm):
    """Why a stall's part is cancelled, or why its parcel came back."""

    reason_code = RadioField(lazy_gettext("Why?"), [InputRequired(lazy_gettext("Please say why."))])
    reason = TextAreaField(
        lazy_gettext("In your words"),
        [Optional(), Length(max=500)],
        description=lazy_gettext("The other side reads this."),
    )

    def __init__(self, *args: Any, side: Side, action: Action, **kwargs: Any) -> None:
        """Offer the reasons of this side."""
        super().__init__(*args, **kwargs)
        listed = reasons_for(side, action)
        self.reason_code.choices = [(reason.value, reason.label) for reason in listed]


class ParcelForm(ShopForm):
    """Who carries a parcel, and under which number."""

    carrier = StringField(
        lazy_gettext("Who carries it?"),
        [InputRequired(lazy_gettext("Please say who carries the parcel.")), Length(max=80)],
        description=lazy_gettext("A carrier, a coach, or yourselves."),
    )
    tracking_number = StringField(
        lazy_gettext("Tracking number"),
        [
            Optional(),
            Length(max=60),
            Regexp(
                r"^[0-9A-Za-z ./_-]+$",
                message=lazy_gettext("Only letters, digits, spaces and . / - _ please."),
            ),
        ],
    )
