"""Opening an Excel file that strangers made: measured first, and nothing in it believed.

A few bytes can claim a cell in the last corner of a sheet, or one long text ten thousand times;
the library would ask for the memory of all that. So each part is unpacked within bounds, walked
through by a strict reader, and handed on exactly as it was measured.
"""

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from shop.certification.lists import bounds
from shop.core.errors import InvalidInput

_PARTS = re.compile(r"(?:xl/|_rels/|\[content_types\]).*\.(?:xml|rels)", re.IGNORECASE)
_TEXTS = "xl/sharedstrings.xml"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_CHUNK = 1 << 16
_BETWEEN = ("CommentHandler", "ProcessingInstructionHandler", "StartCdataSectionHandler")
_BROKEN = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    IndexError,
    RuntimeError,
    ValueError,
)


class Unreadable(ValueError):
    """A file that is no workbook, or one that readers could understand differently."""


def open_sheet(data: bytes, wanted: str | None) -> tuple[list[str], CalamineSheet]:
    """Return the names of a workbook's sheets, and the one wanted, else the first.

    Raises InvalidInput, in plain words, for what is out of bounds or cannot be read.
    """
    try:
        book = CalamineWorkbook.from_filelike(_measured(data))
        names = book.sheet_names
        if len(names) > bounds.MOST_SHEETS:
            raise InvalidInput(bounds.MANY_SHEETS)
        sheet = book.get_sheet_by_name(wanted if wanted in names else names[0])
    except _BROKEN as error:
        raise InvalidInput(bounds.UNREADABLE) from error
    return names, sheet


def _measured(data: bytes) -> io.BytesIO:
    """Return a workbook of those parts that were walked through, unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as clean:
        lengths: list[int] = []
        for info in _parts(packed):
            meter = _Meter(lengths, holds_texts=info.filename.lower() == _TEXTS)
            with packed.open(info) as source, clean.open(info.filename, "w") as target:
                while chunk := source.read(_CHUNK):
                    meter.feed(chunk)
                    target.write(chunk)
            meter.close()
    out.seek(0)
    return out


def _parts(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the parts that say something, the shared texts first; the rest stays outside."""
    parts = [info for info in packed.infolist() if _PARTS.fullmatch(info.filename)]
    names = {info.filename.lower() for info in parts}
    if len(names) < len(parts) or any(info.compress_type not in _METHODS for info in parts):
        raise Unreadable
    if sum(info.file_size for info in parts) > bounds.MOST_UNPACKED:
        raise InvalidInput(bounds.LARGE_INSIDE)
    return sorted(parts, key=lambda info: info.filename.lower() != _TEXTS)


class _Meter:
    """Walks through a part and counts what a reader would have to keep of it.

    Only cells with something inside count: Excel formats empty ones down to the last line.
    """

    def __init__(self, lengths: list[int], *, holds_texts: bool) -> None:
        self._lengths, self._holds_texts = lengths, holds_texts
        self._row = self._column = self._last_row = self._last_column = 0
        self._letters = self._ranges = 0
        self._is_shared, self._index = False, ""
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        for name in _BETWEEN:
            setattr(self._parser, name, self._refuse_inside)
        self._starts = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_inside,
            "is": self._start_inside,
            "f": self._start_formula,
            "si": self._start_text,
            "mergeCell": self._start_range,
        }

    def feed(self, chunk: bytes) -> None:
        """Walk on; raise what is wrong as soon as it is seen."""
        self._parser.Parse(chunk, False)  # noqa: FBT003  expat takes it by place

    def close(self) -> None:
        """Look at what came last."""
        self._parser.Parse(b"", True)  # noqa: FBT003
        self._settle()

    def _refuse(self, *_declared: object) -> None:
        raise Unreadable

    def _refuse_inside(self, *_said: object) -> None:
        """Refuse a number of a shared text that is broken up: readers take it differently."""
        if self._parser.CharacterDataHandler == self._read_index:
            raise Unreadable

    def _start(self, name: str, given: dict[str, str]) -> None:
        begin = self._starts.get(name.rpartition(":")[2])
        if begin:
            begin(given)

    def _start_row(self, given: dict[str, str]) -> None:
        self._row = int(given.get("r", self._row + 1))
        self._column = 0

    def _start_cell(self, given: dict[str, str]) -> None:
        self._settle()
        self._column += 1
        if "r" in given:
            place = _PLACE.fullmatch(given["r"])
            if place is None:
                raise Unreadable
            self._column, self._row = _number(place[1]), int(place[2])
        self._is_shared = given.get("t") == "s"

    def _start_inside(self, _given: dict[str, str]) -> None:
        """Count a cell that holds something, and what it says."""
        self._settle()
        self._place()
        self._parser.CharacterDataHandler = self._read_index if self._is_shared else self._count

    def _start_formula(self, _given: dict[str, str]) -> None:
        self._settle()
        self._place()
        self._parser.CharacterDataHandler = self._count

    def _place(self) -> None:
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._last_column > bounds.MOST_COLUMNS:
            raise InvalidInput(bounds.MANY_COLUMNS)
        if self._last_row > bounds.MOST_LINES:
            raise InvalidInput(bounds.MANY_LINES)
        if self._last_row * self._last_column > bounds.MOST_CELLS:
            raise InvalidInput(bounds.MANY_CELLS)

    def _start_text(self, _given: dict[str, str]) -> None:
        if not self._holds_texts:
            raise Unreadable
        self._lengths.append(0)
        self._parser.CharacterDataHandler = self._measure_text

    def _start_range(self, _given: dict[str, str]) -> None:
        self._ranges += 1
        if self._ranges > bounds.MOST_RANGES:
            raise InvalidInput(bounds.LARGE_INSIDE)

    def _measure_text(self, text: str) -> None:
        self._lengths[-1] += len(text)

    def _read_index(self, text: str) -> None:
        self._index += text.strip()

    def _count(self, text: str) -> None:
        self._letters += len(text)
        if self._letters > bounds.MOST_LETTERS:
            raise InvalidInput(bounds.LARGE_INSIDE)

    def _settle(self) -> None:
        """Add the shared text that the cell before names."""
        index, self._index = self._index, ""
        self._parser.CharacterDataHandler = None
        if not index:
            return
        if not index.isdecimal() or int(index) >= len(self._lengths):
            raise Unreadable
        self._letters += self._lengths[int(index)]
        self._count("")


def _number(letters: str) -> int:
    """Return which column letters name; A is 1."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
