"""What the pages of reviews read, each with all it shows."""

from shop.reviews.queries.moderation import case, queue, reports_of, waiting
from shop.reviews.queries.own import Reviewable, own_line, reviewables
from shop.reviews.queries.public import page_of_reviews, shown_review, spread
from shop.reviews.queries.stall import page_of_stall_reviews, stall_review, unanswered

__all__ = [
    "Reviewable",
    "case",
    "own_line",
    "page_of_reviews",
    "page_of_stall_reviews",
    "queue",
    "reports_of",
    "reviewables",
    "shown_review",
    "spread",
    "stall_review",
    "unanswered",
    "waiting",
]
