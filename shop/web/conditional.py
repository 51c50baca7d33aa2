"""Answers that a browser may keep and has to ask about each time before it shows them again."""

import re
from hashlib import sha256

from flask import Response, request, session
from flask_login import current_user

_TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')


def asked_each_time(response: Response) -> Response:
    """Let the visitor's browser keep the answer, and send it again only when it has changed.

    What it shows is never older than the question, so nothing that has ended lives on in a cache.
    The token of forms is another one in each answer and no reason to send a page again, as long as
    the session that it belongs to is the same. Pages of people signed in are kept nowhere.
    """
    if current_user.is_authenticated or response.status_code != 200:
        return response
    body = _TOKEN.sub(b"", response.get_data()) + str(session.get("csrf_token", "")).encode()
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(sha256(body).hexdigest()[:32], weak=True)
    response.make_conditional(request)
    return response
