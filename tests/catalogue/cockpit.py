"""What the tests of a stall's goods share: people signed in, forms filled, pictures made."""

import io
from pathlib import Path
from typing import Any

from PIL import Image

from shop.catalogue.models import Product
from shop.catalogue.queries.stall import product_of
from shop.core import audit
from shop.core.db import db
from shop.stalls.models import MemberKind, Stall
from tests.accounts.factories import ModeratorFactory, ScopeFactory, UserFactory, sign_in
from tests.client import ShopClient
from tests.stalls.factories import MemberFactory, manager_of

HEIC = Path(__file__).parent / "phone.heic"  # 96 × 64 pixels, to be turned, with a place in it

WORDS: dict[str, Any] = {
    "name": "Mật ong bạc hà Mèo Vạc",
    "product_set": "4",
    "summary": "Mật đặc, thơm mùi hoa.",
    "description": "Ong lấy mật trên đá.",
    "ingredients": "100 % mật ong",
    "storage": "Nơi khô mát",
    "shelf_life": "24 tháng",
    "season_months": ["10", "11"],
}
PACK: dict[str, Any] = {
    "label": "Chai 1 lít",
    "quantity": "1,5",
    "unit": "kg",
    "weight_g": "1700",
    "price_vnd": "450.000",
    "code": "MO-15",
    "is_active": "y",
    "opening_stock": "12",
}


def as_manager(client: ShopClient, stall: Stall) -> ShopClient:
    """Sign in the person who runs a stall."""
    return sign_in(client, manager_of(stall))


def as_helper(client: ShopClient, stall: Stall) -> ShopClient:
    """Sign in a person with the other kind of account."""
    return sign_in(client, MemberFactory(stall=stall, kind=MemberKind.OPERATOR).user)


def as_moderator(client: ShopClient, **scope: Any) -> ShopClient:
    """Sign in a moderator of a province, a commune or the floor."""
    person = ModeratorFactory()
    ScopeFactory(user=person, **scope)
    return sign_in(client, person)


def as_stranger(client: ShopClient) -> ShopClient:
    """Sign in a buyer."""
    return sign_in(client, UserFactory())


def open_goods(client: ShopClient, product: Product, who: Any = as_manager) -> str:
    """Sign somebody of the stall in, and return the address of the product in the cockpit."""
    at = f"/quan-ly/{product.stall.slug}/hang/{product.id}"
    who(client, product.stall)
    return at


def again(product: Product) -> Product:
    """Return the product as it is in the database now, with packs, pictures and stall."""
    db.session.expire_all()
    return product_of(product.stall_id, product.id)


def actions(subject: Any) -> list[str]:
    """Return what the audit knows of a row, oldest first."""
    return [entry.action for entry in audit.history(subject)]


def photo(kind: str = "JPEG", size: tuple[int, int] = (120, 80), **more: Any) -> bytes:
    """Return the bytes of a picture: left half dark, right half bright."""
    picture = Image.new("RGB", size, "white")
    picture.paste("darkgreen", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def upload(*files: tuple[bytes, str]) -> dict[str, Any]:
    """Return the form fields of pictures handed in together."""
    return {"pictures": [(io.BytesIO(data), name) for data, name in files]}
