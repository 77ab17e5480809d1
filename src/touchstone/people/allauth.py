"""Where django-allauth meets our people: its accounts get a Person and a pseudonym, its mails go to the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from touchstone.kit import mail
from touchstone.people import actions
from touchstone.people.enums import Position
from touchstone.people.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context)
        mail.post(
            kind=template_prefix.rpartition("/")[2],
            to=email,
            subject=message.subject,
            text=str(message.body),
            now=timezone.now(),
        )


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail, password, and the name and position that make a Person."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As it should stand on your badges. Assessors never see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    position = forms.ChoiceField(label=_("What you do"), choices=Position.choices)

    def save(self, request: HttpRequest) -> Account:
        account: Account = super().save(request)
        actions.register_person(
            account=account,
            name=self.cleaned_data["name"],
            position=self.cleaned_data["position"],
            language=translation.get_language() or "en",
            now=timezone.now(),
        )
        return account
