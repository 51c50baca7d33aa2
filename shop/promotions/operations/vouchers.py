"""Giving a voucher out, and the few changes that it bears once it lives."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import delete, select

from shop.core import audit, clock
from shop.core.context import current_actor
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.core.settings import discount_limit_bp
from shop.promotions.models import Voucher, VoucherStall
from shop.promotions.standing import CODE, Standing, standing

MOST_USES = 1_000_000
LEAST_WORDS = 5


@dataclass(frozen=True)
class Terms:
    """What a voucher grants: an amount or a percentage, when, to whom, at whose cost."""

    code: str
    name: str
    starts_on: date
    ends_on: date
    quota: int
    per_buyer: int = 1
    amount_vnd: int | None = None
    percent_bp: int | None = None
    cap_vnd: int | None = None
    minimum_vnd: int = 0
    product_sets: Sequence[int] = ()
    floor_share_bp: int = 0


def create_voucher(stall_id: int | None, terms: Terms, *, is_demo: bool = False) -> Voucher:
    """Give a voucher out, of a stall or, for None, of the floor; raise InvalidInput."""
    with transaction():
        _check(terms)
        if terms.starts_on < clock.today():
            raise InvalidInput(lazy_gettext("It cannot begin in the past."), "starts_on")
        _refuse_taken(terms.code)
        voucher = Voucher(
            stall_id=stall_id,
            is_demo=is_demo,
            created_by_id=current_actor().id,
            created_at=clock.now(),
            **_values(terms),
        )
        db.session.add(voucher)
        db.session.flush()
        audit.record("voucher.created", voucher, _plain(_values(terms)))
    return voucher


def change_voucher(stall_id: int | None, voucher_id: int, terms: Terms) -> Voucher:
    """Write a voucher anew that has not begun; raise WrongState for one that has."""
    with transaction():
        voucher = _locked(stall_id, voucher_id)
        _demand(voucher, Standing.COMING)
        _check(terms)
        if terms.starts_on < clock.today():
            raise InvalidInput(lazy_gettext("It cannot begin in the past."), "starts_on")
        _refuse_taken(terms.code, besides=voucher_id)
        if terms.floor_share_bp != voucher.floor_share_bp or voucher.needs_joining:
            _ask_again(voucher, terms)
        _write(voucher, "voucher.edited", _values(terms))
    return voucher


def _ask_again(voucher: Voucher, terms: Terms) -> None:
    """Let stalls agree anew to what they would bear, unless nothing of it has changed."""
    if any(getattr(voucher, name) != value for name, value in _values(terms).items()):
        change(delete(VoucherStall).where(VoucherStall.voucher_id == voucher.id))


def extend_voucher(stall_id: int | None, voucher_id: int, *, ends_on: date, quota: int) -> None:
    """Let a voucher live longer or be used more often, never less; raise InvalidInput."""
    with transaction():
        voucher = _locked(stall_id, voucher_id)
        _demand(voucher, Standing.LIVE, Standing.USED_UP)
        if ends_on < voucher.ends_on:
            raise InvalidInput(
                lazy_gettext("A valid voucher cannot end earlier this way."), "ends_on"
            )
        if not voucher.quota <= quota <= MOST_USES:
            raise InvalidInput(lazy_gettext("The number of uses can only be raised."), "quota")
        _write(voucher, "voucher.extended", {"ends_on": ends_on, "quota": quota})


def end_voucher(stall_id: int | None, voucher_id: int, *, ends_on: date, words: str) -> None:
    """Let a voucher end early, at the earliest after today, with words that buyers read.

    Raises InvalidInput when the day or the words do not do.
    """
    with transaction():
        voucher = _locked(stall_id, voucher_id)
        _demand(voucher, Standing.LIVE, Standing.USED_UP)
        if not clock.today() <= ends_on < voucher.ends_on:
            raise InvalidInput(
                lazy_gettext("Choose today or a later day before the present end."), "end_on"
            )
        if len(words.strip()) < LEAST_WORDS:
            raise InvalidInput(lazy_gettext("Please tell buyers why."), "words")
        _write(voucher, "voucher.ended", {"ends_on": ends_on, "end_words": words.strip()})


def withdraw_voucher(stall_id: int | None, voucher_id: int) -> None:
    """Take a voucher back that has not begun; nobody can have used it."""
    with transaction():
        voucher = _locked(stall_id, voucher_id)
        _demand(voucher, Standing.COMING)
        audit.record("voucher.withdrawn", voucher, {"code": voucher.code})
        db.session.flush()
        change(delete(Voucher).where(Voucher.id == voucher_id))


def join_voucher(stall_id: int, voucher_id: int) -> None:
    """Let a stall bear its part of a voucher of the floor, on its own goods."""
    with transaction():
        voucher = _locked(None, voucher_id)
        if not voucher.needs_joining or standing(voucher, clock.today()) == Standing.ENDED:
            raise WrongState
        if db.session.get(VoucherStall, (voucher_id, stall_id)) is None:
            joined = {"joined_by_id": current_actor().id, "joined_at": clock.now()}
            db.session.add(VoucherStall(voucher_id=voucher_id, stall_id=stall_id, **joined))
            audit.record("voucher.joined", voucher, {"stall_id": stall_id})


def leave_voucher(stall_id: int, voucher_id: int) -> None:
    """Let a stall take its word back while the voucher has not begun."""
    with transaction():
        voucher = _locked(None, voucher_id)
        _demand(voucher, Standing.COMING)
        mine = (VoucherStall.voucher_id == voucher_id, VoucherStall.stall_id == stall_id)
        if change(delete(VoucherStall).where(*mine)):
            audit.record("voucher.left", voucher, {"stall_id": stall_id})


def _locked(stall_id: int | None, voucher_id: int) -> Voucher:
    own = Voucher.stall_id.is_(None) if stall_id is None else Voucher.stall_id == stall_id
    found = db.session.scalar(
        select(Voucher)
        .where(Voucher.id == voucher_id, own)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def _demand(voucher: Voucher, *wanted: Standing) -> None:
    if standing(voucher, clock.today()) not in wanted:
        raise WrongState


def _check(terms: Terms) -> None:
    if not CODE.fullmatch(terms.code):
        raise InvalidInput(lazy_gettext("Use 4 to 20 letters without accents and digits."), "code")
    if terms.starts_on > terms.ends_on:
        raise InvalidInput(lazy_gettext("The last day lies before the first."), "ends_on")
    if (terms.amount_vnd is None) == (terms.percent_bp is None):
        raise InvalidInput(lazy_gettext("Give an amount or a percentage, one of them."), "amount")
    limit = discount_limit_bp()
    if (terms.percent_bp or 0) > limit:
        raise InvalidInput(
            lazy_gettext("At most %(limit)s %% may be taken off.", limit=limit // 100), "percent"
        )
    if terms.per_buyer > terms.quota:
        raise InvalidInput(lazy_gettext("A buyer cannot use it more often than all."), "per_buyer")


def _refuse_taken(code: str, *, besides: int | None = None) -> None:
    if db.session.scalar(select(Voucher.id).where(Voucher.code == code)) not in {None, besides}:
        raise InvalidInput(lazy_gettext("Another voucher has this code."), "code")


def _values(terms: Terms) -> dict[str, Any]:
    return {**asdict(terms), "product_sets": sorted(set(terms.product_sets))}


def _write(voucher: Voucher, action: str, values: dict[str, Any]) -> None:
    changes = {
        name: {"before": getattr(voucher, name), "after": value}
        for name, value in values.items()
        if getattr(voucher, name) != value
    }
    if not changes:
        return
    for name in changes:
        setattr(voucher, name, values[name])
    db.session.flush()
    audit.record(action, voucher, {name: _plain(pair) for name, pair in changes.items()})


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }
