"""What people do with their account: come in, go out, recover it, say where they live."""

from shop.accounts.operations.addresses import (
    AddressInput,
    delete_address,
    make_default,
    save_address,
)
from shop.accounts.operations.people import (
    LETTER_TOPIC,
    NewPerson,
    create_person,
    register,
    set_blocked,
    update_profile,
)
from shop.accounts.operations.recovery import (
    FORGOTTEN_TOPIC,
    LinkGone,
    ask_for_reset,
    begin_reset,
    change_password,
    choose_password,
)
from shop.accounts.operations.scopes import give_scope, take_scope
from shop.accounts.operations.sessions import (
    note_seen,
    revoke_all,
    revoke_device,
    sign_in,
    sign_out,
)

__all__ = [
    "FORGOTTEN_TOPIC",
    "LETTER_TOPIC",
    "AddressInput",
    "LinkGone",
    "NewPerson",
    "ask_for_reset",
    "begin_reset",
    "change_password",
    "choose_password",
    "create_person",
    "delete_address",
    "give_scope",
    "make_default",
    "note_seen",
    "register",
    "revoke_all",
    "revoke_device",
    "save_address",
    "set_blocked",
    "sign_in",
    "sign_out",
    "take_scope",
    "update_profile",
]
