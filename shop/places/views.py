"""What the address form asks while somebody types."""

from flask import Blueprint, Response, jsonify, request

from shop.places import queries
from shop.web.access import public

bp = Blueprint("places", __name__)
DAY_SECONDS = 24 * 3600


@bp.get("/dia-phuong/goi-y")
@public
def suggest() -> Response:
    """Suggest communes of the province `tinh` for the text `q`, as a list of JSON objects."""
    code, text = request.args.get("tinh", ""), request.args.get("q", "")
    is_code = len(code) == 2 and code.isascii() and code.isdigit()
    found = queries.suggest_communes(code, text) if is_code else []
    response = jsonify([suggestion._asdict() for suggestion in found])
    response.cache_control.public = True
    response.cache_control.max_age = DAY_SECONDS
    response.vary.add("Cookie")  # the language of the label
    return response
