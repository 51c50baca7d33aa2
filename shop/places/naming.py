"""How people write places: the kind in front of a name, keys to compare by, parts of an address."""

import re
import unicodedata
from typing import NamedTuple

from shop.core.vietnamese import fold, nfc

COMMUNE_KINDS = frozenset({"xa", "phuong", "thi-tran", "dac-khu"})
DISTRICT_KINDS = frozenset({"huyen", "quan", "thi-xa", "thanh-pho"})
PROVINCE_KINDS = frozenset({"tinh", "thanh-pho"})

_KINDS = {
    "xã": "xa",
    "x": "xa",
    "phường": "phuong",
    "p": "phuong",
    "thị trấn": "thi-tran",
    "tt": "thi-tran",
    "đặc khu": "dac-khu",
    "huyện": "huyen",
    "h": "huyen",
    "quận": "quan",
    "q": "quan",
    "thị xã": "thi-xa",
    "tx": "thi-xa",
    "thành phố": "thanh-pho",
    "tp": "thanh-pho",
    "tỉnh": "tinh",
    "t": "tinh",
}
_BARE_KINDS = {fold(word): kind for word, kind in _KINDS.items()}
_END = r"(?:\s*\.\s*|\s+|(?=\d))(?=\S)"
_PREFIX = re.compile(rf"({'|'.join(sorted(_KINDS, key=len, reverse=True))}){_END}")
_BARE_PREFIX = re.compile(rf"({'|'.join(sorted(_BARE_KINDS, key=len, reverse=True))}){_END}")
_SHORT_NAMES = {
    "hcm": "ho chi minh",
    "tphcm": "ho chi minh",
    "sai gon": "ho chi minh",
    "hn": "ha noi",
    "brvt": "ba ria vung tau",
    "br vt": "ba ria vung tau",
    "tth": "thua thien hue",
    "tt hue": "thua thien hue",
}
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_LONGEST = 200


class Name(NamedTuple):
    """A name taken apart: its kind when one is written, its key, the key of all of it, accents."""

    kind: str | None
    key: str
    whole: str
    accents: str


class Written(NamedTuple):
    """An address taken apart; a part that is not written is None."""

    commune: Name | None
    district: Name | None
    province: Name | None


def place_key(text: str) -> str:
    """Return what a name is found by: no accents, no signs, no zeros before a number."""
    bare = re.sub(r"['’`\u02bc]", "", fold(text))
    words = re.sub(r"[^a-z0-9]+", " ", bare).split()
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def loose(key: str) -> str:
    """Return a key that forgives Quy and Qui, Đắk and Đắc, and where the spaces are."""
    return re.sub(r"k\b", "c", key.replace("y", "i")).replace(" ", "")


def accents(text: str) -> str:
    """Return a key with accents that is the same for hòa and hoà."""
    words = unicodedata.normalize("NFD", text.lower()).split()
    return " ".join(_TONES.sub("", word) + "".join(_TONES.findall(word)) for word in words)


def read_name(text: str) -> Name:
    """Take the kind off a name: "P. 7" is the ward 7, "xã Xa Dung" the commune Xa Dung.

    A word without accents counts as a kind only where nothing has accents: Quan Hóa is no quận.
    """
    plain = nfc(text).lower()
    prefix, kinds = (_BARE_PREFIX, _BARE_KINDS) if plain.isascii() else (_PREFIX, _KINDS)
    found = prefix.match(plain)
    whole = place_key(plain)
    if found is None:
        return Name(None, whole, whole, accents(plain))
    rest = plain[found.end() :]
    return Name(kinds[found[1]], place_key(rest), whole, accents(rest))


def province_key(text: str) -> str:
    """Return the loose key of a province's name, written in full or in its usual short form."""
    name = read_name(text)
    key = name.key if name.kind in PROVINCE_KINDS else name.whole
    return loose(_SHORT_NAMES.get(key, _SHORT_NAMES.get(name.whole, key)))


def read_place(text: str) -> Written:
    """Find the commune, the district and the province in an address written from small to large.

    What stands in brackets is left out, and so is whatever comes before a commune that is called
    one, such as the street.
    """
    bare = re.sub(r"\([^)]*\)", " ", nfc(text)[:_LONGEST])
    parts: list[Name | None] = []
    named = [read_name(part) for part in re.split(r"[,;\n]", bare) if place_key(part)]
    called = [index for index, name in enumerate(named) if name.kind in COMMUNE_KINDS]
    if called:
        named = named[called[0] :]
    elif named and named[0].kind is not None:
        parts = [None] * (2 if named[0].kind == "tinh" else 1)
    return Written(*[*parts, *named, None, None, None][:3])


def names_match(written: Name, official: str) -> bool:
    """Tell whether a written name is the official one, given by its key without the kind."""
    return loose(official) in {loose(written.key), loose(written.whole)}
