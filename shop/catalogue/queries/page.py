"""A product as its page shows it: the chosen pack, stock in words, the certificate of today."""

from dataclasses import dataclass

from flask_babel import gettext, ngettext

from shop.catalogue.models import Product, Sku
from shop.catalogue.queries.cards import unit_price_text
from shop.catalogue.queries.prices import former_prices, tiers_of
from shop.catalogue.tiers import Tier
from shop.certification.models import Certificate
from shop.certification.product_sets import ProductSet, product_set
from shop.certification.queries import certificate_for
from shop.core import clock
from shop.web.pictures import ShownPicture, shown

FEW = 20


@dataclass(frozen=True)
class ProductPage:
    """What the template needs besides the product itself."""

    skus: list[Sku]
    chosen: Sku | None
    unit_price: str
    former_vnd: int | None
    tiers: dict[int, tuple[Tier, ...]]
    stock_text: str
    pictures: list[ShownPicture]
    certificate: Certificate | None
    product_set: ProductSet
    months: list[int]
    month: int
    rating_average: float | None

    @classmethod
    def of(cls, product: Product, sku_code: str) -> "ProductPage":
        """Prepare the page; an unknown pack in the address means the first that is in stock."""
        skus = [sku for sku in product.skus if sku.is_active]
        chosen = _choose(skus, sku_code)
        return cls(
            skus=skus,
            chosen=chosen,
            unit_price=unit_price_text(chosen) if chosen else "",
            former_vnd=former_prices([chosen.id]).get(chosen.id) if chosen else None,
            tiers=tiers_of(sku.id for sku in skus),
            stock_text=stock_text(chosen),
            pictures=[shown(each.file, each.alt, width=1280) for each in product.pictures],
            certificate=certificate_for(product.id),
            product_set=product_set(product.product_set),
            months=[int(month) for month in product.season_months.split(",") if month],
            month=clock.today().month,
            rating_average=(
                product.rating_sum / product.rating_count if product.rating_count else None
            ),
        )


def _choose(skus: list[Sku], code: str) -> Sku | None:
    by_code = {sku.code: sku for sku in skus}
    in_stock = (sku for sku in skus if sku.available > 0)
    return by_code.get(code) or next(in_stock, None) or next(iter(skus), None)


def stock_text(sku: Sku | None) -> str:
    """Return the stock in words: sold out, the few that are left, or simply in stock."""
    if sku is None or sku.available <= 0:
        return str(gettext("Sold out for now"))
    if sku.available <= FEW:
        return str(ngettext("%(num)d left", "%(num)d left", sku.available))
    return str(gettext("In stock"))
