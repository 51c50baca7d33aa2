"""Use cases of stalls: applying, deciding, settings, the people who work there."""

from shop.stalls.operations.telling import tell_members

__all__ = ["tell_members"]
