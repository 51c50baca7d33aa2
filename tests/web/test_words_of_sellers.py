"""Words of sellers: no star that nobody verified, no sign that deceives the eye."""

import pytest
from wtforms import StringField

from shop.web.forms import ShopForm, without_stars


class Named(ShopForm):
    name = StringField(validators=[without_stars])


@pytest.mark.parametrize(
    "name", ["OCOP 5 sao ★★★★★", "Mật ong ⭐⭐⭐", "HTX ocop năm sao", "Đạt 4 SAO", "3sao"]
)
def test_a_name_that_speaks_of_stars_is_refused(app, name):
    with app.test_request_context(method="POST", data={"name": name}):
        form = Named(meta={"csrf": False})
        assert not form.validate()
        assert "tự hiện" in form.name.errors[0]


@pytest.mark.parametrize("name", ["Hộp 3 gói", "Mật ong sao biển", "HTX Sao Mai", "Chai 500 ml"])
def test_other_names_are_taken(app, name):
    with app.test_request_context(method="POST", data={"name": name}):
        assert Named(meta={"csrf": False}).validate()


def test_unseen_signs_are_taken_out(app):
    with app.test_request_context(method="POST", data={"name": "Mật\u200b \u202eong"}):
        assert Named(meta={"csrf": False}).name.data == "Mật ong"
