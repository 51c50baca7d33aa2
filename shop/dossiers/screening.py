"""What a commune answers when it screens a dossier: its parts, and the four matters it judges."""

import enum

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString


class Matter(enum.StrEnum):
    """A line of the screening, after Decision 26/2026/QĐ-TTg."""

    PARTS = "parts"
    MATERIAL_ORIGIN = "material_origin"
    LOCAL_LABOUR = "local_labour"
    IDEA_ORIGIN = "idea_origin"
    LOCAL_IDENTITY = "local_identity"

    @property
    def label(self) -> LazyString:
        """Return the matter in words."""
        return _MATTERS[self]


_MATTERS = {
    Matter.PARTS: lazy_gettext("The parts of the dossier are complete"),
    Matter.MATERIAL_ORIGIN: lazy_gettext("Origin of the material"),
    Matter.LOCAL_LABOUR: lazy_gettext("Use of local labour"),
    Matter.IDEA_ORIGIN: lazy_gettext("Origin of the product idea"),
    Matter.LOCAL_IDENTITY: lazy_gettext("Local identity"),
}


class Finding(enum.StrEnum):
    """How the commune finds a matter."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    NOT_CONFIRMED = "not_confirmed"

    @property
    def label(self) -> LazyString:
        """Return the finding in words."""
        return _FINDINGS[self]


_FINDINGS = {
    Finding.CONFIRMED: lazy_gettext("Confirmed"),
    Finding.PARTLY: lazy_gettext("Confirmed in part"),
    Finding.NOT_CONFIRMED: lazy_gettext("Not confirmed"),
}


def is_complete(findings: dict[Matter, Finding]) -> bool:
    """Tell whether every matter has its finding."""
    return set(findings) == set(Matter)
