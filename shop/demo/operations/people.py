"""The people of the demo floor: eight who can sign in, and many invented ones who cannot."""

import secrets
from dataclasses import dataclass
from typing import Any

from shop.accounts.models import Address, ModeratorScope, Role, User
from shop.accounts.passwords import hash_password
from shop.core.context import Actor
from shop.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from shop.demo.content.records import DemoBuyer
from shop.demo.operations.scene import Hashes, Place, Scene

BUYER, MANAGER, OPERATOR, MODERATOR, SECOND, HEAD, THIRD, COMMUNE = (
    account.email for account in DEMO_ACCOUNTS
)
COUNCIL = (MODERATOR, SECOND, THIRD)
ROLES = {**dict.fromkeys((*COUNCIL, COMMUNE), Role.MODERATOR), HEAD: Role.OPERATOR}
OLDEST_DAYS = 900


@dataclass(frozen=True)
class Buyer:
    """Somebody who orders, and where her parcels go."""

    actor: Actor
    address: dict[str, Any]
    note: str


def make_hashes() -> Hashes:
    """Hash the demo password, and one that is forgotten at once."""
    return Hashes(hash_password(DEMO_PASSWORD), hash_password(secrets.token_hex(16)))


def add_accounts(scene: Scene) -> None:
    """Add the people of the console's list; the council's decide on the whole floor."""
    for number, account in enumerate(DEMO_ACCOUNTS, start=1):
        role = ROLES.get(account.email, Role.BUYER)
        known = {"role": role, "phone": f"09000990{number:02d}"}
        signs_in = {"password_hash": scene.hashes.known}
        person = _add(scene, account.email, account.name, **known, **signs_in)
        scene.people[account.email] = person
        if account.email in COUNCIL:
            scene.rows.add(ModeratorScope, user_id=person.id, province_code=None, commune_code=None)


def seat_commune(scene: Scene, place: Place) -> None:
    """Let the commune's moderator decide in one commune alone."""
    where = {"province_code": place.province_code, "commune_code": place.commune_code}
    scene.rows.add(ModeratorScope, user_id=scene.people[COMMUNE].id, **where)


def add_maker(scene: Scene, number: int, name: str) -> Actor:
    """Add the person who runs an invented stall."""
    return _add(scene, f"gian-hang-{number}@mau.chophien.example", name)


def add_buyers(scene: Scene, count: int) -> list[Buyer]:
    """Add the demo buyer with two addresses, then invented ones with one each; she comes first."""
    known, *invented = scene.floor.each_buyer(count + 1)
    she = _settle(scene, scene.people[BUYER], known, is_default=True)
    if invented:
        _settle(scene, scene.people[BUYER], invented[0], is_default=False)
    others = []
    for number, buyer in enumerate(invented, start=1):
        email = f"nguoi-mua-{number}@mau.chophien.example"
        actor = _add(scene, email, buyer.name, phone=buyer.phone)
        others.append(_settle(scene, actor, buyer, is_default=True))
    return [she, *others]


def _settle(scene: Scene, actor: Actor, buyer: DemoBuyer, *, is_default: bool) -> Buyer:
    """Give somebody an address, and return her as an order knows her."""
    place = scene.place(buyer.province_code, buyer.commune_pick)
    kept = {
        "recipient": actor.name,
        "phone": buyer.phone,
        "street": buyer.street,
        "commune_code": place.commune_code,
        "province_code": place.province_code,
    }
    scene.rows.add(Address, user_id=actor.id, is_default=is_default, **kept)
    names = {"commune": place.commune, "province": place.province}
    return Buyer(actor, kept | names, buyer.note)


def _add(scene: Scene, email: str, name: str, **known: Any) -> Actor:
    moment = scene.ago(OLDEST_DAYS, scene.rng(email))
    number = scene.rows.add(
        User,
        email=email,
        name=name,
        phone=known.get("phone"),
        password_hash=known.get("password_hash", scene.hashes.unknown),
        role=known.get("role", Role.BUYER),
        locale="vi",
        is_demo=True,
        terms_accepted_at=moment,
        created_at=moment,
    )
    return Actor(number, name)
