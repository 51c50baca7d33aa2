"""Certificates of the demo floor: every state, in proportions like those of a real floor."""

from decimal import Decimal
from random import Random
from typing import TypeVar

from shop.demo.content.catalogue import provinces, texts
from shop.demo.content.records import CertificateState, DemoCertificate

_T = TypeVar("_T")

_STATES: tuple[tuple[CertificateState | None, float], ...] = (
    ("valid", 0.62),
    ("expiring", 0.10),
    ("expired", 0.06),
    ("awaiting", 0.08),
    ("refused", 0.04),
    (None, 0.10),
)
_STARS: tuple[tuple[int, float], ...] = ((3, 0.72), (4, 0.24), (5, 0.04))
_DAYS: dict[CertificateState, tuple[int, int]] = {
    "valid": (91, 1080),
    "expiring": (3, 90),
    "expired": (-400, -1),
    "awaiting": (700, 1085),
    "refused": (120, 1000),
}
_SCORES: dict[int, tuple[int, int]] = {3: (5400, 6999), 4: (7050, 8990), 5: (9000, 9650)}
# Steps of irrational length fill a circle evenly: a small floor has each state in proportion too.
_STATE_STEP, _STAR_STEP = 0.6180339887498949, 0.4142135623730951


def certificate(rng: Random, number: int, province_code: str) -> DemoCertificate | None:
    """Return the certificate of product `number`, or None for goods without one."""
    state = _drawn(_STATES, number * _STATE_STEP)
    if state is None:
        return None
    stars = _drawn(_STARS, number * _STAR_STEP + 0.31)
    return DemoCertificate(
        state=state,
        stars=stars,
        score=Decimal(rng.randint(*_SCORES[stars])).scaleb(-2),
        running_number=rng.randrange(1, 40),
        decision_number=f"{rng.randrange(1, 9999):04d}/QĐ-MẪU",
        issuer=_issuer(stars, province_code),
        expires_in_days=rng.randint(*_DAYS[state]),
        refusal_reason=_refusal(rng, state),
    )


def _drawn(shares: tuple[tuple[_T, float], ...], point: float) -> _T:
    point %= 1
    for value, share in shares:
        if point < share:
            return value
        point -= share
    return shares[-1][0]


def _issuer(stars: int, province_code: str) -> str:
    if stars == 5:
        return "Cơ quan cấp bộ (mẫu)"
    return f"Cơ quan cấp tỉnh {provinces()[province_code].name} (mẫu)"


def _refusal(rng: Random, state: CertificateState) -> str | None:
    return rng.choice(texts("reasons")["refuse_certificate"]) if state == "refused" else None
