"""What administrators fill in."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from touchstone.people.actions.invitations import LONGEST_OPEN, MOST_USES, NOT_BY_LINK, STAYS_OPEN
from touchstone.people.actions.roles import ISSUER_ROLES
from touchstone.people.enums import DomainRule, OrganisationKind, Role
from touchstone.people.models import Organisation
from touchstone.people.rosters import MOST_BYTES
from touchstone.web.account.forms import day_field
from touchstone.web.account.places import STATES

_WORKS_HERE = _("They work here")
_NO_ROLE = _("No role: they only work here")


def roles_of(place: Organisation, *, by_link: bool = False, platform: bool = False) -> list[tuple[str, object]]:
    """The roles that can be offered in an organisation, with the choice of none."""
    left_out = {
        *(() if platform else [Role.PLATFORM_STAFF]),
        *(() if place.is_issuer else ISSUER_ROLES),
        *(NOT_BY_LINK if by_link else ()),
    }
    return [("", _NO_ROLE), *((role.value, role.label) for role in Role if role not in left_out)]


class OfferForm(forms.Form):
    """What an invitation offers."""

    role = forms.ChoiceField(label=_("Role"), required=False)
    employs = forms.BooleanField(
        label=_WORKS_HERE,
        required=False,
        initial=True,
        help_text=_("Then nobody else who works here assesses their work, and they assess nobody’s from here."),
    )

    def __init__(self, *args: Any, roles: list[tuple[str, object]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class InviteForm(OfferForm):
    email = forms.EmailField(label=_("E-mail address"), help_text=_("Only whoever has this address can accept."))
    name = forms.CharField(label=_("Name"), max_length=120, required=False, help_text=_("For the greeting."))
    from_date = day_field(_("First day in the role"), required=False, help_text=_("Empty: the day they accept."))
    to_date = day_field(_("Last day in the role"), required=False, help_text=_("Empty: until somebody ends it."))
    field_order = ("email", "name", "role", "employs", "from_date", "to_date")


class LinkForm(OfferForm):
    max_uses = forms.IntegerField(label=_("How many people may use it"), min_value=1, max_value=MOST_USES, initial=30)
    expires_on = day_field(_("Last day it works"), help_text=_("No more than 180 days from now."))
    to_date = day_field(_("Last day in the role"), required=False, help_text=_("Empty: until somebody ends it."))

    def __init__(self, *args: Any, today: date, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["expires_on"].initial = today + STAYS_OPEN
        self.fields["expires_on"].widget.attrs.update(
            {"min": today.isoformat(), "max": (today + LONGEST_OPEN - timedelta(days=1)).isoformat()}
        )


def end_of(day: date, place: Organisation) -> datetime:
    """The last moment of a day where the organisation is."""
    return datetime.combine(day, time.max, ZoneInfo(place.time_zone))


class ListForm(OfferForm):
    """A list to look through; between looking and sending it travels in the page, not in the database."""

    file = forms.FileField(
        label=_("Your list, as a CSV file"),
        max_length=200,
        help_text=_("Columns: name, email, role. Only email is needed. Save it as CSV from your spreadsheet."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    field_order = ("file", "role", "employs")

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["role"].label = _("Role for lines that name none")

    def data_of_file(self) -> bytes:
        """What was sent, and one byte more than is allowed at most."""
        return bytes(self.cleaned_data["file"].read(MOST_BYTES + 1))


class DomainForm(forms.Form):
    domain = forms.CharField(
        label=_("E-mail domain"),
        max_length=253,
        help_text=_("What stands after the @ in your people’s addresses, such as example.org."),
    )
    rule = forms.ChoiceField(
        label=_("When somebody shows an address there is hers"),
        choices=DomainRule.choices,
        initial=DomainRule.ASK,
        widget=forms.RadioSelect,
    )


class PartForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices, initial=OrganisationKind.SCHOOL)
    state = forms.ChoiceField(
        label=_("State or territory"), required=False, choices=[("", _("The same as above it")), *STATES]
    )


class DatesForm(forms.Form):
    from_date = day_field(_("First day"))
    to_date = day_field(_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))
