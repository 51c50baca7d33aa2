"""Use cases of stalls: applying, deciding, settings, the people who work there."""

from shop.stalls.operations.applications import (
    keep_application,
    remove_paper,
    submit_application,
)
from shop.stalls.operations.decisions import (
    Reason,
    accept_stall,
    reactivate_stall,
    return_stall,
    suspend_stall,
)
from shop.stalls.operations.locks import lock_stall
from shop.stalls.operations.members import add_member, change_kind, remove_member
from shop.stalls.operations.settings import Settings, change_settings
from shop.stalls.operations.telling import tell_members

__all__ = [
    "Reason",
    "Settings",
    "accept_stall",
    "add_member",
    "change_kind",
    "change_settings",
    "keep_application",
    "lock_stall",
    "reactivate_stall",
    "remove_member",
    "remove_paper",
    "return_stall",
    "submit_application",
    "suspend_stall",
    "tell_members",
]
