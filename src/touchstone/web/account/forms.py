"""What a person may change about herself."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from touchstone.people.enums import Position
from touchstone.web.account.places import STATES, time_zones


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As it stands on your badges. Assessors never see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    position = forms.ChoiceField(label=_("What you do"), choices=Position.choices)
    state = forms.ChoiceField(
        label=_("State or territory"),
        required=False,
        choices=[("", _("Not in the United States, or I would rather not say")), *STATES],
        help_text=_("It helps to keep people you may know from assessing your work."),
    )
    language = forms.ChoiceField(label=_("Language of the pages and mails"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zones, help_text=_("Dates and times are shown in this zone.")
    )
