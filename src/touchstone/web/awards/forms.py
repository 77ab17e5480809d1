"""What a holder and award staff may say about an award."""

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.credentials.enums import RevocationReason, Visibility


class ShareForm(forms.Form):
    """Who may see an award."""

    visibility = forms.ChoiceField(
        label=_("Who may see this award"),
        choices=[
            (Visibility.PRIVATE, _("Private: only you and the award staff of the issuer")),
            (Visibility.LINK, _("By link: whoever has its address. You can take it back at any time")),
            (Visibility.LISTED, _("Listed: also found by your name, in the directory and on the issuer’s public page")),
        ],
        widget=forms.RadioSelect,
    )


class RevokeForm(forms.Form):
    """Why an award is taken back."""

    reason = forms.ChoiceField(
        label=_("Reason, shown to everyone who may see the award"),
        choices=[("", _("Choose one")), *RevocationReason.choices],
    )
    note = forms.CharField(
        label=_("What happened"),
        help_text=_("Kept for the issuer’s award staff; never shown to anyone else."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
