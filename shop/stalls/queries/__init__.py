"""What pages read about stalls, each with all it shows."""

from shop.stalls.queries.applications import (
    Waiting,
    case,
    case_document,
    documents,
    open_application,
    others_with_code,
    own_document,
    public_papers,
    queue,
    waiting,
)
from shop.stalls.queries.people import (
    entering,
    is_member,
    member,
    members,
    membership,
    memberships,
    stalls_run_by,
    worked_here,
)
from shop.stalls.queries.stalls import (
    StallFilter,
    page_of_stalls,
    present_slug,
    stall_by_id,
    stall_by_slug,
)

__all__ = [
    "StallFilter",
    "Waiting",
    "case",
    "case_document",
    "documents",
    "entering",
    "is_member",
    "member",
    "members",
    "membership",
    "memberships",
    "open_application",
    "others_with_code",
    "own_document",
    "page_of_stalls",
    "present_slug",
    "public_papers",
    "queue",
    "stall_by_id",
    "stall_by_slug",
    "stalls_run_by",
    "waiting",
    "worked_here",
]
