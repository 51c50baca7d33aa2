"""The table of delivery fees."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, BigId, Vnd


class DeliveryTable(Base):
    """What a stall asks for delivery: in its own province, elsewhere, and free from a sum on."""

    __tablename__ = "delivery_tables"
    __table_args__ = (
        CheckConstraint("own_province_vnd >= 0 AND elsewhere_vnd >= 0", name="fees"),
        CheckConstraint("free_from_vnd IS NULL OR free_from_vnd > 0", name="free"),
    )

    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"), primary_key=True)
    own_province_vnd: Mapped[Vnd]
    elsewhere_vnd: Mapped[Vnd]
    free_from_vnd: Mapped[Vnd | None] = mapped_column(BigInteger)
    updated_at: Mapped[datetime]
