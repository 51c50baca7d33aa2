"""Where a person receives goods."""

from dataclasses import dataclass

from flask_babel import lazy_gettext
from sqlalchemy import func, select, update

from shop.accounts.models import Address, User
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, NotFound
from shop.places.models import Commune

MOST_ADDRESSES = 20


@dataclass(frozen=True)
class AddressInput:
    """An address as it was entered; the commune is one of today, and decides the province."""

    recipient: str
    phone: str
    street: str
    commune_code: str
    is_default: bool = False


def save_address(user_id: int, wanted: AddressInput, *, address_id: int | None = None) -> int:
    """Keep a new address or the changes to one, and return its id; the first is the default.

    Raises NotFound for somebody else's address, InvalidInput for a commune that is not there.
    """
    with transaction():
        _lock(user_id)
        commune = db.session.get(Commune, wanted.commune_code)
        if commune is None:
            raise InvalidInput(lazy_gettext("Please choose the commune."), "commune_name")
        address = _own(user_id, address_id) if address_id else _new(user_id)
        address.recipient, address.phone = wanted.recipient, wanted.phone
        address.street, address.commune_code = wanted.street, commune.code
        address.province_code = commune.province_code
        db.session.add(address)
        db.session.flush()
        if wanted.is_default:
            _make_default(user_id, address.id)
        _have_a_default(user_id)
        return address.id


def make_default(user_id: int, address_id: int) -> None:
    """Let orders go to this address unless another one is chosen."""
    with transaction():
        _lock(user_id)
        _make_default(user_id, _own(user_id, address_id).id)


def delete_address(user_id: int, address_id: int) -> None:
    """Forget an address; another one becomes the default if this was it. Orders keep theirs."""
    with transaction():
        _lock(user_id)
        db.session.delete(_own(user_id, address_id))
        db.session.flush()
        _have_a_default(user_id)


def _lock(user_id: int) -> None:
    """Let two tabs of one person take turns, so that she never has two defaults."""
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update())


def _own(user_id: int, address_id: int) -> Address:
    own = select(Address).where(Address.id == address_id, Address.user_id == user_id)
    address = db.session.scalar(own)
    if address is None:
        raise NotFound
    return address


def _new(user_id: int) -> Address:
    counting = select(func.count()).select_from(Address).where(Address.user_id == user_id)
    if (db.session.scalar(counting) or 0) >= MOST_ADDRESSES:
        raise InvalidInput(
            lazy_gettext("You have 20 addresses already. Please delete one first."), "street"
        )
    return Address(user_id=user_id, is_default=False)


def _make_default(user_id: int, address_id: int) -> None:
    change(
        update(Address)
        .where(Address.user_id == user_id)
        .values(is_default=Address.id == address_id)
    )
    db.session.expire_all()


def _have_a_default(user_id: int) -> None:
    own = Address.user_id == user_id
    if db.session.scalar(select(Address.id).where(own, Address.is_default).limit(1)):
        return
    oldest = db.session.scalar(select(func.min(Address.id)).where(own))
    if oldest is not None:
        _make_default(user_id, oldest)
