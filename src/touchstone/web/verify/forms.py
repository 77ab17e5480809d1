"""The three ways to hand over a badge."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.web.verify import reading

WAYS = ("file", "text", "link")


class VerifyForm(forms.Form):
    """Exactly one of file, text and link; ``cleaned_data["data"]`` is the badge as bytes."""

    file = forms.FileField(
        label=_("Badge file"),
        help_text=_(
            "A JSON file, or a PNG or SVG picture with a badge in it; 2 MB at most. Choose it or drop it here."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,.jsonld,.png,.svg,application/json,image/png,image/svg+xml"}),
    )
    text = forms.CharField(
        label=_("Badge as text"),
        help_text=_("Paste the whole JSON, from the first brace to the last."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "code"}),
    )
    link = forms.CharField(
        label=_("Address of an award on this site"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail of the person it should belong to"),
        help_text=_("If you want that checked too. It is not kept."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, actor: Actor, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.too_large = actor, too_large

    def clean_file(self) -> bytes | None:
        if self.too_large:
            raise forms.ValidationError(_("This file is larger than 2 MB, so it was not read. No badge is that large."))
        given: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if given is None:
            return None
        data: bytes = given.read()
        if not data.strip():
            raise forms.ValidationError(_("This file is empty. Ask the holder to send it again."))
        return data

    def clean_text(self) -> bytes | None:
        data = str(self.cleaned_data["text"]).strip().encode()
        if len(data) > reading.MOST_BYTES:
            raise forms.ValidationError(_("This text is larger than 2 MB, so it was not read. No badge is that large."))
        return data or None

    def clean_link(self) -> bytes | None:
        address = self.cleaned_data["link"]
        try:
            return reading.badge_at(self.actor, address) if address else None
        except Refusal as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = [way for way in WAYS if cleaned.get(way)]
        if not self.errors and not given:
            raise forms.ValidationError(
                _("Choose a file, paste a text, or give an address. Nothing came with the form.")
            )
        if len(given) > 1:
            raise forms.ValidationError(_("Give one badge at a time: only a file, only a text, or only an address."))
        cleaned["data"] = cleaned.get(given[0]) if given else None
        return cleaned
