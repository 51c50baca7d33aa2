"""The blueprint that the moderators' pages of the room share."""

from flask import Blueprint

bp = Blueprint("dossiers_moderator", __name__, url_prefix="/tham-dinh/ho-so")
