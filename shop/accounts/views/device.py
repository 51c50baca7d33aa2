"""The device in hand: its cookie, the person it is signed in as, the time it was last seen."""

from flask import Flask, Response, g, request, session
from flask_login import LoginManager, current_user

from shop.accounts import operations, passwords, queries
from shop.accounts.devices import Device
from shop.accounts.models import User
from shop.accounts.operations.sessions import SEEN_EVERY
from shop.core import clock
from shop.core.context import set_actor

TOKEN = "_user_id"  # noqa: S105  the key under which Flask-Login looks for it
CARRIED = ("cart_token",)
IMPERSONAL = frozenset({"static", "web.upload", "web.healthz", "web.readyz", "places.suggest"})


class Manager(LoginManager):
    """Flask-Login without its second cookie, for whose sake it would read every session."""

    def _update_remember_cookie(self, response: Response) -> Response:
        """Leave the response alone: what the session's cookie says is all there is."""
        return response


manager = Manager()
manager.session_protection = None  # the row of the device decides, not its browser's name


def init_app(app: Flask) -> None:
    """Know on each request who is there."""
    passwords.configure(
        memory_kib=app.config["PASSWORD_MEMORY_KIB"], rounds=app.config["PASSWORD_ROUNDS"]
    )
    manager.init_app(app)
    app.before_request(_recognise)


@manager.user_loader
def _person(token: str) -> User | None:
    """Return who is signed in with a token; a revoked device or a blocked person is nobody."""
    found = queries.live_session(token)
    g.device_row = found
    return found.user if found else None


def _recognise() -> None:
    """Let the audit know who acts, and note now and then that the device is in use."""
    if request.endpoint in IMPERSONAL or TOKEN not in session:
        return
    if not current_user.is_authenticated:
        session.pop(TOKEN)
        return
    set_actor(current_user.actor)
    if g.device_row.last_seen_at <= clock.now() - SEEN_EVERY:
        operations.note_seen(g.device_row.id)
        session.modified = True  # the cookie lives on as well


def this_device() -> Device:
    """Return what the request tells about its machine."""
    return Device(request.user_agent.string, request.remote_addr or "")


def token() -> str:
    """Return the token of this device, empty when nobody is signed in."""
    kept: str = session.get(TOKEN, "")
    return kept


def enter(new_token: str) -> None:
    """Begin the session anew under a token: what a stranger knew of the old one is worth nothing.

    Only the cart comes along.
    """
    carried = {name: session[name] for name in CARRIED if name in session}
    if old := token():
        operations.sign_out(old)
    session.clear()
    session.update(carried)
    session[TOKEN] = new_token
    session.permanent = True


def leave() -> None:
    """End the session on this device; the cart of its owner does not stay behind."""
    if old := token():
        operations.sign_out(old)
    session.clear()
