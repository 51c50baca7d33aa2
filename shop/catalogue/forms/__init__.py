"""What a stall types about its goods, and a moderator about a decision."""

from shop.catalogue.forms.packs import (
    CountForm,
    NewPackForm,
    PackForm,
    ReceiveForm,
    base_units,
    in_large_units,
)
from shop.catalogue.forms.words import DecisionForm, PicturesForm, WordsForm

__all__ = (
    "CountForm",
    "DecisionForm",
    "NewPackForm",
    "PackForm",
    "PicturesForm",
    "ReceiveForm",
    "WordsForm",
    "base_units",
    "in_large_units",
)
