"""Vietnamese text as an index sees it: exact words, words without accents, neighbouring pairs.

Pure. The same functions cut what is indexed and what is asked, whatever engine stands behind.
"""

import re
import unicodedata
from itertools import pairwise

from shop.core.vietnamese import fold

VERSION = 1
LONGEST_QUERY = 120
MOST_WORDS = 12

_WORD = re.compile(r"[\w]+", re.UNICODE)
_NUMBER_UNIT = re.compile(r"(\d)(kg|g|gr|ml|l|lit)\b")
_LATE_TONES = {
    f"{first}{late}": f"{early}{second}"
    for first, second, lates, earlies in (
        ("o", "a", "àáảãạ", "òóỏõọ"),
        ("o", "e", "èéẻẽẹ", "òóỏõọ"),
        ("u", "y", "ỳýỷỹỵ", "ùúủũụ"),
    )
    for late, early in zip(lates, earlies, strict=True)
}
_LATE = re.compile(rf"(?<!q)({'|'.join(_LATE_TONES)})(?!\w)")
_FINAL_Y = re.compile(r"(?<!\w)([hklmst])([yỳýỷỹỵ])(?!\w)")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
_QU_I = re.compile(r"(?<=qu)([iìíỉĩị])(?!\w)")
_I_TO_Y = str.maketrans("iìíỉĩị", "yỳýỷỹỵ")


def canonical(text: str) -> str:
    """Return lower-case NFC text with one spelling per syllable: hoà→hòa, mỳ→mì, quí→quý."""
    lower = unicodedata.normalize("NFC", text).lower()
    lower = _LATE.sub(lambda match: _LATE_TONES[match[1]], lower)
    lower = _FINAL_Y.sub(lambda match: match[1] + match[2].translate(_Y_TO_I), lower)
    return _QU_I.sub(lambda match: match[1].translate(_I_TO_Y), lower)


def exact_words(text: str) -> list[str]:
    """Return the words with their accents, in order."""
    return _WORD.findall(canonical(text))


def folded_words(text: str) -> list[str]:
    """Return the words without accents, in order; `500ml` becomes `500 ml`."""
    return _WORD.findall(_NUMBER_UNIT.sub(r"\1 \2", fold(canonical(text))))


def pairs(words: list[str]) -> list[str]:
    """Return neighbouring words joined, such as `mat_ong`, which mean more than each alone."""
    return [f"{first}_{second}" for first, second in pairwise(words)]


def query_words(text: str) -> tuple[list[str], list[str]]:
    """Return the exact and the folded words of a query, cut to a length that cannot hurt."""
    short = text[:LONGEST_QUERY]
    return exact_words(short)[:MOST_WORDS], folded_words(short)[:MOST_WORDS]
