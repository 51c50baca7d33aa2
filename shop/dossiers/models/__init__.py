"""Tables of the room: self-assessments, and dossiers on their route."""

from shop.dossiers.models.assessments import Assessment, AssessmentAnswer, AssessmentEvidence

__all__ = (
    "Assessment",
    "AssessmentAnswer",
    "AssessmentEvidence",
)
