"""Comparing a claim with a published list: blind to accents, signs and usual short forms."""

import enum
import re
from difflib import SequenceMatcher
from typing import NamedTuple

from shop.core.vietnamese import fold

_SHORT = (
    ("hop tac xa", "htx"),
    ("to hop tac", "tht"),
    ("ho san xuat kinh doanh", "hkd"),
    ("ho sxkd", "hkd"),
    ("ho kinh doanh", "hkd"),
    ("co so san xuat", "cssx"),
    ("trach nhiem huu han", "tnhh"),
    ("mot thanh vien", "mtv"),
    ("co phan", "cp"),
    ("nong nghiep", "nn"),
    ("san xuat", "sx"),
    ("thuong mai", "tm"),
    ("dich vu", "dv"),
    ("xuat nhap khau", "xnk"),
    ("cong ty", "cty"),
)
_COMMON = frozenset(
    {"htx", "htxnn", "tht", "hkd", "ho", "cssx", "cty", "tnhh", "mtv", "cp", "nn", "sx", "tm"}
    | {"tmdv", "dv", "dvnn", "xnk", "va"}
)
_ENOUGH = 0.5


class Match(enum.StrEnum):
    """How well what was claimed fits what is listed."""

    SAME = "same"
    SIMILAR = "similar"
    DIFFERENT = "different"
    UNKNOWN = "unknown"  # the list is silent


def key(text: str) -> str:
    """Return what two spellings of one name have in common."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()
    for long, short in _SHORT:
        words = re.sub(rf"\b{long}\b", short, words)
    return words


def compare(claimed: str, listed: str) -> Match:
    """Compare two names; words that many firms share do not count."""
    if not listed.strip():
        return Match.UNKNOWN
    ours, theirs = key(claimed), key(listed)
    if ours == theirs:
        return Match.SAME
    mine, other = set(ours.split()) - _COMMON, set(theirs.split()) - _COMMON
    shared = len(mine & other) / max(1, min(len(mine), len(other)))
    return Match.SIMILAR if shared > _ENOUGH else Match.DIFFERENT


def is_same_holder(claimed: str, listed: str) -> bool:
    """Tell whether two names of a holder have the same words, those that many share aside."""
    ours, theirs = key(claimed), key(listed)
    mine, other = set(ours.split()) - _COMMON, set(theirs.split()) - _COMMON
    return ours == theirs or (bool(mine) and mine == other)


def compare_values(claimed: object, listed: object) -> Match:
    """Compare two facts that have one spelling, such as stars or a day."""
    if listed in {None, ""}:
        return Match.UNKNOWN
    return Match.SAME if claimed == listed else Match.DIFFERENT


class Segment(NamedTuple):
    """Words of a listed name in a row; `differs` where the claim says something else."""

    text: str
    differs: bool


def differences(claimed: str, listed: str) -> list[Segment]:
    """Return a listed name cut into what the claim says too and what it does not.

    Words are compared without accents and signs, so that only what means something is marked.
    """
    ours, theirs = claimed.split(), listed.split()
    matcher = SequenceMatcher(None, [*map(key, ours)], [*map(key, theirs)], autojunk=False)
    return [
        Segment(" ".join(theirs[start:end]), differs=what != "equal")
        for what, _, _, start, end in matcher.get_opcodes()
        if end > start
    ]
