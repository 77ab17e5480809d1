"""What award staff and administrators type and choose."""

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.credentials.actions.endorsing import COMMENT_CAP
from touchstone.credentials.actions.standing import NOTE_CAP
from touchstone.credentials.enums import SuspensionReason


class GiveUpForm(forms.Form):
    """The step in between: a key given up cannot be taken back."""

    sure = forms.BooleanField(label=_("Yes, this key may be in other hands, or I want it to count no more."))


class SuspendForm(forms.Form):
    """Why an award is looked into."""

    reason = forms.ChoiceField(
        label=_("Reason, shown to everyone who may see the award"),
        choices=[("", _("Choose one")), *SuspensionReason.choices],
    )
    note = forms.CharField(
        label=_("What happened"),
        help_text=_("Kept for the issuer’s award staff; never shown to anyone else."),
        required=False,
        max_length=NOTE_CAP,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EndorseForm(forms.Form):
    """What is endorsed, by the address of its page, and what is said of it."""

    address = forms.CharField(
        label=_("Address of the page"),
        help_text=_("Of a micro-credential, an issuer, or an award you were given the link of, on this site."),
        max_length=400,
    )
    comment = forms.CharField(
        label=_("What your organisation vouches for"),
        help_text=_(
            "Signed with your organisation’s key and shown with its name. Badges carry it to wherever they go."
        ),
        max_length=COMMENT_CAP,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
