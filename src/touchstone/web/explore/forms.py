"""What a visitor may ask the explorer for."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from touchstone.catalogue import queries
from touchstone.catalogue.queries import Search
from touchstone.web.explore.wording import GRAINS, Words


class SearchForm(forms.Form):
    """Words and filters of a GET; what cannot be read counts as not asked for."""

    q = forms.CharField(label=_("Search"), max_length=200, required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    issuer = forms.ChoiceField(label=_("Issuer"), required=False)
    grain = forms.ChoiceField(label=_("Size"), required=False, choices=[("", _("Any size")), *GRAINS.items()])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        topics = [(row.key, str(row)) for row in queries.list_topics()]
        issuers = [(row.slug, row.name) for row in queries.list_issuers()]
        self._choose("topic", [("", _("Every topic")), *topics])
        self._choose("issuer", [("", _("Every issuer")), *issuers])

    def _choose(self, name: str, choices: list[tuple[str, Words]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def search(self) -> Search:
        self.full_clean()
        read = self.cleaned_data
        return Search(
            words=read.get("q", ""),
            topic=read.get("topic", ""),
            issuer=read.get("issuer", ""),
            grain=read.get("grain", ""),
        )
