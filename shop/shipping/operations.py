"""Setting a stall's delivery fees."""

from sqlalchemy import select

from shop.core import audit, clock
from shop.core.db import db, transaction
from shop.shipping.fees import DEFAULT_TABLE, FeeTable
from shop.shipping.models import DeliveryTable
from shop.stalls.models import Stall


def set_fees(stall: Stall, table: FeeTable) -> None:
    """Let a stall ask these fees from now on; orders already placed keep theirs."""
    with transaction():
        locked = select(Stall.id).where(Stall.id == stall.id).with_for_update(key_share=True)
        db.session.execute(locked).all()  # two first tables at once take turns
        known = db.session.get(DeliveryTable, stall.id)
        kept = known or DeliveryTable(stall_id=stall.id)
        before = _sums(known) if known else DEFAULT_TABLE._asdict()
        for name, value in table._asdict().items():
            setattr(kept, name, value)
        kept.updated_at = clock.now()
        db.session.add(kept)
        audit.record("shipping.fees_set", stall, {"before": before, "after": table._asdict()})


def _sums(kept: DeliveryTable) -> dict[str, int | None]:
    return {name: getattr(kept, name) for name in FeeTable._fields}
