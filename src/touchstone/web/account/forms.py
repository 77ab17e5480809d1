"""What a person may change about herself, and what a parent or guardian may answer."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from touchstone.people.enums import GradeBand, Position, Subject
from touchstone.web.account.places import STATES, time_zones


def day_field(label: object, **facts: object) -> forms.DateField:
    """A day, by the browser's calendar or typed as 2026-08-31."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "placeholder": "2026-08-31"})
    return forms.DateField(label=label, widget=widget, **facts)  # type: ignore[arg-type]  # the field's own options


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As it stands on your badges. Assessors never see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    position = forms.ChoiceField(label=_("What you do"), choices=Position.choices)
    subjects = forms.MultipleChoiceField(
        label=_("What you teach"), required=False, choices=Subject.choices, widget=forms.CheckboxSelectMultiple
    )
    grade_bands = forms.MultipleChoiceField(
        label=_("Whom you teach"), required=False, choices=GradeBand.choices, widget=forms.CheckboxSelectMultiple
    )
    state = forms.ChoiceField(
        label=_("State or territory"),
        required=False,
        choices=[("", _("Not in the United States, or I would rather not say")), *STATES],
        help_text=_("It helps to keep people you may know from assessing your work."),
    )
    language = forms.ChoiceField(label=_("Language of the pages and mails"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zones, help_text=_("Dates and times are shown in this zone.")
    )


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Name of the school, district or other organisation"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class WorkForm(forms.Form):
    """Where somebody works, from when to when."""

    from_date = day_field(_("First day there"), help_text=_("Roughly is fine."))
    to_date = day_field(_("Last day there"), required=False, help_text=_("Leave it empty if you still work there."))
    ask = forms.BooleanField(
        label=_("Ask them to confirm that I work there"),
        required=False,
        help_text=_("An administrator there sees your name. An assessor needs this; an earner does not."),
    )


class MoveForm(forms.Form):
    """To another employer: the old work ends the day before."""

    from_date = day_field(_("First day there"), help_text=_("What is noted of your work before ends the day before."))
    ask = forms.BooleanField(label=_("Ask them to confirm that I work there"), required=False)


class EndForm(forms.Form):
    to_date = day_field(_("Last day there"))


class GuardianAddressForm(forms.Form):
    guardian_email = forms.EmailField(
        label=_("E-mail address of a parent or guardian"),
        help_text=_("We write to this address once, with a link to read and answer. Nothing else is sent there."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class GuardianAnswerForm(forms.Form):
    guardian_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    relation = forms.CharField(
        label=_("How you are related"), max_length=60, help_text=_("For instance: mother, father, legal guardian.")
    )
