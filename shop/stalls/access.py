"""The door of a stall's cockpit: `@stall_role(Permission.X)` on a view with `<stall_slug>`."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, request, url_for
from flask_login import current_user

from shop.core.errors import Forbidden, NotFound
from shop.stalls import queries
from shop.stalls.permissions import Permission, may
from shop.web.access import declare, to_sign_in

View = TypeVar("View", bound=Callable[..., Any])


def stall_role(permission: Permission) -> Callable[[View], View]:
    """Let members in whose account carries the permission; the view receives `membership`.

    Somebody else's stall is not found. A page under the stall's former address leads on to the
    present one, so that links in old letters keep working.
    """

    def behind(view: View) -> View:
        @wraps(view)
        def enter(stall_slug: str, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return to_sign_in()
            membership = queries.entering(current_user.id, stall_slug)
            if membership is None:
                return _to_present_address(stall_slug)
            if not may(membership, permission):
                raise Forbidden
            return view(membership=membership, **kwargs)

        declare(enter, f"stall:{permission}")
        return enter  # type: ignore[return-value]

    return behind


def any_member(view: View) -> View:
    """Let every member of the stall in; the view receives `membership`."""
    return stall_role(Permission.HANDLE_ORDERS)(view)


def _to_present_address(old_slug: str) -> Any:
    slug = queries.present_slug(old_slug)
    is_page = request.method == "GET" and request.endpoint is not None
    if slug is None or not is_page or queries.membership(current_user.id, slug) is None:
        raise NotFound
    values = {**(request.view_args or {}), **request.args.to_dict(), "stall_slug": slug}
    return redirect(url_for(str(request.endpoint), **values), 301)
