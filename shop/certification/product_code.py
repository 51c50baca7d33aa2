"""The code of a recognised product: `(T)-(X)-(STT)-20YY`, as Decision 26/2026/QĐ-TTg writes it."""

import re
import unicodedata
from typing import NamedTuple

_CODE = re.compile(r"(\d{2})-(\d{5})-(\d{1,4})-(20\d{2})", re.ASCII)
_DASHES = re.compile(r"\s*[-–—−]\s*")  # noqa: RUF001  people type every kind of dash
_BRACKETS = re.compile(r"[()\s]")
_GAPS = re.compile(r"[\W_]+")
LONGEST = 40
WIDTH = 3  # of the running number, as the decision writes it


class ProductCode(NamedTuple):
    """A code taken apart: province, commune, the commune's running number, year."""

    province_code: str
    commune_code: str
    number: str
    year: int


def tidy(text: str) -> str:
    """Return a typed code in the one form in which it is kept.

    Digits of other scripts are no digits, a wide one is plain; brackets and spaces go, hyphens
    are plain, and 12, 012 and 0012 are the same running number.
    """
    plain = _BRACKETS.sub("", _DASHES.sub("-", unicodedata.normalize("NFKC", text)))
    found = _CODE.fullmatch(plain)
    if found is None:
        return plain
    province, commune, number, year = found.groups()
    return f"{province}-{commune}-{_running(number)}-{year}"


def _running(number: str) -> str:
    return (number.lstrip("0") or "0").zfill(WIDTH)


def read_code(text: str) -> ProductCode | None:
    """Take a code apart, None when it has another shape."""
    found = _CODE.fullmatch(tidy(text))
    if found is None:
        return None
    province, commune, number, year = found.groups()
    return ProductCode(province, commune, number, int(year))


def canonical(text: str) -> str:
    """Return the one way in which a code is written, however it was typed or printed.

    Whatever stands between the digits of a code becomes a hyphen; a text of another shape keeps
    its signs, without brackets, spaces and slashes, cut to what an address bears.
    """
    joined = _GAPS.sub("-", unicodedata.normalize("NFKC", text)).strip("-")
    if _CODE.fullmatch(joined):
        return tidy(joined)
    return tidy(text).replace("/", "-").replace("\\", "-")[:LONGEST]


def alike(code: ProductCode) -> set[str]:
    """Return codes of the same commune that a slip of pen or finger makes of this one.

    One digit of the running number is another, two are swapped, or the year is the one before or
    after.
    """
    numbers = {code.number}
    for place in range(len(code.number)):
        before, digit, after = code.number[:place], code.number[place], code.number[place + 1 :]
        numbers |= {f"{before}{other}{after}" for other in "0123456789"}
        numbers |= {f"{before}{after[:1]}{digit}{after[1:]}"}
    place_part = f"{code.province_code}-{code.commune_code}"
    years = (code.year - 1, code.year, code.year + 1)
    return {f"{place_part}-{_running(number)}-{year}" for number in numbers for year in years}
