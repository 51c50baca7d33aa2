"""Devices in words that their owner recognises."""

from dataclasses import dataclass

BROWSERS = (
    ("Zalo", "Zalo"),
    ("FBAN", "Facebook"),
    ("coc_coc", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
PHONES = frozenset({"iPhone", "iPad", "Android"})


@dataclass(frozen=True)
class Device:
    """What a request tells about the machine it comes from."""

    user_agent: str = ""
    ip_address: str = ""


def describe(user_agent: str) -> str:
    """Return browser and system, such as `Chrome · Android`; empty when neither is known."""
    known = (_first(user_agent, BROWSERS), _first(user_agent, SYSTEMS))
    return " · ".join(filter(None, known))


def is_phone(user_agent: str) -> bool:
    """Tell whether a device is one that is carried about."""
    return _first(user_agent, SYSTEMS) in PHONES


def _first(text: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in text), "")
