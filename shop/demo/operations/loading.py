"""Loading the demo floor: all of it in one transaction, or nothing."""

from dataclasses import dataclass
from pathlib import Path

from flask_babel import lazy_gettext
from sqlalchemy import exists, select

from shop import certification
from shop.accounts.models import User
from shop.catalogue.models import Product
from shop.certification.lists.layout import read_sheet
from shop.certification.lists.rows import judge
from shop.certification.models import Certificate
from shop.certification.operations import import_list
from shop.core import clock
from shop.core.audit import AuditEntry
from shop.core.context import SYSTEM
from shop.core.db import db, transaction
from shop.core.errors import ShopError
from shop.demo.content.floor import DemoFloor
from shop.demo.content.records import DemoProduct, DemoStall
from shop.demo.operations import letters, people, promotions
from shop.demo.operations.certificates import add_certificate
from shop.demo.operations.dossiers import add_dossiers
from shop.demo.operations.feedback import add_feedback
from shop.demo.operations.files import Gallery
from shop.demo.operations.goods import Listing, add_goods, listed_days
from shop.demo.operations.journeys import number_of_orders, plan
from shop.demo.operations.orders import live_through
from shop.demo.operations.scene import Scene
from shop.demo.operations.stalls import PlacedStall, add_stall
from shop.search.operations import reindex
from shop.stalls.models import Stall
from shop.web import slots
from shop.web.templating import Shell, is_production

LOADED = "demo.loaded"
SAMPLE = Path(certification.__file__).parent / "data" / "real-products.csv"
MOST_TOLD = 5

Plan = list[tuple[DemoStall, list[DemoProduct]]]


class DemoRefused(ShopError):
    """This floor is not one to put invented goods on."""

    code = "demo_refused"


@dataclass(frozen=True)
class Size:
    """How large a floor is, and the seed that everything on it is drawn from."""

    products: int = 400
    stalls: int = 40
    seed: int = 86


def is_empty() -> bool:
    """Tell whether nobody and nothing is on the floor yet."""
    return not any(db.session.scalar(select(exists(select(t.id)))) for t in (User, Stall, Product))


def is_loaded() -> bool:
    """Tell whether the floor holds demo data, by the record of its loading."""
    return bool(db.session.scalar(select(exists().where(AuditEntry.action == LOADED))))


@slots.fill("shell")
def mark_shell(shell: Shell) -> None:
    """Say on every page that the floor holds demo data."""
    shell.is_demo = is_loaded()


def load_demo(size: Size = Size()) -> dict[str, int]:
    """Fill the floor with invented stalls, goods and orders; return how many rows by table.

    Raises DemoRefused in production, and where demo data is there already.
    """
    _refuse()
    floor = DemoFloor(seed=size.seed, stalls=size.stalls, products=size.products)
    goods = [(stall, list(floor.goods_of(stall))) for stall in floor.each_stall()]
    gallery = Gallery(size.seed)
    gallery.draw(product.picture for _, products in goods for product in products)
    moment = clock.now().replace(minute=0, second=0, microsecond=0)
    scene = Scene(floor, moment, people.make_hashes(), gallery)
    with transaction():
        _refuse()
        _fill(scene, goods)
    reindex()
    return dict(scene.rows.counts)


def _refuse() -> None:
    if is_production():
        raise DemoRefused(lazy_gettext("Demo data is never loaded in production."))
    if is_loaded():
        raise DemoRefused(lazy_gettext("The demo data is here already; nothing was changed."))


def _fill(scene: Scene, goods: Plan) -> None:
    _note_taken(scene)
    people.add_accounts(scene)
    listings: list[Listing] = []
    stalls = [_add(scene, demo, products, listings=listings) for demo, products in goods]
    people.seat_commune(scene, stalls[0].place)
    wanted = number_of_orders(len(listings))
    buyers = people.add_buyers(scene, wanted)
    subject = (Stall.__tablename__, stalls[0].id)
    size = {"stalls": len(stalls), "products": len(listings), "seed": scene.floor.seed}
    scene.rows.deed(LOADED, subject, at=scene.moment, actor=SYSTEM, data=size)
    scene.rows.finish()
    promotions.add_vouchers(scene, [stall.id for stall in stalls if stall.is_active])
    journeys = plan(scene, listings, buyers)
    live_through(scene, journeys)
    scene.rows.counts["orders"] = len(journeys)
    by_id = {buyer.actor.id or 0: buyer for buyer in buyers}
    add_feedback(scene, {listing.id: listing for listing in listings}, by_id)
    add_dossiers(scene, listings)
    for stall in [each for each in stalls if each.is_submitted][:MOST_TOLD]:
        letters.tell_moderator(scene, stall)
    letters.tidy(scene)
    _import_registry(scene)


def _note_taken(scene: Scene) -> None:
    """Leave alone the addresses and codes of what was on the floor before."""
    for kind, column in (
        ("stall", Stall.slug),
        ("product", Product.slug),
        ("code", Certificate.product_code),
    ):
        scene.taken[kind].update(db.session.scalars(select(column)))


def _add(
    scene: Scene, demo: DemoStall, products: list[DemoProduct], *, listings: list[Listing]
) -> PlacedStall:
    """Add a stall with its goods and their certificates."""
    oldest = max((listed_days(product) for product in products), default=0)
    stall = add_stall(
        scene, demo, oldest_days=oldest, shown=products[0].picture if products else None
    )
    for product in products:
        listing = add_goods(scene, stall, product)
        add_certificate(scene, listing)
        listings.append(listing)
    return stall


def _import_registry(scene: Scene) -> None:
    """Bring in the sample of really recognised products, which is no demo data."""
    judged = judge(read_sheet(SAMPLE.read_bytes()))
    scene.rows.counts["recognition_entries"] = import_list(judged.rows).new
