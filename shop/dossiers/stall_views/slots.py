"""The ways to self-assessments and dossiers: from the cockpit's links, from a certificate."""

from flask import url_for
from flask_babel import gettext

from shop.catalogue.models import Product
from shop.dossiers.stall_views.evidence import PackLink
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission, may
from shop.web import slots


@slots.fill("cockpit.more", order=10)
def assessments_link(membership: StallMember) -> tuple[str, str] | None:
    """Lead to the self-assessments."""
    if not may(membership, Permission.MANAGE_CERTIFICATES):
        return None
    url = url_for("dossiers_stall.assessments", stall_slug=membership.stall.slug)
    return gettext("Self-assessment for OCOP"), url


@slots.fill("cockpit.more", order=11)
def dossiers_link(membership: StallMember) -> tuple[str, str] | None:
    """Lead to the dossiers."""
    if not may(membership, Permission.MANAGE_CERTIFICATES):
        return None
    url = url_for("dossiers_stall.dossiers", stall_slug=membership.stall.slug)
    return gettext("OCOP dossiers"), url


@slots.fill("stall.certificate.links", order=20)
def link_to_assessment(product: Product) -> PackLink:
    """Lead from the product's certificates to its self-assessment."""
    return PackLink(
        title=gettext("Self-assessment for OCOP"),
        text=gettext("See how many points and stars it would earn today, and what is missing."),
        label=gettext("Assess this product yourself"),
        href=url_for(
            "dossiers_stall.assessments", stall_slug=product.stall.slug, san_pham=product.id
        ),
        icon="list-checks",
    )
