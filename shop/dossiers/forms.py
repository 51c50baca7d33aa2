"""What a stall types into its self-assessment, and when it hands the dossier in."""

from collections.abc import Sequence

from flask_babel import lazy_gettext
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from shop.core import files
from shop.core.errors import InvalidInput
from shop.criteria.sheet import Criterion
from shop.dossiers.models import DossierKind
from shop.dossiers.operations.assessments import MOST_FILES, MOST_NOTE, Saved
from shop.web.forms import ShopForm

OWN_SET = 0


class StartForm(ShopForm):
    """Which product is assessed, and by the sheet of which set."""

    product_id = SelectField(lazy_gettext("Product"), [InputRequired()], coerce=int)
    product_set = SelectField(
        lazy_gettext("Product set"),
        coerce=int,
        default=OWN_SET,
        description=lazy_gettext("The set decides which criteria are asked."),
    )

    def offer(self, products: Sequence[tuple[int, str]], sets: Sequence[tuple[int, str]]) -> None:
        """Offer these products and sets, the set of the product itself first."""
        own = SelectChoice(OWN_SET, lazy_gettext("The product's own set"))
        self.product_id.choices = [SelectChoice(number, name) for number, name in products]
        self.product_set.choices = [
            own,
            *(SelectChoice(number, f"{number}. {name}") for number, name in sets),
        ]


class AnswerForm(ShopForm):
    """What is said of one criterion: the chosen option, a note, files."""

    option = RadioField(lazy_gettext("Answer"), [Optional()], coerce=int)
    note = TextAreaField(lazy_gettext("Note"), [Length(max=MOST_NOTE)])
    files = MultipleFileField(
        lazy_gettext("Evidence"),
        description=lazy_gettext(
            "Photographs or PDF, at most %(most)s files of 15 MB. Only your stall and those who"
            " judge the dossier see them.",
            most=MOST_FILES,
        ),
    )

    def ask(self, criterion: Criterion) -> None:
        """Offer the options of a criterion."""
        self.option.choices = [
            SelectChoice(place, option.label) for place, option in enumerate(criterion.options)
        ]

    def said(self) -> Saved:
        """Return what was said; raise InvalidInput for a file that cannot be read."""
        uploads = [each for each in self.files.data or () if each]
        if len(uploads) > MOST_FILES:
            raise InvalidInput(
                lazy_gettext("At most %(most)s files for one criterion.", most=MOST_FILES), "files"
            )
        try:
            read = [(files.read_limited(each.stream), each.filename or "") for each in uploads]
        except InvalidInput as error:
            raise InvalidInput(error.message, "files") from error
        return Saved(self.option.data, self.note.data or "", read)


class HandInForm(ShopForm):
    """What the stall asks for."""

    kind = SelectField(
        lazy_gettext("What do you ask for?"),
        [InputRequired()],
        choices=[SelectChoice(each.value, each.label) for each in DossierKind],
    )
