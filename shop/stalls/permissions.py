"""What the two kinds of stall account may do; the table is the whole rule."""

import enum

from shop.stalls.models import MemberKind, StallMember


class Permission(enum.StrEnum):
    """One thing that a member of a stall may be allowed to do."""

    MANAGE_STALL = "manage_stall"
    MANAGE_MEMBERS = "manage_members"
    HANDLE_MONEY = "handle_money"
    MANAGE_CERTIFICATES = "manage_certificates"
    EDIT_GOODS = "edit_goods"
    EDIT_STOCK = "edit_stock"
    HANDLE_ORDERS = "handle_orders"
    ANSWER_REVIEWS = "answer_reviews"


PERMISSIONS = {
    MemberKind.MANAGER: frozenset(Permission),
    MemberKind.OPERATOR: frozenset(
        {
            Permission.EDIT_GOODS,
            Permission.EDIT_STOCK,
            Permission.HANDLE_ORDERS,
            Permission.ANSWER_REVIEWS,
        }
    ),
}


def may(membership: StallMember, permission: Permission) -> bool:
    """Tell whether a member's kind of account carries the permission."""
    return permission in PERMISSIONS[membership.kind]
