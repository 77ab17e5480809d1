"""What an earner fills in beside her answers."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.portfolio.enums import AttestationKind


class LinkForm(forms.Form):
    url = forms.CharField(
        label=_("Address of the page"),
        max_length=1000,
        help_text=_("Open it in a private window first: your assessor must be able to see it without signing in."),
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        error_messages={"required": _("Paste the address of the page.")},
    )
    name = forms.CharField(label=_("What it shows"), max_length=255, required=False)


class TextForm(forms.Form):
    text = forms.CharField(
        label=_("Your text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write or paste the text first.")},
    )
    name = forms.CharField(label=_("What it is"), max_length=255, required=False)


class SendForm(forms.Form):
    """One box to tick for each statement the earner must confirm."""

    def __init__(self, kinds: Iterable[AttestationKind], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for kind in kinds:
            self.fields[kind.value] = forms.BooleanField(
                label=kind.label, error_messages={"required": _("Please confirm this, or mend it first.")}
            )

    @property
    def attested(self) -> list[str]:
        return [name for name, ticked in self.cleaned_data.items() if ticked]
