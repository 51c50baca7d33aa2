"""The pages of people: coming in, the account, its devices and addresses."""

from shop.accounts.views import account, addresses, devices, entrance, recovery
from shop.accounts.views.blueprint import bp
from shop.accounts.views.device import init_app

__all__ = ["account", "addresses", "bp", "devices", "entrance", "init_app", "recovery"]
