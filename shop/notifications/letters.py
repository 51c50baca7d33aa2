"""Letters: what is said to a person outside the pages, in her language, as text and as HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from jinja2 import TemplateNotFound

from shop.accounts.models import User
from shop.web.addresses import public_address

SUBJECT = "Subject:"
FRAME = "emails/notifications/frame"
_LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Letter:
    """A letter ready to send."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class _Said:
    subject: str
    body: str

    @property
    def paragraphs(self) -> list[str]:
        """Return what stands between the empty lines."""
        return [part.strip() for part in re.split(r"\n\s*\n", self.body) if part.strip()]


def compose(template: str, *, person: User, data: Mapping[str, Any], path: str = "") -> Letter:
    """Write a letter from `templates/emails/<template>.txt`, whose first line is its subject.

    The template knows `person`, `url` (whole, empty without a path) and what is in `data`. It
    holds the body alone: greeting, the link to the path and the foot come from the frame. A
    template `<template>.html` takes the place of the HTML that is made from the text.
    """
    address = public_address(path) if path else ""
    with force_locale(person.locale):
        context = {**data, "person": person, "url": address}
        said = _say(template, context)
        frame = {**context, "subject": said.subject, "body": said.body}
        frame["paragraphs"] = said.paragraphs
        text = render_template(f"{FRAME}.txt", **frame)
        return Letter(said.subject, text, _html(template, frame))


def subject_of(template: str, *, person: User, data: Mapping[str, Any]) -> str:
    """Return the subject of a letter, the line of the inbox."""
    with force_locale(person.locale):
        return _say(template, {**data, "person": person, "url": ""}).subject


def first_words(template: str, *, person: User, data: Mapping[str, Any]) -> str:
    """Return the first paragraph of a letter; empty when its template is no longer there."""
    try:
        with force_locale(person.locale):
            said = _say(template, {**data, "person": person, "url": ""})
    except TemplateNotFound:
        return ""
    return said.paragraphs[0] if said.paragraphs else ""


def _say(template: str, context: dict[str, Any]) -> _Said:
    head, _, body = render_template(f"emails/{template}.txt", **context).strip().partition("\n")
    if not head.startswith(SUBJECT):
        raise ValueError(f"emails/{template}.txt does not begin with `{SUBJECT}`")
    subject = " ".join(head.removeprefix(SUBJECT).split())
    return _Said(subject[:_LONGEST_SUBJECT], body.strip())


def _html(template: str, frame: dict[str, Any]) -> str:
    names = [f"emails/{template}.html", f"{FRAME}.html"]
    found = current_app.jinja_env.select_template(names)
    return render_template(found, **frame)
