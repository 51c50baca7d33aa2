"""The public registry of recognised goods, with where they can be bought."""

from dataclasses import dataclass

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from shop.catalogue.queries.claims import offers
from shop.catalogue.queries.registry import slugs_on_sale
from shop.certification.queries.registry import RegistryRow, registry_entry, registry_page
from shop.core.errors import NotFound, Words
from shop.core.vietnamese import nfc
from shop.places.queries import province_names
from shop.web.access import public, signed_in
from shop.web.paging import page_number
from shop.web.templating import render

LONGEST_TEXT = 80


@dataclass(frozen=True)
class RegistryCard:
    """A row of the registry as its card shows it."""

    href: str
    name: str
    holder_name: str
    place_text: str
    set_name: Words | None
    stars: int | None
    validity: str
    validity_text: Words
    product_slug: str | None


def register(bp: Blueprint) -> None:
    """Hang these pages into the room's blueprint."""
    bp.get("/danh-muc-ocop")(registry)
    bp.get("/danh-muc-ocop/<slug>")(entry)
    bp.get("/danh-muc-ocop/<slug>/cua-toi")(claim_row)


@public
def registry() -> Response:
    """Show the published recognition lists, searched and narrowed."""
    text = nfc(request.args.get("q", ""))[:LONGEST_TEXT]
    stars = request.args.get("sao", "")
    province = request.args.get("tinh", "")
    chosen = int(stars) if stars in {"3", "4", "5"} else None
    page = registry_page(text, chosen, province, page=page_number())
    slugs = slugs_on_sale(row.product_id for row in page.rows)
    return render(
        "catalogue/registry.html",
        cards=[_card(row, slugs) for row in page.rows],
        page=page,
        text=text,
        stars=chosen,
        province=province,
        provinces=province_names(),
    )


@public
def entry(slug: str) -> Response:
    """Show one recognised product: what the list says, and whether it can be bought here."""
    row = registry_entry(slug)
    if row is None:
        raise NotFound
    slugs = slugs_on_sale([row.product_id])
    return render("catalogue/registry_entry.html", row=row, card=_card(row, slugs))


@signed_in
def claim_row(slug: str) -> Response:
    """Lead whoever says that a row is hers to the certificate of one of her goods."""
    row = registry_entry(slug)
    if row is None:
        raise NotFound
    found = offers(current_user.id, row.entry)
    own = {each.stall.id for each in found}
    is_taken = row.certificate is not None and row.certificate.stall_id not in own
    return render("catalogue/claim_row.html", row=row, offers=found, is_taken=is_taken)


def _card(row: RegistryRow, slugs: dict[int, str]) -> RegistryCard:
    return RegistryCard(
        href=url_for("catalogue.entry", slug=row.slug),
        name=row.name,
        holder_name=row.holder_name,
        place_text=row.place_text,
        set_name=row.product_set.name if row.product_set else None,
        stars=row.stars,
        validity="valid" if row.has_seal else row.validity.value,
        validity_text=row.validity_text,
        product_slug=slugs.get(row.product_id) if row.product_id else None,
    )
