"""What scoring leaders type and choose."""

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.assessment.actions.leading import REASON_CAP


class WaiveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why does one reading have to do?"),
        max_length=REASON_CAP,
        help_text=_("Kept with the promise of two readings. Write nothing that could tell whose work it is."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QualifyForm(forms.Form):
    membership = forms.UUIDField()
    item = forms.UUIDField()


class AllyForm(forms.Form):
    ally = forms.SlugField()
