"""Why a certificate is refused or revoked: lists to choose from, which words go with."""

import enum

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString


class ReturnReason(enum.StrEnum):
    """Why a claim goes back to the stall."""

    UNREADABLE = "unreadable"
    PAGES_MISSING = "pages_missing"
    FACTS_DIFFER = "facts_differ"
    PROOF_MISSING = "proof_missing"
    OTHER = "other"

    @property
    def label(self) -> LazyString:
        """Return the reason in words."""
        return _RETURNS[self]


_RETURNS = {
    ReturnReason.UNREADABLE: lazy_gettext("The scan cannot be read"),
    ReturnReason.PAGES_MISSING: lazy_gettext("Pages of the decision are missing"),
    ReturnReason.FACTS_DIFFER: lazy_gettext("What was typed differs from the scan"),
    ReturnReason.PROOF_MISSING: lazy_gettext("Proof of the holder or the product is missing"),
    ReturnReason.OTHER: lazy_gettext("Another reason"),
}


class RefusalReason(enum.StrEnum):
    """Why a claim is refused."""

    NOT_LISTED = "not_listed"
    OTHER_HOLDER = "other_holder"
    OTHER_PRODUCT = "other_product"
    ALTERED = "altered"
    OTHER = "other"

    @property
    def label(self) -> LazyString:
        """Return the reason in words."""
        return _REFUSALS[self]


_REFUSALS = {
    RefusalReason.NOT_LISTED: lazy_gettext("The decision does not name this product"),
    RefusalReason.OTHER_HOLDER: lazy_gettext("The certificate belongs to another holder"),
    RefusalReason.OTHER_PRODUCT: lazy_gettext("The certificate is for another product"),
    RefusalReason.ALTERED: lazy_gettext("The scan shows signs of having been altered"),
    RefusalReason.OTHER: lazy_gettext("Another reason"),
}


class RevocationReason(enum.StrEnum):
    """Why a certificate is revoked, after Decision 26/2026/QĐ-TTg, a to đ, or by its authority."""

    FALSE_DOSSIER = "false_dossier"
    CRITERIA = "criteria"
    LAW = "law"
    MARK = "mark"
    CEASED = "ceased"
    AUTHORITY = "authority"
    MISTAKE = "mistake"

    @property
    def label(self) -> LazyString:
        """Return the reason in words."""
        return _REVOCATIONS[self]


_REVOCATIONS = {
    RevocationReason.FALSE_DOSSIER: lazy_gettext("The dossier was false"),
    RevocationReason.CRITERIA: lazy_gettext("The product no longer meets the criteria"),
    RevocationReason.LAW: lazy_gettext(
        "A breach of quality, food safety, environment, property or label law"
    ),
    RevocationReason.MARK: lazy_gettext("The OCOP mark was used wrongly"),
    RevocationReason.CEASED: lazy_gettext("Production has ceased"),
    RevocationReason.AUTHORITY: lazy_gettext("An authority has found a fault"),
    RevocationReason.MISTAKE: lazy_gettext("It was verified here by mistake"),
}

Reason = ReturnReason | RefusalReason | RevocationReason


def in_words(reason: Reason, words: str) -> str:
    """Return the reason as the stall and the public read it."""
    said = f"{reason.label}. {words}" if words else f"{reason.label}."
    return said.replace("..", ".")
