"""What a holder and award staff may say about an award."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.credentials.enums import RevocationReason, Visibility
from touchstone.credentials.models import Award
from touchstone.credentials.sharing.evidence import Piece
from touchstone.web.awards.pieces import label_of


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


class EvidenceForm(forms.Form):
    """Which pieces of her evidence stand beside an award where others see it."""

    pieces = forms.MultipleChoiceField(
        label=_("Pieces others may open"),
        help_text=_(
            "Always the cleaned copy your assessor got, never your own file. Whoever may see the award may open them."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    released = forms.BooleanField(
        label=_(
            "Everybody who can be recognised in them, and the parents of students, agreed that they are shown to others"
        ),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, pieces: Sequence[Piece], **given: Any) -> None:
        super().__init__(data, **given)
        choices = [(row.artifact.token, _named(row)) for row in pieces]
        self.fields["pieces"].choices = choices  # type: ignore[attr-defined]


def _named(piece: Piece) -> str:
    """For the holder: with the name she gave it, by which she knows it."""
    label = label_of(piece)
    return f"{label} ({piece.artifact.name})" if piece.artifact.name else label


class CollectionForm(forms.Form):
    """A collection: its name, what it is about, who sees it, and which awards stand where in it."""

    name = forms.CharField(label=_("Name"), max_length=120)
    sentence = forms.CharField(
        label=_("What they show together"),
        help_text=_("One sentence, shown under the name."),
        required=False,
        max_length=300,
    )
    visibility = forms.ChoiceField(
        label=_("Who may see this collection"),
        choices=[
            (Visibility.PRIVATE, _("Private: only you")),
            (Visibility.LINK, _("By link: whoever has its address. Awards that are private themselves are left out")),
        ],
        initial=Visibility.PRIVATE,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        awards: Sequence[Award],
        chosen: Sequence[str] = (),
        **given: Any,
    ) -> None:
        super().__init__(data, **given)
        self.awards = awards
        for award in awards:
            self.fields[f"place-{award.token}"] = forms.IntegerField(
                label=award.title,
                required=False,
                min_value=1,
                max_value=999,
                initial=chosen.index(award.token) + 1 if award.token in chosen else None,
                widget=forms.NumberInput(attrs={"class": "input place", "inputmode": "numeric"}),
            )

    @property
    def places(self) -> list[tuple[Award, forms.BoundField]]:
        return [(award, self[f"place-{award.token}"]) for award in self.awards]

    @property
    def chosen(self) -> list[str]:
        """Tokens of the awards with a number, by that number; of equal ones the newer award first."""
        places = [(self.cleaned_data[f"place-{award.token}"], award.token) for award in self.awards]
        return [token for place, token in sorted((row for row in places if row[0]), key=lambda row: row[0])]


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
