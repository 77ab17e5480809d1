"""What platform staff say before they look."""

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.people.enums import GlassCause
from touchstone.people.models.glass import LONGEST_REASON
from touchstone.web.operate.finding import Whose


class LookForm(forms.Form):
    """Whom, why, and for how long."""

    who = forms.CharField(
        label=_("E-mail address or code"),
        help_text=_("A verified address of the person, or the code of a piece of work such as AB12-CD34."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    whose = forms.ChoiceField(
        label=_("With a code: whom you must know"),
        choices=Whose.choices,
        initial=Whose.EARNER,
        widget=forms.RadioSelect,
    )
    cause = forms.ChoiceField(
        label=_("Cause, told to the person"),
        choices=[("", _("Choose one")), *GlassCause.choices],
    )
    reason = forms.CharField(
        label=_("Reason, in your words"),
        help_text=_("At least 20 signs. Other platform staff can read it; names are taken out before it is kept."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(15, _("15 minutes")), (30, _("30 minutes")), (60, _("60 minutes"))],
        initial=15,
    )
