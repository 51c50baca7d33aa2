"""Passwords: Argon2id of the NFKC form, so that a word typed in NFC and in NFD is the same word."""

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shop.core.vietnamese import fold

FEWEST_CHARACTERS = 10
MOST_CHARACTERS = 200
MEMORY_KIB = 19 * 1024
ROUNDS = 2
_COMMON = Path(__file__).with_name("common_passwords.txt")

_profile = {"memory_kib": MEMORY_KIB, "rounds": ROUNDS}


def configure(*, memory_kib: int, rounds: int) -> None:
    """Choose how dear a hash is; the defaults are those OWASP names for one lane."""
    _profile.update(memory_kib=memory_kib, rounds=rounds)


def hash_password(password: str) -> str:
    """Return the Argon2id hash under which a password is kept."""
    return _hasher(**_profile).hash(_normal(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Tell whether a password fits a hash; without a hash it takes as long, and never fits."""
    try:
        _hasher(**_profile).verify(password_hash or _dummy(**_profile), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Tell whether a hash was made at another price than today's."""
    return _hasher(**_profile).check_needs_rehash(password_hash)


def is_long_enough(password: str) -> bool:
    """Tell whether a password has the characters it needs."""
    return len(_normal(password)) >= FEWEST_CHARACTERS


def is_common(password: str, *personal: str) -> bool:
    """Tell whether a password is among the first that a guesser tries, or is the person's own data.

    Accents, case and what stands between the letters do not make a common one rare.
    """
    plain = _plain(password)
    own = {_plain(part) for text in personal for part in (text, text.partition("@")[0])}
    return plain in _common() or plain in own - {""} or len(set(plain)) < 4


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password[: 2 * MOST_CHARACTERS])


def _plain(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


@cache
def _hasher(memory_kib: int, rounds: int) -> PasswordHasher:
    return PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)


@cache
def _dummy(memory_kib: int, rounds: int) -> str:
    return _hasher(memory_kib, rounds).hash("nobody has this password")


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(_plain(line) for line in lines if line and not line.startswith("#"))
