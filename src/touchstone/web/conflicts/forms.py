"""What a person tells of whom she knows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.people import queries
from touchstone.people.enums import TieKind
from touchstone.people.models import Organisation
from touchstone.people.names import name_key

MOST_PLACES = 12  # to choose from; more means that the words were too few


class ConflictForm(forms.Form):
    """Cleaned, ``organisation`` is the place meant, or None; ``found`` lists places to choose from."""

    kind = forms.ChoiceField(label=_("How do you know each other?"), choices=TieKind.choices, initial=TieKind.KNOWS)
    email = forms.CharField(
        label=_("Their e-mail address"),
        required=False,
        max_length=254,
        help_text=_("The surest way, if you know it. Nobody writes to them."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Their name"), required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    place = forms.CharField(
        label=_("School, district or other organisation"),
        required=False,
        max_length=160,
        help_text=_("With a name: where they work. Alone: everybody who works there."),
    )
    organisation = forms.SlugField(required=False, widget=forms.HiddenInput)

    found: tuple[Organisation, ...] = ()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["organisation"] = self._place(data.get("organisation", ""), data.get("place", "").strip())
        return data

    def _place(self, slug: str, words: str) -> Organisation | None:
        if slug:
            return queries.find_organisation(slug)
        if not words:
            return None
        rows = tuple(queries.search_organisations(words).rows)
        same = tuple(row for row in rows if name_key(row.name) == name_key(words))
        if len(same) == 1 or len(rows) == 1:
            return (same or rows)[0]
        self.found = rows[:MOST_PLACES]
        sentence = _("More than one place fits. Choose it below.") if self.found else _NO_PLACE
        self.add_error("place", sentence)
        return None


_NO_PLACE = _("We know no place of that name. Try fewer words, or leave it out and give an address or a name.")


class WithdrawForm(forms.Form):
    statement = forms.UUIDField()
