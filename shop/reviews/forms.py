"""Forms of reviews: writing, answering, reporting, deciding."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from shop.reviews.models import ReportReason, Review
from shop.reviews.reasons import HidingReason
from shop.reviews.reviewing import MOST_LETTERS, RATINGS, rating_words
from shop.web.forms import ShopForm


class ReviewForm(ShopForm):
    """What a buyer says of what she received."""

    rating = RadioField(
        lazy_gettext("How is it?"),
        [InputRequired(lazy_gettext("Please choose how good it was, from 1 to 5."))],
    )
    words = TextAreaField(
        lazy_gettext("In your words"),
        [Optional(), Length(max=MOST_LETTERS)],
        description=lazy_gettext("Taste, packing, freshness. No names or phone numbers, please."),
    )
    pictures = MultipleFileField(
        lazy_gettext("Pictures"),
        description=lazy_gettext("Up to 4. Where they were taken is not kept."),
    )
    dropped = SelectMultipleField(
        lazy_gettext("Remove pictures"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, review: Review | None = None, **kwargs: Any) -> None:
        """Offer the ratings, and the pictures that a review has to be dropped."""
        start = {"rating": str(review.rating), "words": review.words} if review else None
        super().__init__(data=start, **kwargs)
        self.rating.choices = [
            (
                str(rating),
                lazy_gettext(
                    "%(rating)s of 5: %(words)s", rating=rating, words=rating_words(rating)
                ),
            )
            for rating in RATINGS
        ]
        kept = review.pictures if review else []
        self.dropped.choices = [
            (picture.id, lazy_gettext("Picture %(number)s", number=number))
            for number, picture in enumerate(kept, start=1)
        ]

    def files(self) -> list[Any]:
        """Return the files that were really chosen; an empty field sends one without a name."""
        return [file for file in self.pictures.data or () if getattr(file, "filename", "")]


class AnswerForm(ShopForm):
    """What a stall answers."""

    words = TextAreaField(
        lazy_gettext("Your answer"),
        [InputRequired(lazy_gettext("Please write an answer.")), Length(max=1000)],
        description=lazy_gettext("Everybody reads it under the review."),
    )


class ReportForm(ShopForm):
    """What is wrong with a review."""

    reason = RadioField(
        lazy_gettext("What is wrong with it?"),
        [InputRequired(lazy_gettext("Please choose what is wrong with it."))],
    )
    words = TextAreaField(lazy_gettext("In your words"), [Optional(), Length(max=500)])

    def __init__(self, **kwargs: Any) -> None:
        """Offer the reasons."""
        super().__init__(**kwargs)
        self.reason.choices = [(reason.value, reason.label) for reason in ReportReason]


class VerdictForm(ShopForm):
    """What a moderator decides, and on what ground."""

    seen = HiddenField(validators=[InputRequired()])
    ground = RadioField(
        lazy_gettext("Ground of law, to hide it"), [Optional()], validate_choice=False
    )
    words = TextAreaField(
        lazy_gettext("The rule and why, in a sentence"),
        [InputRequired(lazy_gettext("Please name the rule, in a sentence.")), Length(max=1000)],
        description=lazy_gettext("Author and reporters read this; it stays on record."),
    )

    def __init__(self, **kwargs: Any) -> None:
        """Offer the grounds."""
        super().__init__(**kwargs)
        self.ground.choices = [(ground.value, ground.label) for ground in HidingReason]
