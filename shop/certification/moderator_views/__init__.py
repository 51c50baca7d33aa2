"""The moderators' pages of the room, a file for each matter."""

from shop.certification.moderator_views import desk, life, lists, reports
from shop.certification.moderator_views.desk import bp

__all__ = ("bp", "desk", "life", "lists", "reports")
