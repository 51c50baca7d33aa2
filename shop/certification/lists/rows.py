"""Judging the rows of a list: what may go into the registry, and why a row may not."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from flask_babel import lazy_gettext

from shop.certification.lists.headings import REQUIRED
from shop.certification.lists.sheets import RawRow, Sheet
from shop.certification.scores import LEAST_STARS, STARS
from shop.core import clock
from shop.core.errors import Words
from shop.core.vietnamese import nfc
from shop.places.naming import accents

LENGTHS = {
    "product_name": 200,
    "producer": 200,
    "place": 200,
    "old_province": 80,
    "decision_number": 80,
    "source": 300,
}
FIRST_DECISIONS = date(2013, 1, 1)
_KEY_LENGTH = 400
_NOTHING = {"-", "–", "—"}
_STARS = re.compile(r"(\d+)(?:[.,]0+)?\s*(?:sao|\*|★)?")
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


class Fault(NamedTuple):
    """What is wrong with a cell: the line of the file, the heading, the reason in words."""

    line: int
    heading: str
    reason: Words


class ListedProduct(NamedTuple):
    """A good row: a product that a list names, as written, in NFC."""

    line: int
    product_name: str
    producer: str
    place: str
    old_province: str
    stars: int | None
    decision_number: str
    decided_on: date | None
    source: str

    @property
    def source_key(self) -> str:
        """Return what makes the row the same in every file: product, producer, place, province."""
        return key_of((self.product_name, self.producer, self.place, self.old_province))


def key_of(names: Sequence[str]) -> str:
    """Return one key for names, the same for hòa, Hoà and HÒA, another for dứa and dưa."""
    whole = "|".join(nfc(accents(name)) for name in names)
    if len(whole) <= _KEY_LENGTH:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()
    return f"{whole[: _KEY_LENGTH - len(digest) - 1]}#{digest}"


class Judged(NamedTuple):
    """A list after its judgement: the good rows without repetitions, and the faults."""

    rows: list[ListedProduct]
    faults: list[Fault]

    @property
    def bad_rows(self) -> int:
        """Return how many rows have a fault."""
        return len({fault.line for fault in self.faults})


class _Bad(ValueError):
    def __init__(self, reason: Words) -> None:
        super().__init__(str(reason))
        self.reason = reason


def judge(sheet: Sheet) -> Judged:
    """Sort the rows of a list into good ones and faults; nothing is mended by guessing."""
    judged = Judged([], [])
    seen: dict[str, ListedProduct] = {}
    for raw in sheet.rows:
        faults: list[Fault] = []
        row = _read(raw, sheet, faults)
        judged.faults.extend(faults)
        if row is None:
            continue
        first = seen.setdefault(row.source_key, row)
        if first is row:
            judged.rows.append(row)
        elif first._replace(line=0) != row._replace(line=0):
            judged.faults.append(_repeated(row, first, sheet))
    return judged


def _repeated(row: ListedProduct, first: ListedProduct, sheet: Sheet) -> Fault:
    reason = lazy_gettext(
        "the same product of the same holder stands in line %(line)s with other facts",
        line=first.line,
    )
    return Fault(row.line, sheet.headings.name_of("product_name"), reason)


def _read(raw: RawRow, sheet: Sheet, faults: list[Fault]) -> ListedProduct | None:
    values: dict[str, str] = {}
    for column, error in _cells(raw, values):
        faults.append(Fault(raw.line, sheet.headings.name_of(column), error.reason))
    facts: dict[str, int | date | None] = {"stars": None, "decided_on": None}
    for column, read in (("stars", _read_stars), ("decided_on", _read_day)):
        try:
            facts[column] = read(values.get(column, ""))
        except _Bad as error:
            faults.append(Fault(raw.line, sheet.headings.name_of(column), error.reason))
    if faults:
        return None
    texts = {column: values.get(column, "") for column in LENGTHS}
    return ListedProduct(line=raw.line, **texts, **facts)  # type: ignore[arg-type]


def _cells(raw: RawRow, values: dict[str, str]) -> Iterator[tuple[str, _Bad]]:
    """Fill in the cells that can be read and yield those that cannot."""
    for column, text in raw.cells.items():
        try:
            values[column] = _clean(text, LENGTHS.get(column, 40))
            _need(column, values[column])
        except _Bad as error:
            yield column, error


def _need(column: str, value: str) -> None:
    if column in REQUIRED and not value:
        raise _Bad(lazy_gettext("must not be empty"))


def _clean(text: str, most: int) -> str:
    """Return a cell in NFC without surrounding spaces; a dash alone means nothing."""
    value = nfc(text)
    if value in _NOTHING:
        return ""
    if value[:1] in {"=", "+", "@", "-"}:
        raise _Bad(lazy_gettext("looks like a formula; write the value itself"))
    if "\ufffd" in value or any(unicodedata.category(char) in {"Cc", "Cf"} for char in value):
        raise _Bad(lazy_gettext("holds characters that cannot be read; check the encoding"))
    if len(value) > most:
        raise _Bad(lazy_gettext("is longer than %(most)s characters", most=most))
    return value


def _read_stars(text: str) -> int | None:
    """Return the stars of a row, None when the list does not say them."""
    if not text:
        return None
    found = _STARS.fullmatch(text.lower())
    stars = int(found[1][:3]) if found else 0
    if found and 0 < stars < LEAST_STARS:
        raise _Bad(lazy_gettext("1 and 2 stars are not recognised as OCOP"))
    if stars not in STARS:
        raise _Bad(lazy_gettext("stars are 3, 4 or 5, not “%(text)s”", text=text))
    return stars


def _read_day(text: str) -> date | None:
    """Return the day of a decision, None when the list does not say it."""
    if not text:
        return None
    for pattern in _DATES:
        try:
            day = datetime.strptime(text, pattern).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
        if day > clock.today():
            raise _Bad(lazy_gettext("this day is still to come"))
        if day < FIRST_DECISIONS:
            raise _Bad(lazy_gettext("there were no OCOP decisions before 2013"))
        return day
    raise _Bad(lazy_gettext("write the day as dd/mm/yyyy, not “%(text)s”", text=text))
