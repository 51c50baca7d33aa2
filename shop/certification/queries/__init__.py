"""Reads of the room: live certificates, the public registry, the desk of the moderators."""

from shop.certification.queries.certificates import certificate_for, history, live

__all__ = ("certificate_for", "history", "live")
