"""The page of a product code: the certificate behind the star, or that there is none."""

from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.catalogue.certificate_views import api, reporting
from shop.catalogue.queries.registry import slugs_on_sale
from shop.certification import product_code
from shop.certification.product_sets import product_set
from shop.certification.queries import CertificateRecord, certificate_by_code
from shop.certification.queries.reports import codes_alike, place_of
from shop.certification.standing import standing
from shop.core import qr
from shop.core.errors import NotFound, WrongState
from shop.web.access import public
from shop.web.addresses import public_address
from shop.web.conditional import asked_each_time
from shop.web.templating import render

DAY_SECONDS = 24 * 3600


def register(bp: Blueprint) -> None:
    """Hang these pages into the room's blueprint."""
    bp.get("/chung-nhan")(check_code)
    bp.get("/chung-nhan/<code>")(certificate)
    bp.get("/chung-nhan/<code>/qr.svg")(certificate_qr)
    bp.get("/chung-nhan/<code>/the-ke")(shelf_card)
    reporting.register(bp)
    api.register(bp)


@public
def check_code() -> BaseResponse:
    """Ask for a code, and go to its page."""
    typed = request.args.get("ma", "")
    code = product_code.canonical(typed)
    if any(sign.isalnum() for sign in code):
        return redirect(url_for("catalogue.certificate", code=code), 303)
    return render("catalogue/check_code.html", typed=typed[: product_code.LONGEST])


@public
def certificate(code: str) -> BaseResponse:
    """Show a certificate by its product code, with its whole public history."""
    written = product_code.canonical(code)
    if written != code and written:
        return redirect(url_for("catalogue.certificate", code=written), 301)
    record = certificate_by_code(code)
    if record is None:
        return _unknown(code)
    product_id = record.certificate.product_id
    page = render(
        "catalogue/certificate.html",
        record=record,
        certificate=record.certificate,
        standing=standing(record.certificate),
        product_set=product_set(record.certificate.product_set),
        product_slug=slugs_on_sale([product_id]).get(product_id),
    )
    return asked_each_time(page)


def _unknown(code: str) -> Response:
    """Say in words that no certificate of this code was ever verified here, as a 404."""
    response = render(
        "catalogue/code_unknown.html",
        status=404,
        code=code,
        place=place_of(code),
        alike=codes_alike(code),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@public
def certificate_qr(code: str) -> Response:
    """Give the QR code that leads to the page, for labels; it says nothing of the star itself."""
    record = _known(code)
    response = make_response(qr.drawing(page_address(record.certificate.product_code)))
    response.mimetype = "image/svg+xml"
    response.headers["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    return response


@public
def shelf_card(code: str) -> Response:
    """Show a card to print and stand beside the goods, while the certificate is in force."""
    record = _known(code)
    if not record.certificate.is_live:
        raise WrongState(
            lazy_gettext("This certificate is not in force, so there is no card to print for it.")
        )
    response = render(
        "catalogue/shelf_card.html",
        certificate=record.certificate,
        address=page_address(record.certificate.product_code),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def page_address(code: str) -> str:
    """Return the whole address that a QR code leads to, the same whatever host was asked."""
    return public_address(url_for("catalogue.certificate", code=code))


def _known(code: str) -> CertificateRecord:
    record = certificate_by_code(code)
    if record is None:
        raise NotFound
    return record
