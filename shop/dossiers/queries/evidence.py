"""What the floor knows of a product that may serve its dossier, and nothing of its buyers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext
from sqlalchemy import func, select

from shop.catalogue.models import Product
from shop.certification.models import Certificate
from shop.certification.queries import claims
from shop.certification.scores import score_text
from shop.core import clock
from shop.core.db import db
from shop.core.errors import NotFound
from shop.core.sheets import Cell
from shop.criteria.queries import current_version, sheet_of
from shop.dossiers.evidence import Facts, Row, Sale
from shop.orders.models import Order, OrderLine, StallOrder
from shop.orders.transitions import DELIVERED_STATES
from shop.stalls.models import DocumentKind, Stall, StallDocument
from shop.stalls.queries import documents, stall_by_id


@dataclass(frozen=True)
class Links:
    """Under which addresses the stall and the product are found."""

    stall: str
    product: str


def facts_of(product: Product, links: Links) -> Facts:
    """Return all that goes into the product's evidence pack."""
    stall = stall_by_id(product.stall_id)
    if stall is None:
        raise NotFound
    return Facts(
        product_name=product.name,
        stall_name=stall.name,
        about=_about(stall, product, links),
        sales=sales_of(product.id),
        certificates=[_certificate(each) for each in claims(product.id)],
        papers=[_paper(each) for each in documents(stall.id) if _is_of_the_stall(each)],
        sheet=sheet_of(current_version().id, product.product_set),
        is_demo=stall.is_demo or product.is_demo,
    )


def sales_of(product_id: int) -> list[Sale]:
    """Return the delivered lines of a product: day, province, packs and amount of each."""
    rows = db.session.execute(
        select(
            StallOrder.order_id,
            func.coalesce(StallOrder.delivered_at, StallOrder.changed_at),
            Order.address["province"].as_string(),
            OrderLine.quantity,
            OrderLine.total_vnd,
        )
        .join(StallOrder, StallOrder.id == OrderLine.stall_order_id)
        .join(Order, Order.id == StallOrder.order_id)
        .where(OrderLine.product_id == product_id, StallOrder.status.in_(DELIVERED_STATES))
        .order_by(OrderLine.id)
    )
    return [
        Sale(order_id, clock.local(moment).date(), province, packs=packs, total_vnd=total_vnd)
        for order_id, moment, province, packs, total_vnd in rows
    ]


def _about(stall: Stall, product: Product, links: Links) -> list[Row]:
    place = [stall.street]
    if stall.commune_code:
        place += [stall.commune.full_name, stall.province.full_name]
    return [
        (gettext("Stall"), stall.name),
        (gettext("Legal name"), stall.legal_name),
        (gettext("Tax code"), stall.tax_code),
        (gettext("Address"), ", ".join(part for part in place if part)),
        (gettext("Stall on the floor"), links.stall),
        (gettext("On the floor since"), _day(stall.decided_at)),
        (gettext("Product"), product.name),
        (gettext("Product on the floor"), links.product),
        (gettext("State of the listing"), str(product.status.label)),
        (gettext("On sale since"), _day(product.published_at)),
    ]


def _day(moment: datetime | None) -> Cell:
    return clock.local(moment).date() if moment else None


def _certificate(certificate: Certificate) -> Row:
    state = gettext("Expired") if certificate.is_expired else str(certificate.status.label)
    return (
        certificate.product_code,
        certificate.stars,
        score_text(certificate.score_hundredths),
        certificate.decision_number,
        certificate.decided_on,
        certificate.issuer,
        certificate.expires_on,
        state,
    )


def _is_of_the_stall(paper: StallDocument) -> bool:
    return paper.kind is not DocumentKind.REPRESENTATIVE_ID


def _paper(paper: StallDocument) -> Sequence[Cell]:
    return (
        str(paper.kind.label),
        paper.number,
        paper.issuer,
        paper.issued_on,
        paper.expires_on,
        _paper_state(paper),
    )


def _paper_state(paper: StallDocument) -> str:
    if paper.expires_on is None:
        return str(gettext("no end given"))
    return str(gettext("Expired") if paper.expires_on < clock.today() else gettext("In force"))
