"""The forms of stalls."""

from shop.stalls.forms.application import ApplicationSheet, NewPaperForm, typed_fields
from shop.stalls.forms.cockpit import KindForm, MemberForm, SettingsForm
from shop.stalls.forms.decisions import DecisionForm, ReturnForm, SuspensionForm

__all__ = [
    "ApplicationSheet",
    "DecisionForm",
    "KindForm",
    "MemberForm",
    "NewPaperForm",
    "ReturnForm",
    "SettingsForm",
    "SuspensionForm",
    "typed_fields",
]
