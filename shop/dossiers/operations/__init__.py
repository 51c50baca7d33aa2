"""Use cases of the room: self-assessments, and the route of a dossier."""

from shop.dossiers.operations.assessments import (
    Saved,
    remove_evidence,
    save_answer,
    start_assessment,
)

__all__ = (
    "Saved",
    "remove_evidence",
    "save_answer",
    "start_assessment",
)
