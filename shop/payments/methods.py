"""The port through which the floor is paid: each way to pay is one adapter of it.

An adapter never decides on an order and writes nothing; it says what it takes, where the buyer
goes, and gives money back. What comes is decided in `operations/completing.py` alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from shop.core.errors import Words, WrongState
from shop.core.money import format_vnd
from shop.payments.models import StallPaymentSettings

COD = "cod"
VIETQR = "vietqr"
VNPAY = "vnpay"
STRIPE = "stripe"
DAY_MINUTES = 24 * 60


class Attempt(NamedTuple):
    """A go at a gateway: what it is for, how much in đồng, until when, and who asks."""

    id: int
    reference: str
    order_code: str
    amount_vnd: int
    expires_at: datetime
    address: str


class Opened(NamedTuple):
    """Where the buyer pays a go, and the name under which the gateway will speak of it."""

    reference: str
    url: str


class GiveBack(NamedTuple):
    """Money to go back: how much, of what was paid under which reference, known by which key.

    `data` is what the gateway said with the payment, `share_id` whose part it was, if anybody's.
    """

    key: str
    amount_vnd: int
    reference: str
    data: Mapping[str, str]
    is_whole: bool
    share_id: int | None


class Refused(Exception):
    """A gateway has said no for good; trying again would not help."""


class PaymentMethod:
    """A way to pay. `minutes` is how long goods are held for its money, None when none is held.

    `floor_holds` tells that the money comes to the floor's gateway, not to the stall,
    `passes_on` that the gateway itself pays each stall its part.
    """

    code: str
    label: LazyString
    hint: LazyString
    minutes: int | None = None
    floor_holds = False
    passes_on = False

    @property
    def is_prepaid(self) -> bool:
        """Tell whether the money has to come before the stall begins."""
        return self.minutes is not None

    def is_offered(self) -> bool:
        """Tell whether this floor can be paid so at all."""
        return True

    def refusal(self, settings: StallPaymentSettings, total_vnd: int) -> Words | None:
        """Return why a stall cannot be paid so for this much, None when it can."""
        raise NotImplementedError

    def start(self, attempt: Attempt) -> Opened:
        """Open a go; may use the network, never inside a transaction."""
        raise WrongState

    def give_back(self, wanted: GiveBack) -> str:
        """Return money and answer the gateway's reference; the same key twice returns it once.

        Raises Refused when the gateway says no for good.
        """
        raise NotImplementedError


class CashOnDelivery(PaymentMethod):
    """The buyer pays each parcel in cash when it arrives; no hold ever expires."""

    code = COD
    label = lazy_gettext("Cash on delivery")
    hint = lazy_gettext("Pay each stall when its parcel arrives.")

    def refusal(self, settings: StallPaymentSettings, total_vnd: int) -> Words | None:
        """Refuse where the stall does not want cash, or not that much."""
        if not settings.accepts_cod:
            return lazy_gettext("takes no cash on delivery")
        limit = settings.cod_limit_vnd
        if limit is not None and total_vnd > limit:
            return lazy_gettext("takes cash up to %(limit)s", limit=format_vnd(limit))
        return None


class BankTransfer(PaymentMethod):
    """The buyer scans a VietQR code and pays straight into the stall's own account."""

    code = VIETQR
    label = lazy_gettext("Bank transfer by VietQR")
    hint = lazy_gettext("Scan the code with your bank's app; the money goes straight to the stall.")
    minutes = DAY_MINUTES

    def refusal(self, settings: StallPaymentSettings, total_vnd: int) -> Words | None:
        """Refuse where the stall has no account to pay into."""
        if not (settings.accepts_vietqr and settings.account_number):
            return lazy_gettext("takes no bank transfers")
        return None


@dataclass(frozen=True)
class Choice:
    """A way to pay as a checkout offers it; `refusals` say which stalls will not have it."""

    way: PaymentMethod
    refusals: Sequence[tuple[str, Words]]

    @property
    def is_open(self) -> bool:
        """Tell whether every stall of the order takes it."""
        return not self.refusals
