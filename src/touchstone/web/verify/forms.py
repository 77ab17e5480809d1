"""The three ways to hand over a badge."""

from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.web.verify import reading

WAYS = ("file", "text", "link")


MOST_FILES = 20
_ACCEPT = ".json,.jsonld,.jwt,.txt,.png,.svg,application/json,image/png,image/svg+xml"


class Given(NamedTuple):
    """One badge to check: the name of its file, if it came in one, and its bytes."""

    name: str
    data: bytes


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; cleaned to a list."""

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class VerifyForm(forms.Form):
    """Exactly one of files, text and link; ``cleaned_data["given"]`` holds the badges."""

    file = FilesField(
        label=_("Badge files"),
        help_text=_(
            "JSON or JWT files, or PNG or SVG pictures with a badge in them; 2 MB each at most. Choose them or drop"
            " them here."
        ),
        required=False,
        allow_empty_file=True,
        widget=SeveralFiles(attrs={"accept": _ACCEPT}),
    )
    text = forms.CharField(
        label=_("Badge as text"),
        help_text=_("Paste the whole JSON, from the first brace to the last, or the whole token (JWT)."),
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

    def clean_file(self) -> list[Given]:
        if self.too_large:
            raise forms.ValidationError(_("This file is larger than 2 MB, so it was not read. No badge is that large."))
        files: list[UploadedFile[bytes]] = self.cleaned_data["file"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("These are more than 20 files. Please check them in smaller parts."))
        given = [Given(str(file.name), file.read()) for file in files]
        if not all(one.data.strip() for one in given):
            raise forms.ValidationError(_("This file is empty. Ask the holder to send it again."))
        return given

    def clean_text(self) -> list[Given]:
        data = str(self.cleaned_data["text"]).strip().encode()
        if len(data) > reading.MOST_BYTES:
            raise forms.ValidationError(_("This text is larger than 2 MB, so it was not read. No badge is that large."))
        return [Given("", data)] if data else []

    def clean_link(self) -> list[Given]:
        address = self.cleaned_data["link"]
        try:
            return [Given("", reading.badge_at(self.actor, address))] if address else []
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
            raise forms.ValidationError(
                _("Give badges in one way at a time: only files, only a text, or only an address.")
            )
        cleaned["given"] = cleaned.get(given[0]) if given else []
        return cleaned
