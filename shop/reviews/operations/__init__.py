"""Writing, answering, reporting and judging reviews; the one door through which each goes."""

from shop.reviews.operations.answering import answer_review
from shop.reviews.operations.judging import Verdict, decide_reports, fingerprint
from shop.reviews.operations.rating import lock_rating, refresh_rating
from shop.reviews.operations.reporting import Complaint, report_review
from shop.reviews.operations.writing import Said, edit_review, write_review

__all__ = [
    "Complaint",
    "Said",
    "Verdict",
    "answer_review",
    "decide_reports",
    "edit_review",
    "fingerprint",
    "lock_rating",
    "refresh_rating",
    "report_review",
    "write_review",
]
