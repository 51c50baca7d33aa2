"""No test speaks to anyone outside this machine."""

import ipaddress
import socket
from typing import Any

import pytest


class OutsideWorldError(RuntimeError):
    """A test tried to speak to a stranger."""


def is_here(address: Any) -> bool:
    """Tell whether a socket address lies on this machine."""
    if not isinstance(address, tuple):
        return True  # a Unix socket is a file
    host = str(address[0])
    try:
        return host in {"", "localhost"} or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make connecting, sending and asking for names fail unless it stays on this machine."""
    for name, place in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
        _guard(monkeypatch, name, place)
    ask = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        known = host.decode() if isinstance(host, bytes) else host
        if known is not None and not is_here((known,)):
            raise OutsideWorldError(f"a test asked where {known} is")
        return ask(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def _guard(monkeypatch: pytest.MonkeyPatch, name: str, place: int) -> None:
    original = getattr(socket.socket, name)

    def guarded(self: socket.socket, *args: Any) -> Any:
        if not is_here(args[place]):
            raise OutsideWorldError(f"a test spoke to {args[place]}")
        return original(self, *args)

    monkeypatch.setattr(socket.socket, name, guarded)
