"""Tables of goods: products, packs, pictures, stock, and what packs cost and have cost."""

from shop.catalogue.models.goods import (
    HoldStatus,
    MovementKind,
    Product,
    ProductPicture,
    ProductStatus,
    Sku,
    StagedStatus,
    StockHold,
    StockMovement,
    Unit,
)
from shop.catalogue.models.prices import PriceChange, PriceTier

__all__ = (
    "HoldStatus",
    "MovementKind",
    "PriceChange",
    "PriceTier",
    "Product",
    "ProductPicture",
    "ProductStatus",
    "Sku",
    "StagedStatus",
    "StockHold",
    "StockMovement",
    "Unit",
)
