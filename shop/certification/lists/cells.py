"""What stands in a cell of a published list, in the many ways in which it is written."""

import re

from shop.core.vietnamese import fold

_SPELLED = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_DAY = re.compile(r"(?:ngày\s*)?\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_BEFORE = re.compile(r"^(?:(?:quyết\s+định|qđ)\s*)?(?:số\s*:?\s*)?(?=\d)", re.IGNORECASE)
_LEAD = re.compile(r"^(?:(?:ocop|san pham|hang|dat|xep)\s*)+(?=\d)")
_NO_MARK = {"", "-", "–", "—", "0", "khong"}
_ROMAN = re.compile(r"[ivxlc]+\.?|[a-zđ][.)]?", re.IGNORECASE)
_GROUP = re.compile(
    r"^(?:[ivxlc]+\s*[.)/-]|[a-e]\s*[.)/-]|(?:nhom|nganh|bo san pham|tong|cong|phan)\b"
    r"|(?:xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tinh|tp\.?)\s)",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^(?:[ivxlc]+|[a-e]|\d+)\s*[.)/-]\s*", re.IGNORECASE)
_PLACE = re.compile(r"^(?:xa|phuong|thi tran|dac khu)\s")
_DISTRICT = re.compile(r"^(?:huyen|quan|thi xa|thanh pho|tp\.?)\s")


def split_decision(text: str) -> tuple[str, str]:
    """Return the number of a decision and its day from one cell that holds both."""
    for pattern, order in ((_SPELLED, (1, 2, 3)), (_DAY, (1, 2, 3)), (_ISO, (3, 2, 1))):
        if found := pattern.search(text):
            day, month, year = (int(found[group]) for group in order)
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return _number(rest), f"{day:02}/{month:02}/{year}"
    # words without a digit are no number: judged as a day they are told as a fault
    return (_number(text), "") if re.search(r"\d", text) else ("", text)


def _number(text: str) -> str:
    tidy = re.sub(r"\s+", " ", text).strip(" ,;.()")
    tidy = re.sub(r"[\s,;(]*ngày$", "", tidy, flags=re.IGNORECASE)
    return _BEFORE.sub("", tidy).strip()


def stars_text(text: str) -> str:
    """Return stars as a digit where a list draws or describes them, else the text itself."""
    signs = re.sub(r"\s", "", text)
    if re.fullmatch(r"[*★⭐]{1,5}", signs):
        return str(len(signs))
    return _LEAD.sub("", fold(text)) if _LEAD.match(fold(text)) else text


def is_mark(text: str) -> bool:
    """Tell whether a cell under “4 sao” says yes: an x, a tick, whatever is no dash."""
    return fold(text).strip() not in _NO_MARK


def is_serial(text: str) -> bool:
    """Tell whether a cell is a running number in Arabic digits."""
    return re.fullmatch(r"\d+(?:\.0)?[.)]?", text.strip()) is not None


def is_outline(text: str) -> bool:
    """Tell whether a cell numbers a group: I, II, A."""
    return _ROMAN.fullmatch(text.strip()) is not None


def is_group(text: str) -> bool:
    """Tell whether words alone in a row begin a group rather than name goods."""
    return _GROUP.match(fold(text)) is not None


def group_place(text: str) -> tuple[str, str] | None:
    """Return the column and the place that a group's words name, None when they name none."""
    name = _NUMBERING.sub("", text.strip()).rstrip(" :.")
    words = fold(name)
    if words.startswith("tinh "):
        return "old_province", name
    if _PLACE.match(words) or _DISTRICT.match(words):
        return "place", name
    return None
