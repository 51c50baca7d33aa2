"""The blueprint that the stall's pages of this room hang themselves into."""

from flask import Blueprint

from shop.dossiers.wording import sentence_case

bp = Blueprint("dossiers_stall", "shop.dossiers.stall_views", url_prefix="/quan-ly/<stall_slug>")
bp.add_app_template_filter(sentence_case)
