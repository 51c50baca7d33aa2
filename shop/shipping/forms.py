"""A stall's delivery fees as its manager types them."""

from flask_babel import lazy_gettext
from wtforms.validators import InputRequired, NumberRange, Optional

from shop.web.forms import ShopForm, VndField

MOST_VND = 2_000_000
_FEE = (
    InputRequired(lazy_gettext("Write the fee; 0 means free.")),
    NumberRange(0, MOST_VND, lazy_gettext("A fee is between 0 and 2,000,000 đồng.")),
)


class DeliveryForm(ShopForm):
    """Three sums: within the stall's own province, elsewhere, and from when on it is free."""

    own_province_vnd = VndField(lazy_gettext("To your own province"), validators=_FEE)
    elsewhere_vnd = VndField(lazy_gettext("To all other provinces"), validators=_FEE)
    free_from_vnd = VndField(
        lazy_gettext("Free when a buyer's goods of your stall come to"),
        validators=[
            Optional(),
            NumberRange(1, message=lazy_gettext("Leave it empty if delivery is never free.")),
        ],
    )
