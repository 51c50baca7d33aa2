"""The moderators' pages of the room, a file for each matter."""

from shop.dossiers.moderator_views import desk, outcomes, sheets
from shop.dossiers.moderator_views.blueprint import bp

__all__ = ("bp", "desk", "outcomes", "sheets")
