"""Use cases of the room: self-assessments, and the route of a dossier."""

from shop.dossiers.operations.assessments import (
    Saved,
    discard_assessment,
    remove_evidence,
    save_answer,
    start_assessment,
)
from shop.dossiers.operations.councils import (
    close_council,
    convene,
    hand_in_sheet,
    save_sheet,
)
from shop.dossiers.operations.handing_in import hand_in, withdraw
from shop.dossiers.operations.offices import add_note, forward, give_back
from shop.dossiers.operations.outcomes import (
    recognise,
    recognise_five,
    refuse,
    send_down,
    send_up,
)
from shop.dossiers.operations.seats import reseat

__all__ = (
    "Saved",
    "add_note",
    "close_council",
    "convene",
    "discard_assessment",
    "forward",
    "give_back",
    "hand_in",
    "hand_in_sheet",
    "recognise",
    "recognise_five",
    "refuse",
    "remove_evidence",
    "reseat",
    "save_answer",
    "save_sheet",
    "send_down",
    "send_up",
    "start_assessment",
    "withdraw",
)
