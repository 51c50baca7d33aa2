"""The standing pages of the floor, by their address; their words are in templates/web/pages."""

from flask import Response, current_app
from flask_babel import lazy_gettext

from shop.core.errors import NotFound
from shop.web.access import public
from shop.web.templating import render

TITLES = {
    "cho-nguoi-ban": lazy_gettext("For sellers"),
    "quy-che": lazy_gettext("Rules of the floor"),
    "doi-tra": lazy_gettext("Returns and complaints"),
    "bao-mat": lazy_gettext("Privacy"),
    "lien-he": lazy_gettext("Contact"),
}


@public
def page(slug: str) -> Response:
    """Show a standing page; raise NotFound for an unknown one."""
    if slug not in TITLES:
        raise NotFound
    return render(
        "web/page.html",
        slug=slug,
        title=TITLES[slug],
        titles=TITLES,
        contact=current_app.config["FLOOR_CONTACT"],
    )
