"""The evidence pack of a product, for the manager who puts a dossier together."""

from dataclasses import dataclass

from flask import Response, url_for
from flask_babel import force_locale, gettext

from shop.catalogue.models import Product
from shop.catalogue.queries.stall import product_of
from shop.core import clock
from shop.dossiers.pack import make_pack
from shop.dossiers.queries.evidence import Links, facts_of
from shop.dossiers.stall_views.blueprint import bp
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.web import slots
from shop.web.addresses import public_address


@dataclass(frozen=True)
class PackLink:
    """A way from the product's certificate page, with what waits there."""

    title: str
    text: str
    label: str
    href: str
    icon: str


@bp.get("/hang/<int:product_id>/minh-chung.zip")
@stall_role(Permission.MANAGE_CERTIFICATES)
def evidence_pack(membership: StallMember, product_id: int) -> Response:
    """Hand out what the floor can prove for a dossier, in Vietnamese as offices read it."""
    product = product_of(membership.stall_id, product_id)
    links = Links(
        stall=public_address(url_for("stalls.stall", slug=product.stall.slug)),
        product=public_address(url_for("catalogue.product", slug=product.slug)),
    )
    with force_locale("vi"):
        content = make_pack(facts_of(product, links), clock.now())
    response = Response(content, mimetype="application/zip")
    name = f"minh-chung-{product.slug}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@slots.fill("stall.certificate.links", order=30)
def link_to_pack(product: Product) -> PackLink:
    """Lead from the product's certificates to its evidence pack."""
    return PackLink(
        title=gettext("Evidence pack"),
        text=gettext(
            "One ZIP with an index and tables: where it is sold, sales by month and province, "
            "certificates and papers on file. Buyers appear by their province alone."
        ),
        label=gettext("Download the evidence pack"),
        href=url_for(
            "dossiers_stall.evidence_pack",
            stall_slug=product.stall.slug,
            product_id=product.id,
        ),
        icon="download",
    )
