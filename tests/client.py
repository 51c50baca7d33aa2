"""A visitor's browser in the tests: sends the token of forms, judges every page it is shown."""

import contextvars
import secrets
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from tests import pages

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class ShopClient(FlaskClient):
    """Like Flask's test client, with three habits of a browser.

    Each request runs in a context and a database session of its own. A form is sent with its
    token unless `csrf=False` is said. Every HTML answer must be well formed unless
    `judge=False` is said.
    """

    def open(
        self, *args: Any, csrf: bool = True, judge: bool = True, **kwargs: Any
    ) -> TestResponse:
        """Send a request as this visitor and judge the page that comes back."""
        self._finish_the_tests_own_work()
        if csrf and isinstance(args[0], str) and kwargs.get("method", "GET") not in SAFE:
            self._add_token(kwargs)
        kwargs["buffered"] = True
        response: TestResponse = contextvars.Context().run(super().open, *args, **kwargs)
        if judge:
            judge_page(response)
        return response

    def _finish_the_tests_own_work(self) -> None:
        """Let the request see what the test has written, and the test what the request writes."""
        if has_app_context():
            session = self.application.extensions["sqlalchemy"].session
            session.commit()
            session.expire_all()

    def _add_token(self, kwargs: dict[str, Any]) -> None:
        """Add the field that every form of the pages carries."""
        data = kwargs.setdefault("data", {})
        if kwargs.get("json") is not None or not isinstance(data, dict) or "csrf_token" in data:
            return
        kwargs["data"] = {**data, "csrf_token": self.csrf_token()}

    def csrf_token(self) -> str:
        """Return the token of this visitor's forms, signed as Flask-WTF signs it."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        signer = URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token")
        return str(signer.dumps(raw))


def judge_page(response: TestResponse) -> None:
    """Assert that an HTML answer is what every page must be."""
    if response.mimetype != "text/html" or 300 <= response.status_code < 400 or not response.data:
        return
    if response.request.headers.get("HX-Request") == "true":
        pages.assert_part_is_well_formed(response.text)
    else:
        pages.assert_page_is_well_formed(response.text)
