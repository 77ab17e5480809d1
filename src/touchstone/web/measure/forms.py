"""Forms of the validity record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.insights.enums import ValidityKind


class NoteForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=ValidityKind)
    on_date = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(
        label=_("What was done and found"),
        help_text=_("Everybody can read this. Say who judged by their role, never by name, and how many there were."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
