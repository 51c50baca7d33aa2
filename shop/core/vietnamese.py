"""Vietnamese text: one normal form, a key without accents, and the order of the dictionary."""

import re
import unicodedata

import phonenumbers

_MARKS = re.compile(r"[\u0300-\u036f]")
_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def nfc(text: str) -> str:
    """Return the text in NFC with single spaces, the form in which everything is stored."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def visible(text: str) -> str:
    """Return the text without signs that turn its direction or take no room."""
    return _UNSEEN.sub("", text)


def fold(text: str) -> str:
    """Return the text as typed without accents: lower case, đ as d, single spaces."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).lower().replace("đ", "d")
    return _SPACES.sub(" ", bare).strip()


def slugify(text: str, limit: int = 80) -> str:
    """Return an address part: folded words joined by hyphens, cut at a word's end."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    if len(slug) <= limit:
        return slug or "x"
    return slug[: limit + 1].rsplit("-", 1)[0][:limit]


def sort_key(text: str) -> str:
    """Return a key that sorts as a Vietnamese dictionary does: letters first, then tones."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", text).lower():
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[mark] for mark in parts if mark in _TONES), "0")
        kept = [mark for mark in parts if mark not in _TONES]
        letter = unicodedata.normalize("NFC", "".join(kept))
        place = _LETTERS.find(letter)
        letters.append(chr(0x100 + place) if place >= 0 else letter)
        tones.append(tone)
    return "".join(letters) + " " + "".join(tones)


def normalise_phone(text: str) -> str | None:
    """Return a Vietnamese phone number as 0 and its digits, or None when it is not one."""
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException:
        return None
    if number.country_code != 84 or not phonenumbers.is_valid_number(number):
        return None
    return f"0{number.national_number}"
