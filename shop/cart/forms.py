"""What the cart's buttons send."""

from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired

from shop.web.forms import ShopForm


class LineForm(ShopForm):
    """A SKU and how many of it."""

    sku_id = IntegerField(validators=[InputRequired()])
    quantity = IntegerField(default=1)
    tiep = HiddenField()
