"""The certificate of a product: what was handed in, what became of it, a form for the next."""

from flask import Response, flash, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.catalogue.models import Product
from shop.catalogue.queries import stall as goods_of
from shop.catalogue.stall_views.pages import back_to, bp, product_page
from shop.certification.forms import CertificateForm
from shop.certification.models import CertificateStatus
from shop.certification.operations import submit_certificate
from shop.certification.queries import RegistryRow, claimable_entries, claims
from shop.core.errors import InvalidInput
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.web import slots
from shop.web.sanity import LARGEST


@bp.get("/hang/<int:product_id>/chung-nhan")
@stall_role(Permission.MANAGE_CERTIFICATES)
def certificate(membership: StallMember, product_id: int) -> Response:
    """Show the certificates of a product and the form for a new one."""
    product = goods_of.product_of(membership.stall_id, product_id)
    chosen = request.args.get("dong", type=int)
    rows = claimable_entries(product.stall, product.name, chosen if _is_id(chosen) else None)
    return _page(membership, product, _first_form(product_id, rows), rows=rows)


def _is_id(number: int | None) -> bool:
    return number is not None and 0 < number <= LARGEST


def _first_form(product_id: int, rows: list[RegistryRow]) -> CertificateForm:
    """Begin with the row of a list that was chosen, else with what a moderator gave back."""
    chosen = request.args.get("dong", "")
    for row in rows:
        if str(row.entry.id) == chosen:
            return CertificateForm.of_entry(row.entry)
    last = next(iter(claims(product_id)), None)
    if last is not None and last.status == CertificateStatus.RETURNED:
        return CertificateForm.of_returned(last)
    return CertificateForm(None)


def _page(
    membership: StallMember,
    product: Product,
    form: CertificateForm,
    *,
    rows: list[RegistryRow],
    status: int = 200,
) -> Response:
    handed_in = claims(product.id)
    return product_page(
        "certificate",
        membership,
        product,
        status=status,
        form=form,
        claims=handed_in,
        is_waiting=any(each.status == CertificateStatus.SUBMITTED for each in handed_in),
        rows=rows,
        links=slots.collect("stall.certificate.links", product),
        chosen=next((row for row in rows if str(row.entry.id) == str(form.entry_id.data)), None),
    )


@bp.post("/hang/<int:product_id>/chung-nhan")
@stall_role(Permission.MANAGE_CERTIFICATES)
def claim(membership: StallMember, product_id: int) -> BaseResponse:
    """Hand in a certificate for verification."""
    stall_id = membership.stall_id
    product = goods_of.product_of(stall_id, product_id)
    form = CertificateForm()
    if form.validate():
        try:
            submit_certificate(membership, product, form.claim())
            flash(gettext("Handed in. The seal appears once a moderator has verified it."), "ok")
            return back_to("certificate", product_id=product_id)
        except InvalidInput as error:
            form.put_error(_visible(error), "product_code")
    product = goods_of.product_of(stall_id, product_id)
    rows = claimable_entries(product.stall, product.name)
    return _page(membership, product, form, rows=rows, status=422)


def _visible(error: InvalidInput) -> InvalidInput:
    """Move an error of the hidden row to a field that people see."""
    field = None if error.field == "entry_id" else error.field
    return InvalidInput(error.message, field)
