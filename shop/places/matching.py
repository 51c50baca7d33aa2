"""Ranking communes against the first letters that somebody types."""

from collections.abc import Iterable
from typing import NamedTuple

from shop.core.vietnamese import nfc, sort_key
from shop.places.naming import COMMUNE_KINDS, Name, accents, read_name


class Known(NamedTuple):
    """A name of a commune of today: its own, or one of before the reform that led to it."""

    code: str
    full_name: str
    key: str
    old_name: str = ""
    old_district: str = ""

    @property
    def name(self) -> str:
        """Return the very name that the key belongs to."""
        return self.old_name or self.full_name


class Hit(NamedTuple):
    """A commune that fits, with the old names by which it was found."""

    code: str
    formerly: tuple[str, ...]


def best_matches(text: str, known: Iterable[Known], limit: int) -> list[Hit]:
    """Return the communes that fit the text, best first, each once.

    The text fits when a word of the name begins with it, accents aside. Better are, in this order:
    the whole name, its beginning; accents as typed; a name of today; the kind as typed.
    """
    text = nfc(text)
    typed = read_name(text)
    if not typed.whole:
        return []
    ranks = ((_rank(typed, text, item), item) for item in known)
    ranked = sorted(
        (rank, sort_key(item.full_name), item) for rank, item in ranks if rank is not None
    )
    found: dict[str, list[str]] = {}
    own = set()
    for _, _, item in ranked:
        names = found.setdefault(item.code, [])
        if item.old_name:
            names.append(f"{item.old_name}, {item.old_district}")
        else:
            own.add(item.code)
    hits = [Hit(code, () if code in own else tuple(names)) for code, names in found.items()]
    return hits[:limit]


def _rank(typed: Name, text: str, item: Known) -> tuple[int, ...] | None:
    """Return a sortable rank, smaller is better, or None when the name does not fit."""
    key = _forgiving(item.key)
    closeness = min(
        _closeness(_forgiving(wanted), key) for wanted in (typed.key, typed.whole) if wanted
    )
    if closeness > 2:
        return None
    written, official = text.lower(), item.name.lower()
    has_other_accents = written not in official and accents(written) not in accents(official)
    has_other_kind = typed.kind in COMMUNE_KINDS and read_name(official).kind != typed.kind
    return (closeness, has_other_accents, bool(item.old_name), has_other_kind)


def _closeness(text: str, key: str) -> int:
    """Return 0 for the whole name, 1 for its beginning, 2 for a later word's, 3 for no match."""
    if text == key:
        return 0
    if key.startswith(text):
        return 1
    return 2 if f" {text}" in key else 3


def _forgiving(key: str) -> str:
    """Return a key that is the same for Quy and Qui, Mỹ and Mĩ."""
    return key.replace("y", "i")
