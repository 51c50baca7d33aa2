"""The moderators' pages of the room, a file for each matter."""

from shop.certification.moderator_views import desk, grades, life, lists, reports
from shop.certification.moderator_views.desk import bp

__all__ = ("bp", "desk", "grades", "life", "lists", "reports")
