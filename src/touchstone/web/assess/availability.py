"""How much an assessor takes, and which languages she reads."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from touchstone.assessment import actions, leading
from touchstone.kit import clock
from touchstone.people.enums import Role
from touchstone.web.account.roles import acting_as
from touchstone.web.acting import Request


def _languages() -> list[tuple[str, str]]:
    return [(code, leading.language_name(code)) for code in leading.list_languages()]


class AvailabilityForm(forms.Form):
    at_once = forms.IntegerField(
        label=gettext_lazy("Works in your hands at once, at most"),
        min_value=0,
        max_value=actions.MOST_AT_ONCE,
        help_text=gettext_lazy("Offers count, too. 0 is a pause: you keep what you have and get nothing new."),
    )
    weekly = forms.IntegerField(
        label=gettext_lazy("New works in a week, at most"),
        min_value=0,
        max_value=actions.MOST_WEEKLY,
        required=False,
        help_text=gettext_lazy("Leave it empty for no limit but the one above."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you can assess in"),
        choices=_languages,
        widget=forms.CheckboxSelectMultiple,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@acting_as(Role.ASSESSOR)
def availability(request: Request) -> HttpResponse:
    """See and change it; it counts from the next offer on."""
    form = AvailabilityForm(request.POST or None, initial=leading.availability_of(request.actor))
    if request.method == "POST" and form.is_valid():
        known = leading.list_languages()
        actions.set_availability(actor=request.actor, known=known, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("Saved. It counts from the next offer on."))
        return redirect("assess_home")
    status = 400 if form.is_bound else 200
    return render(request, "assess/availability.html", {"form": form}, status=status)
