"""People for tests; each has the password `mat-khau-dung-2026`."""

from functools import cache

from factory.alchemy import SQLAlchemyModelFactory
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from sqlalchemy import select

from shop.accounts import passwords
from shop.accounts.models import Address, ModeratorScope, Role, User
from shop.core import clock
from shop.core.db import db
from shop.places.models import Commune
from tests.client import ShopClient

PASSWORD = "mat-khau-dung-2026"


@cache
def hash_of(password: str) -> str:
    """Return a hash of a password, made once per process."""
    return passwords.hash_password(password)


def sign_in(client: ShopClient, user: User, password: str = PASSWORD) -> ShopClient:
    """Sign a person in as a browser does, and return the browser."""
    response = client.post("/dang-nhap", data={"email": user.email, "password": password})
    assert response.status_code == 303, response.text
    return client


class UserFactory(SQLAlchemyModelFactory):
    """A buyer who has accepted the terms."""

    class Meta:
        model = User
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    email = Sequence(lambda n: f"nguoi-{n + 1}@vi-du.example")
    name = Sequence(lambda n: f"Nguyễn Thị Hương {n + 1}")
    phone = "0912345678"
    password_hash = LazyFunction(lambda: hash_of(PASSWORD))
    role = Role.BUYER
    locale = "vi"
    terms_accepted_at = LazyFunction(clock.now)
    created_at = LazyFunction(clock.now)


class OperatorFactory(UserFactory):
    """An operator of the floor."""

    role = Role.OPERATOR


class ModeratorFactory(UserFactory):
    """A moderator; without a ScopeFactory row beside it she may decide on nothing."""

    role = Role.MODERATOR


class ScopeFactory(SQLAlchemyModelFactory):
    """What a moderator may decide on: the whole floor unless a place is given."""

    class Meta:
        model = ModeratorScope
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"
        exclude = ("user",)

    user = SubFactory(ModeratorFactory)
    user_id = SelfAttribute("user.id")
    province_code = None
    commune_code = None


def floor_moderator() -> User:
    """Return a moderator whose scope is the whole floor."""
    user: User = ModeratorFactory()
    ScopeFactory(user=user)
    return user


def some_commune(province_code: str = "01", number: int = 0) -> Commune:
    """Return one of the real communes of a province."""
    wanted = select(Commune).where(Commune.province_code == province_code).order_by(Commune.code)
    return db.session.scalars(wanted.offset(number).limit(1)).one()


class AddressFactory(SQLAlchemyModelFactory):
    """A place in a real commune where a person receives goods."""

    class Meta:
        model = Address
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"
        exclude = ("user", "place")

    user = SubFactory(UserFactory)
    user_id = SelfAttribute("user.id")
    place = LazyFunction(some_commune)
    recipient = "Nguyễn Thị Hương"
    phone = "0912345678"
    street = "12 ngõ 5 phố Chợ"
    commune_code = LazyAttribute(lambda address: address.place.code)
    province_code = LazyAttribute(lambda address: address.place.province_code)
    is_default = True
