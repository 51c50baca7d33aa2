"""The blueprint that the pages of people share."""

from http import HTTPStatus

from flask import Blueprint

from shop.core.errors import InvalidInput, ShopError
from shop.web.forms import ShopForm

bp = Blueprint("accounts", "shop.accounts.views")


def put_refusal(form: ShopForm, error: ShopError, fallback: str) -> HTTPStatus:
    """Show a refusal on the form it came from and return the status of the page."""
    if isinstance(error, InvalidInput):
        form.put_error(error, fallback)
    else:
        form.form_errors.append(str(error.message))
    return error.status
