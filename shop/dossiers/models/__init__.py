"""Tables of the room: self-assessments, and dossiers on their route."""

from shop.dossiers.models.assessments import Assessment, AssessmentAnswer, AssessmentEvidence
from shop.dossiers.models.dossiers import (
    CouncilSeat,
    Dossier,
    DossierKind,
    DossierNote,
    NoteKind,
)

__all__ = (
    "Assessment",
    "AssessmentAnswer",
    "AssessmentEvidence",
    "CouncilSeat",
    "Dossier",
    "DossierKind",
    "DossierNote",
    "NoteKind",
)
