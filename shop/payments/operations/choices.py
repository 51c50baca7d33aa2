"""Which ways to pay a cart can take: those that the floor offers and each of its stalls accepts."""

from collections.abc import Mapping

from flask_babel import lazy_gettext

from shop.core.errors import InvalidInput
from shop.payments.gateway.ways import methods
from shop.payments.methods import Choice, PaymentMethod
from shop.payments.queries import settings_of

Sums = Mapping[int, tuple[str, int]]


def choices_for(sums: Sums) -> list[Choice]:
    """Return each way to pay with the stalls that refuse it; `sums` are names and đồng by stall."""
    return [_choice(way, sums) for way in methods()]


def refuse_unfit(way: PaymentMethod, sums: Sums) -> None:
    """Raise InvalidInput for a way that a stall of the order does not accept, or not so much."""
    refusals = _choice(way, sums).refusals if way.is_offered() else [("", "")]
    if refusals:
        told = "; ".join(f"{stall} {why}" for stall, why in refusals if stall)
        raise InvalidInput(
            lazy_gettext("Please choose another way to pay. %(why)s", why=told), "payment_method"
        )


def _choice(way: PaymentMethod, sums: Sums) -> Choice:
    settings = settings_of(sums)
    told = (
        (name, way.refusal(settings[stall_id], total)) for stall_id, (name, total) in sums.items()
    )
    return Choice(way, [(name, why) for name, why in told if why is not None])
