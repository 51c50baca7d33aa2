"""The blueprint that the stall's pages of this room hang themselves into."""

from flask import Blueprint

bp = Blueprint("dossiers_stall", "shop.dossiers.stall_views", url_prefix="/quan-ly/<stall_slug>")
