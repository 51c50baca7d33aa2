"""Writing a listing: create, edit, hand in, hide and show again."""

from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from shop.catalogue import publishing, staging
from shop.catalogue.models import Product, ProductStatus
from shop.catalogue.slugs import candidates
from shop.catalogue.staging import Words
from shop.certification.operations import withhold_certificate
from shop.certification.queries import certificate_for, is_waiting
from shop.core import audit, clock, outbox
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, NotFound, ShopError, WrongState
from shop.core.vietnamese import fold
from shop.stalls.models import Stall, StallStatus
from shop.stalls.operations import lock_stall

CHANGED = "search.product_changed"


class StallNotActive(ShopError):
    """The stall may prepare its goods, and show them once it is open."""

    code = "stall_not_active"
    message = lazy_gettext("Goods can be handed in once the stall is open.")


class NotReady(ShopError):
    """The listing lacks something that buyers or the law want; `missing` says what."""

    code = "not_ready"
    message = lazy_gettext("Something is still missing before this can be handed in.")

    def __init__(self, missing: list[publishing.Missing]) -> None:
        """Keep what is missing."""
        super().__init__()
        self.missing = missing


def create_product(stall: Stall, words: Words) -> Product:
    """Begin a listing as a draft of the stall, in the place where the stall is."""
    with transaction():
        product = Product(
            stall_id=stall.id,
            search_key=fold(words.name)[:250],
            province_code=stall.province_code,
            commune_code=stall.commune_code,
            is_demo=stall.is_demo,
            created_at=clock.now(),
            **asdict(words),
        )
        _give_address(product)
        audit.record("product.created", product, {"name": product.name})
    return product


def _give_address(product: Product) -> None:
    """Write the new listing under the first address that nobody has."""
    for slug in candidates(product.name):
        if db.session.scalar(select(Product.id).where(Product.slug == slug)):
            continue
        product.slug = slug
        try:
            with db.session.begin_nested():
                db.session.add(product)
            return
        except IntegrityError:
            continue
    raise WrongState


def edit_product(stall_id: int, product_id: int, words: Words) -> Product:
    """Write new words; those of a listing that buyers see wait for a moderator.

    Raises InvalidInput when such a change would take away what the law wants to be told, or put
    other goods under a certificate without a moderator's look.
    """
    with transaction():
        lock_stall(stall_id)
        product = locked(stall_id, product_id)
        before = staging.words_of(product)
        if staging.is_reviewed(product):
            _refuse_gaps(words)
            staging.stage_words(product, words)
            product.season_months = words.season_months
        else:
            _refuse_other_goods(product, words)
            _part_from_certificate(product, words)
            _write(product, asdict(words))
        if changes := _differences(before, words):
            audit.record("product.edited", product, changes)
    return product


def _refuse_gaps(words: Words) -> None:
    for gap in publishing.missing_words(words):
        raise InvalidInput(gap.label, gap.value)


def _refuse_other_goods(product: Product, words: Words) -> None:
    """Raise InvalidInput when a certificate speaks of the name or the set that is to change."""
    changed = sorted(staging.CERTIFIED & staging.changed_words(product, words).keys())
    if changed and (is_waiting(product.id) or certificate_for(product.id)):
        raise InvalidInput(
            lazy_gettext(
                "A certificate is bound to this name and this product set. For other goods, "
                "please begin another product."
            ),
            changed[0],
        )


def _part_from_certificate(product: Product, words: Words) -> None:
    """Let no grace bring the stars of an expired certificate back to goods of another name."""
    if staging.CERTIFIED & staging.changed_words(product, words).keys():
        withhold_certificate(product.id, words=f"{product.name} → {words.name}")


def _write(product: Product, words: dict[str, Any]) -> None:
    for name, value in words.items():
        setattr(product, name, value)
    product.search_key = fold(product.name)[:250]
    product.version += 1


def _differences(before: Words, after: Words) -> dict[str, Any]:
    old, new = asdict(before), asdict(after)
    return {
        name: {"before": old[name], "after": new[name]} for name in old if old[name] != new[name]
    }


def discard_change(stall_id: int, product_id: int) -> None:
    """Take back a change that no moderator has accepted; buyers notice nothing."""
    with transaction():
        product = locked(stall_id, product_id)
        if product.staged_status is None:
            raise WrongState
        staging.forget(product)
        product.version += 1
        audit.record("product.change_discarded", product)


def submit_product(stall_id: int, product_id: int) -> None:
    """Hand a draft in for review; raise NotReady when something is missing, WrongState if done."""
    with transaction():
        product = locked(stall_id, product_id)
        if product.status not in {ProductStatus.DRAFT, ProductStatus.RETURNED}:
            raise WrongState
        if product.stall.status != StallStatus.ACTIVE:
            raise StallNotActive
        if lacks := publishing.missing(product, product.skus, product.pictures):
            raise NotReady(lacks)
        _move(product, ProductStatus.SUBMITTED, "product.submitted")
        product.status_reason = ""
        product.submitted_at = clock.now()


def withdraw_product(stall_id: int, product_id: int) -> None:
    """Take a listing back from the queue, to go on writing it."""
    with transaction():
        product = locked(stall_id, product_id)
        if product.status != ProductStatus.SUBMITTED:
            raise WrongState
        _move(product, ProductStatus.DRAFT, "product.withdrawn")


def hide_product(stall_id: int, product_id: int) -> None:
    """Take a listing off the floor; orders that were placed stay as they are."""
    _toggle(stall_id, product_id, ProductStatus.PUBLISHED)


def show_product(stall_id: int, product_id: int) -> None:
    """Put a hidden listing back on the floor, as a moderator last saw it."""
    _toggle(stall_id, product_id, ProductStatus.HIDDEN)


def _toggle(stall_id: int, product_id: int, expected: ProductStatus) -> None:
    hides = expected == ProductStatus.PUBLISHED
    with transaction():
        product = locked(stall_id, product_id)
        if product.status != expected:
            raise WrongState
        wanted = ProductStatus.HIDDEN if hides else ProductStatus.PUBLISHED
        _move(product, wanted, "product.hidden" if hides else "product.shown")
        outbox.send(CHANGED, {"product_id": product.id})


def _move(product: Product, wanted: ProductStatus, action: str) -> None:
    audit.record(action, product, {"before": product.status, "after": wanted})
    product.status = wanted
    product.version += 1


def locked(stall_id: int, product_id: int) -> Product:
    """Return a listing of the stall, locked and as it is now; raise NotFound for another's."""
    product = db.session.scalar(
        select(Product)
        .where(Product.id == product_id, Product.stall_id == stall_id)
        .options(
            selectinload(Product.skus), selectinload(Product.pictures), joinedload(Product.stall)
        )
        .with_for_update(key_share=True, of=Product)
        .execution_options(populate_existing=True)
    )
    if product is None:
        raise NotFound
    return product
