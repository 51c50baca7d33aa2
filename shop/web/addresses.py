"""Addresses as the outside world needs them: in mails, on paper, in feeds."""

from flask import current_app


def public_address(path: str) -> str:
    """Return the whole address of a path of ours.

    It is built from PUBLIC_URL, on a machine without one from the local port; what a request
    claims to be our host has no say, or a forged one would lead readers of our mails away.
    """
    base: str = current_app.config["PUBLIC_URL"] or current_app.config["LOCAL_URL"]
    return f"{base}/{path.lstrip('/')}"
