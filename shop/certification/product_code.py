"""The code of a recognised product: `(T)-(X)-(STT)-20YY`, as Decision 26/2026/QĐ-TTg writes it."""

import re
from typing import NamedTuple

_CODE = re.compile(r"(\d{2})-(\d{5})-(\d{1,4})-(20\d{2})")
_DASHES = re.compile(r"\s*[-–—−]\s*")  # noqa: RUF001  people type every kind of dash
_BRACKETS = re.compile(r"[()\s]")
_GAPS = re.compile(r"[\W_]+")
LONGEST = 40


class ProductCode(NamedTuple):
    """A code taken apart: province, commune, the commune's running number, year."""

    province_code: str
    commune_code: str
    number: str
    year: int


def tidy(text: str) -> str:
    """Return a typed code without brackets and spaces, with plain hyphens."""
    return _BRACKETS.sub("", _DASHES.sub("-", text))


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
    joined = _GAPS.sub("-", text).strip("-")
    if _CODE.fullmatch(joined):
        return joined
    return tidy(text).replace("/", "-").replace("\\", "-")[:LONGEST]


def alike(code: ProductCode) -> set[str]:
    """Return codes of the same commune that a slip of pen or finger makes of this one.

    One digit of the running number is another, two are swapped, its zeros are left out or added,
    or the year is the one before or after.
    """
    plain = code.number.lstrip("0") or "0"
    numbers = {plain.zfill(width) for width in range(len(plain), 5)} | {code.number}
    for place in range(len(code.number)):
        before, digit, after = code.number[:place], code.number[place], code.number[place + 1 :]
        numbers |= {f"{before}{other}{after}" for other in "0123456789"}
        numbers |= {f"{before}{after[:1]}{digit}{after[1:]}"}
    place_part = f"{code.province_code}-{code.commune_code}"
    years = (code.year - 1, code.year, code.year + 1)
    return {f"{place_part}-{number}-{year}" for number in numbers for year in years}
