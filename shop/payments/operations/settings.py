"""Setting which ways to pay a stall accepts, and where its money goes."""

from dataclasses import asdict, dataclass

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core import audit, clock
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput
from shop.payments.models import StallPaymentSettings
from shop.stalls.models import Stall


@dataclass(frozen=True)
class Accepted:
    """What a stall accepts: `cod_limit_vnd` in đồng per order, None for any sum."""

    accepts_cod: bool
    cod_limit_vnd: int | None
    may_open_first: bool
    accepts_vietqr: bool
    bank_bin: str
    account_number: str
    account_holder: str
    accepts_vnpay: bool = False
    accepts_stripe: bool = False
    stripe_account: str = ""


def save_settings(stall: Stall, accepted: Accepted) -> None:
    """Let a stall be paid in these ways from now on; orders already placed keep theirs.

    Raises InvalidInput when no way would be left, or an account is missing.
    """
    _check(accepted)
    with transaction():
        locked = select(Stall.id).where(Stall.id == stall.id).with_for_update(key_share=True)
        db.session.execute(locked).all()  # two first settings at once take turns
        kept = db.session.get(StallPaymentSettings, stall.id)
        kept = kept or StallPaymentSettings(stall_id=stall.id)
        changed = []
        for name, value in asdict(accepted).items():
            if getattr(kept, name) != value:
                changed.append(name)
            setattr(kept, name, value)
        kept.changed_at = clock.now()
        db.session.add(kept)
        audit.record("payment.settings", stall, {"changed": changed})


def _check(accepted: Accepted) -> None:
    if not any(
        (
            accepted.accepts_cod,
            accepted.accepts_vietqr,
            accepted.accepts_vnpay,
            accepted.accepts_stripe,
        )
    ):
        raise InvalidInput(lazy_gettext("Please accept at least one way to pay."), "accepts_cod")
    if accepted.accepts_vietqr and not (
        accepted.bank_bin and accepted.account_number and accepted.account_holder
    ):
        raise InvalidInput(
            lazy_gettext("A transfer needs the bank, the account and its holder."), "account_number"
        )
