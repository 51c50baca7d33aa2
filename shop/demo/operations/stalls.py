"""The invented stalls: who runs them, since when, with which papers, at which delivery fees."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from shop.core.context import Actor
from shop.core.vietnamese import fold
from shop.demo.content.records import DemoStall, PictureRecipe
from shop.demo.operations import papers, people
from shop.demo.operations.scene import Place, Scene
from shop.payments.models import StallPaymentSettings
from shop.shipping.models import DeliveryTable
from shop.stalls.models import (
    DocumentKind,
    EntityKind,
    MemberKind,
    Stall,
    StallDocument,
    StallMember,
    StallStatus,
)
from shop.stalls.reasons import ReturnReason
from shop.stalls.transitions import Move

COOPERATIVE = "htx"
FEES = ((15_000, 30_000), (20_000, 35_000), (20_000, 32_000), (25_000, 45_000), (0, 25_000))
CASH_LIMITS = (None, None, 2_000_000, 5_000_000)
BANKS = ("970405", "970415", "970418", "970436")
OPENS_FIRST = 0.7
FREE_FROM = (None, None, 300_000, 500_000, 800_000)
WAITING = (StallStatus.SUBMITTED, StallStatus.SUBMITTED, StallStatus.RETURNED)
FEWEST_WAITING, ONE_WAITS_IN = 3, 25
OWN_PAPERS = 20
REGISTRATION = "Giấy đăng ký (mẫu)"
OFFICE = "Cơ quan đăng ký {} (mẫu)"


@dataclass(frozen=True)
class PlacedStall:
    """A stall as its goods need to know it."""

    id: int
    demo: DemoStall
    name: str
    slug: str
    place: Place
    status: StallStatus
    maker: Actor
    opened_days: int

    @property
    def is_active(self) -> bool:
        """Tell whether the stall sells."""
        return self.status is StallStatus.ACTIVE

    @property
    def is_submitted(self) -> bool:
        """Tell whether the stall waits for a moderator."""
        return self.status is StallStatus.SUBMITTED


def status_of(number: int, count: int) -> StallStatus:
    """Return where a stall stands: the last of them still wait, or were returned."""
    waiting = min(max(FEWEST_WAITING, count // ONE_WAITS_IN), count // 8)
    place = number - (count - waiting) - 1
    return WAITING[place % len(WAITING)] if place >= 0 else StallStatus.ACTIVE


def add_stall(
    scene: Scene, demo: DemoStall, *, oldest_days: int, shown: PictureRecipe | None
) -> PlacedStall:
    """Add a stall that opened before its oldest goods were listed, or waits since a few days."""
    rng = scene.rng(f"stall/{demo.number}")
    status = status_of(demo.number, scene.floor.stalls)
    is_active = status is StallStatus.ACTIVE
    days = oldest_days + rng.randrange(15, 120) if is_active else rng.randrange(2, 9)
    place = scene.place(demo.province_code, demo.commune_pick)
    slug = scene.address("stall", demo.display_name)
    values = _words(demo) | _times(scene, status, days, rng=rng)
    number = scene.rows.add(
        Stall,
        **values,
        slug=slug,
        province_code=place.province_code,
        commune_code=place.commune_code,
        picture_id=scene.gallery.picture(scene.rows, shown, at=scene.moment) if shown else None,
    )
    maker = _maker(scene, demo)
    stall = PlacedStall(number, demo, demo.display_name, slug, place, status, maker, days)
    _add_members(scene, stall, values["created_at"])
    _add_paper(scene, stall, values["created_at"])
    _record(scene, stall, values)
    if is_active and rng.random() < 0.75:
        _add_fees(scene, stall, rng)
    if is_active:
        _add_ways_to_pay(scene, stall, scene.rng(f"pay/{demo.number}"))
    return stall


def _maker(scene: Scene, demo: DemoStall) -> Actor:
    if demo.number == 1:
        return scene.people[people.MANAGER]
    return people.add_maker(scene, demo.number, demo.representative)


def _words(demo: DemoStall) -> dict[str, Any]:
    is_cooperative = demo.entity_kind == COOPERATIVE
    return {
        "legal_name": demo.legal_name,
        "name": demo.display_name,
        "search_key": fold(f"{demo.display_name} {demo.legal_name}")[:400],
        "kind": EntityKind.COOPERATIVE if is_cooperative else EntityKind(demo.entity_kind),
        "tax_code": demo.tax_code,
        "representative": demo.representative,
        "phone": demo.phone,
        "street": demo.address_line,
        "story": demo.story,
        "application": None,
        "is_demo": True,
    }


def _times(scene: Scene, status: StallStatus, days: int, *, rng: Random) -> dict[str, Any]:
    is_waiting, is_returned = status is StallStatus.SUBMITTED, status is StallStatus.RETURNED
    return {
        "status": status,
        "created_at": scene.ago(days + 3, rng),
        "submitted_at": scene.ago(days + 2, rng),
        "decided_at": None if is_waiting else scene.ago(days, rng),
        "reason_code": ReturnReason.PAPER_UNREADABLE.value if is_returned else "",
        "status_reason": "",
        "version": 1 if is_waiting else 2,
    }


def _add_members(scene: Scene, stall: PlacedStall, moment: datetime) -> None:
    crew = [(stall.maker, MemberKind.MANAGER)]
    if stall.demo.number == 1:
        crew.append((scene.people[people.OPERATOR], MemberKind.OPERATOR))
    for person, kind in crew:
        scene.rows.add(
            StallMember, stall_id=stall.id, user_id=person.id, kind=kind, created_at=moment
        )


def _add_paper(scene: Scene, stall: PlacedStall, moment: datetime) -> None:
    """Add the registration: drawn for the stalls a moderator reads, the same for all others."""
    demo, office = stall.demo, OFFICE.format(stall.place.province)
    is_read = not stall.is_active and demo.number > scene.floor.stalls - OWN_PAPERS
    facts = [
        ("Tên đơn vị", demo.legal_name if is_read else "Đơn vị mẫu"),
        ("Mã số thuế hoặc số định danh", demo.tax_code if is_read else "0000000000"),
        ("Người đại diện", demo.representative if is_read else "Người mẫu"),
        ("Địa chỉ", _line(stall) if is_read else "Địa chỉ mẫu"),
    ]
    file_id = scene.gallery.paper(
        scene.rows,
        f"registration/{demo.number if is_read else 'any'}",
        lambda: papers.draw(REGISTRATION, office if is_read else OFFICE.format("tỉnh"), facts),
        at=moment,
    )
    scene.rows.add(
        StallDocument,
        stall_id=stall.id,
        kind=DocumentKind.BUSINESS_REGISTRATION,
        number=f"{demo.number:05d}/ĐK-MẪU",
        issuer=office,
        issued_on=scene.today.replace(year=demo.founded_year, day=1),
        expires_on=None,
        file_id=file_id,
        created_at=moment + timedelta(minutes=5),
    )


def _line(stall: PlacedStall) -> str:
    return f"{stall.demo.address_line}, {stall.place.commune}, {stall.place.province}"


def _record(scene: Scene, stall: PlacedStall, values: dict[str, Any]) -> None:
    """Write down how the stall came to stand where it stands."""
    subject, maker = (Stall.__tablename__, stall.id), stall.maker
    scene.rows.deed("stall.begun", subject, at=values["created_at"], actor=maker)
    submitted = {"status": StallStatus.SUBMITTED.value}
    scene.rows.deed(
        Move.SUBMIT,
        subject,
        at=values["submitted_at"],
        actor=maker,
        data=submitted,
        public=True,
    )
    if values["decided_at"] is not None:
        kept = {"reason_code": values["reason_code"]} if values["reason_code"] else {}
        scene.rows.deed(
            Move.ACCEPT if stall.is_active else Move.RETURN,
            subject,
            at=values["decided_at"],
            actor=scene.people[people.MODERATOR],
            data={"status": stall.status.value, **kept},
            public=True,
        )


def _add_ways_to_pay(scene: Scene, stall: PlacedStall, rng: Random) -> None:
    """Let the stall be paid in several ways; accounts and holders are as invented as the stall."""
    scene.rows.put(
        StallPaymentSettings,
        stall_id=stall.id,
        accepts_cod=True,
        cod_limit_vnd=rng.choice(CASH_LIMITS),
        may_open_first=rng.random() < OPENS_FIRST,
        accepts_vietqr=True,
        bank_bin=rng.choice(BANKS),
        account_number=f"0000{stall.id:08}",
        account_holder=fold(stall.demo.legal_name).upper()[:120],
        accepts_vnpay=True,
        accepts_stripe=True,
        stripe_account=f"acct_mau{stall.id:08}",
        changed_at=scene.ago(stall.opened_days - 1, rng),
    )


def _add_fees(scene: Scene, stall: PlacedStall, rng: Random) -> None:
    own, elsewhere = rng.choice(FEES)
    scene.rows.put(
        DeliveryTable,
        stall_id=stall.id,
        own_province_vnd=own,
        elsewhere_vnd=elsewhere,
        free_from_vnd=rng.choice(FREE_FROM),
        updated_at=scene.ago(stall.opened_days - 1, rng),
    )
