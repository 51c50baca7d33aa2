"""What a stall types into its self-assessment, and when it hands the dossier in."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
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
        description=lazy_gettext(
            "The set decides which criteria are asked. A certificate is issued only in the "
            "product's own set."
        ),
    )

    def offer(
        self, products: Sequence[tuple[int, str, int]], sets: Sequence[tuple[int, str]]
    ) -> None:
        """Offer these products, each with its own set, and the sets, the product's own first."""
        self.product_id.choices = [
            SelectChoice(number, lazy_gettext("%(name)s (set %(own)s)", name=name, own=own))
            for number, name, own in products
        ]
        self.product_set.choices = [
            SelectChoice(OWN_SET, self._own_set(products, dict(sets))),
            *(SelectChoice(number, f"{number}. {name}") for number, name in sets),
        ]

    def _own_set(
        self, products: Sequence[tuple[int, str, int]], names: Mapping[int, str]
    ) -> LazyString:
        """Return the words of the own set; with its name where the product is known already."""
        known = {number: own for number, _name, own in products}
        chosen = next(iter(known)) if len(known) == 1 else self.product_id.data
        own = known.get(chosen or 0)
        if own is None:
            return lazy_gettext("The product's own set")
        name = names.get(own, "")
        return lazy_gettext("The product's own set: %(own)s. %(name)s", own=own, name=name)


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
    """What the stall asks for, and that it knows what lacks."""

    kind = SelectField(lazy_gettext("What do you ask for?"), [InputRequired()])
    sure = BooleanField(
        lazy_gettext("I have seen what lacks and hand it in as it is."),
        [InputRequired(lazy_gettext("Something lacks: please confirm, or complete it first."))],
    )

    def offer(self, kinds: Sequence[DossierKind]) -> None:
        """Offer these kinds, the first unless another is chosen."""
        self.kind.choices = [SelectChoice(each.value, each.label) for each in kinds]
