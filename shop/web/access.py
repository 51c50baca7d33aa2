"""Who may enter a view: every view says it, a guard refuses a view that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core.errors import Forbidden

View = TypeVar("View", bound=Callable[..., Any])


def declare(view: Callable[..., Any], who: str) -> None:
    """Mark a view with the words that the guard and the access table read."""
    view.__dict__["access"] = who


def public(view: View) -> View:
    """Let everybody in."""
    declare(view, "public")
    return view


def machine(view: View) -> View:
    """Let a machine in that proves itself by the signature of its message, not by a session."""
    declare(view, "machine")
    return view


def guarded(view: View, who: str, check: Callable[[], None]) -> View:
    """Return the view behind a sign-in and a check that raises when the person may not enter."""

    @wraps(view)
    def enter(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return to_sign_in()
        check()
        return view(*args, **kwargs)

    declare(enter, who)
    return enter  # type: ignore[return-value]


def signed_in(view: View) -> View:
    """Let anyone with an account in."""
    return guarded(view, "signed_in", lambda: None)


def moderator(view: View) -> View:
    """Let moderators in; the queries narrow to their province or commune."""
    return guarded(view, "moderator", lambda: _need("moderator"))


def operator(view: View) -> View:
    """Let operators of the floor in."""
    return guarded(view, "operator", lambda: _need("operator"))


def _need(role: str) -> None:
    if not current_user.has_role(role):
        raise Forbidden


def to_sign_in() -> BaseResponse:
    """Send a visitor to the sign-in page, and back to this page afterwards."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", tiep=back), 303)


def safe_next(target: str | None, fallback: str) -> str:
    """Return a path of our own to go on to; anything else becomes the fallback."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return fallback
    if any(ord(char) < 32 for char in target) or "\\" in target:
        return fallback
    return target
