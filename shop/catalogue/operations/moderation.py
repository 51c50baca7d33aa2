"""A moderator's decisions on listings and on changes of them: each once, never of one's own.

A decision names the version that was read: when the stall has written since, it is refused and
the moderator looks again.
"""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from shop.accounts.models import User
from shop.accounts.queries import in_scope
from shop.catalogue import publishing, staging
from shop.catalogue.models import Product, ProductStatus, StagedStatus
from shop.catalogue.operations.pictures import write_row
from shop.catalogue.operations.products import CHANGED, NotReady, StallNotActive
from shop.catalogue.staging import Shot
from shop.certification.operations import note_coverage, withhold_certificate
from shop.certification.queries import is_waiting
from shop.core import audit, clock, outbox
from shop.core.db import change, db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.core.vietnamese import fold
from shop.stalls.models import StallStatus
from shop.stalls.operations import lock_stall, tell_members
from shop.stalls.queries import is_member


class Case(NamedTuple):
    """What a decision is about: the listing, and the version of it that the moderator read."""

    product_id: int
    version: int


def accept(moderator: User, case: Case, *, is_covered: bool = False) -> None:
    """Publish a listing, or let a change of one come true.

    A new name or set of certified goods keeps their stars only when the moderator says that the
    certificate covers it (`is_covered`); else the stars are withheld until somebody does.
    Raises WrongState when it is decided or was changed meanwhile, StallNotActive and NotReady
    when it cannot be shown, Forbidden for goods of the moderator's own stall.
    """
    with transaction():
        product = _waiting(moderator, case)
        lock_stall(product.stall_id)
        if product.staged_status == StagedStatus.SUBMITTED:
            _judge_certificate(product, is_covered=is_covered)
            _accept_change(product, case)
        else:
            _publish(product, case)
        outbox.send(CHANGED, {"product_id": product.id})


def give_back(moderator: User, case: Case, reason: str) -> None:
    """Return a listing, or a change of one, to its stall with a reason that helps."""
    if not reason.strip():
        raise InvalidInput(lazy_gettext("Write what is to be changed."), "reason")
    with transaction():
        product = _waiting(moderator, case)
        if product.staged_status == StagedStatus.SUBMITTED:
            values = {"staged_status": StagedStatus.RETURNED, "staged_reason": reason}
            _decide(case, _is_staged(), values)
            _tell(product, "change_returned", reason=reason)
        else:
            values = {"status": ProductStatus.RETURNED, "status_reason": reason}
            _decide(case, _is_submitted(), values)
            _tell(product, "returned", reason=reason)


def _publish(product: Product, case: Case) -> None:
    if product.stall.status != StallStatus.ACTIVE:
        raise StallNotActive(lazy_gettext("The stall is not open, so nothing of it can be shown."))
    if lacks := publishing.missing(product, product.skus, product.pictures):
        raise NotReady(lacks)
    values = {
        "status": ProductStatus.PUBLISHED,
        "status_reason": "",
        "published_at": product.published_at or clock.now(),
    }
    _decide(case, _is_submitted(), values)
    _tell(product, "published")


def _judge_certificate(product: Product, *, is_covered: bool) -> None:
    """Keep or withhold the stars of goods whose certified name or set is about to change."""
    staged = product.staged or {}
    changed = sorted(staging.CERTIFIED & staged.keys())
    if not changed:
        return
    if is_waiting(product.id):
        raise WrongState(
            lazy_gettext(
                "A certificate of these goods is being verified under the old name and set. "
                "Please decide on it first."
            )
        )
    said = " · ".join(f"{getattr(product, name)} → {staged[name]}" for name in changed)
    if is_covered:
        note_coverage(product.id, {"words": said})
    else:
        withhold_certificate(product.id, words=said)


def _accept_change(product: Product, case: Case) -> None:
    staged = dict(product.staged or {})
    changes = {
        name: {"before": getattr(product, name), "after": staged[name]}
        for name in staging.WORDS
        if name in staged
    }
    shots = staged.pop("pictures", None)
    if "name" in staged:
        staged["search_key"] = fold(staged["name"])[:250]
    _decide(
        case,
        _is_staged(),
        {**staged, "staged": None, "staged_status": None, "staged_reason": ""},
    )
    if shots is not None:
        changes["pictures"] = {
            "before": [picture.file_id for picture in product.pictures],
            "after": [shot["file_id"] for shot in shots],
        }
        write_row(product, [Shot(**shot) for shot in shots])
    _tell(product, "change_accepted", changes=changes)


def _waiting(moderator: User, case: Case) -> Product:
    """Return the listing as it is now, if this moderator may decide on it."""
    product: Product | None = db.session.scalar(
        select(Product)
        .where(
            Product.id == case.product_id,
            in_scope(moderator, Product.province_code, Product.commune_code),
        )
        .options(
            selectinload(Product.skus), selectinload(Product.pictures), joinedload(Product.stall)
        )
        .execution_options(populate_existing=True)
    )
    if product is None:
        raise NotFound
    if is_member(moderator.id, product.stall_id):
        raise Forbidden(
            lazy_gettext("These are goods of your own stall. Another moderator decides.")
        )
    return product


def _is_submitted() -> Any:
    return Product.status == ProductStatus.SUBMITTED


def _is_staged() -> Any:
    return Product.staged_status == StagedStatus.SUBMITTED


def _decide(case: Case, waits: Any, values: dict[str, Any]) -> None:
    """Write the decision if it is still to be made on the version that was read."""
    decided = change(
        update(Product)
        .where(Product.id == case.product_id, Product.version == case.version, waits)
        .values(**values, version=Product.version + 1)
    )
    if not decided:
        raise WrongState


def _tell(
    product: Product, outcome: str, *, reason: str = "", changes: dict[str, Any] | None = None
) -> None:
    audit.record(f"product.{outcome}", product, changes or {"reason": reason})
    tell_members(
        product.stall_id,
        f"catalogue/{outcome}",
        key=f"product-{outcome}:{product.id}:{product.version}",
        url=f"/quan-ly/{product.stall.slug}/hang/{product.id}",
        data={"product_name": product.name, "reason": reason},
    )
