"""The moderators' pages of the room, a file for each matter."""

from shop.certification.moderator_views import desk

bp = desk.bp

__all__ = ("bp",)
