"""What a moderator is shown of an application, with what a machine can already say about it."""

from collections.abc import Sequence

from flask_babel import gettext

from shop.core import clock
from shop.core.vietnamese import fold
from shop.stalls import tax_codes
from shop.stalls.models import Stall, StallDocument

Finding = tuple[str, str, str, str]


def findings(
    stall: Stall, papers: Sequence[StallDocument], same_code: Sequence[str]
) -> list[Finding]:
    """Return (what, value, note, tone) for each claim of an application."""
    return [
        (gettext("Legal name"), stall.legal_name, "", ""),
        (gettext("Name of the stall"), stall.name, *_name_note(stall)),
        (gettext("Kind of producer"), str(stall.kind.label), "", ""),
        (gettext("Tax code or personal code"), stall.tax_code, *_code_note(stall, same_code)),
        (gettext("Representative"), stall.representative, "", ""),
        (gettext("Phone"), stall.phone, "", ""),
        (gettext("Place"), _place(stall), "", ""),
        (gettext("Papers"), str(len(papers)), *_papers_note(papers)),
    ]


def _name_note(stall: Stall) -> tuple[str, str]:
    if fold(stall.name) in fold(stall.legal_name) or fold(stall.legal_name) in fold(stall.name):
        return "", ""
    return gettext("differs from the legal name"), "warn"


def _code_note(stall: Stall, same_code: Sequence[str]) -> tuple[str, str]:
    if same_code:
        return gettext("also given by %(names)s", names=", ".join(same_code)), "danger"
    if tax_codes.is_personal(stall.tax_code):
        return gettext("personal code, compare with the card"), "warn"
    return gettext("check digit is right"), "ok"


def _papers_note(papers: Sequence[StallDocument]) -> tuple[str, str]:
    expired = sum(1 for paper in papers if is_expired(paper))
    return (gettext("%(count)s of them expired", count=expired), "danger") if expired else ("", "")


def is_expired(paper: StallDocument) -> bool:
    """Tell whether the printed expiry of a paper has passed."""
    return paper.expires_on is not None and paper.expires_on < clock.today()


def _place(stall: Stall) -> str:
    return ", ".join((stall.street, stall.commune.full_name, stall.province.name))
