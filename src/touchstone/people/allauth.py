"""Where django-allauth meets our people: its accounts get a Person and a pseudonym, its mails go to the outbox, and an
address it has verified is noted.
"""

from datetime import date
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from touchstone.kit import clock, mail
from touchstone.kit.errors import Refusal
from touchstone.people import actions, queries
from touchstone.people.actions.persons import adult_day
from touchstone.people.enums import AgeBand, Position
from touchstone.people.errors import NameMissing
from touchstone.people.models import Account
from touchstone.people.names import clean_name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """To a minor's first step, asking a parent or guardian; anybody else to the usual page."""
        person = queries.find_person(request.user) if isinstance(request.user, Account) else None
        if person and not queries.may_upload(person.pseudonym_id, clock.now().date()):
            return reverse("ask_guardian")
        return str(super().get_signup_redirect_url(request))

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Verified and noted together: a process that dies between the two would leave it unnoted for good.

        A code sent twice at once is noted once: whoever comes second waits, and finds the address verified.
        """
        account = email_address.user_id
        Account.objects.select_for_update(no_key=True).get(id=account)
        if EmailAddress.objects.filter(user_id=account, email__iexact=email_address.email, verified=True).exists():
            return True
        return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context)
        mail.post(
            kind=template_prefix.rpartition("/")[2],
            to=email,
            subject=message.subject,
            text=str(message.body),
            now=clock.now(),
        )


def connect() -> None:
    """Hear of verified addresses; called once when the app is ready."""
    email_confirmed.connect(_note_address, dispatch_uid="people.note_address")


def _note_address(sender: object, email_address: EmailAddress, **_facts: object) -> None:
    actions.note_verified_address(account=email_address.user, email=email_address.email, now=clock.now())


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail, password, and the name, position and age that make a Person. No birth date is asked for."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As it should stand on your badges. Assessors never see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    position = forms.ChoiceField(label=_("What you do"), choices=Position.choices)
    age = forms.ChoiceField(label=_("How old you are"), choices=[("", _("Choose")), *AgeBand.choices])
    turns_18 = forms.DateField(
        label=_("Only if you are 13 to 17: the month in which you turn 18"),
        required=False,
        input_formats=["%Y-%m", "%m/%Y"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2029-06"}),
        help_text=_("Until then a parent or guardian has to agree before you send in work. We keep nothing else."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("age") == AgeBand.UNDER_13:  # a page without the form: nothing typed is even shown again
            raise ImmediateHttpResponse(render(context.request, "account/too_young.html", status=403))
        if cleaned.get("age") and "turns_18" in cleaned:
            try:
                adult_day(cleaned["age"], cleaned["turns_18"], today=clock.now().date())
            except Refusal as refusal:
                self.add_error("turns_18" if cleaned["age"] == AgeBand.FROM_13_TO_17 else "age", str(refusal))
        if "name" in cleaned and not clean_name(cleaned["name"]):
            self.add_error("name", str(NameMissing()))
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[Account | None, HttpResponse | None]:
        """The account, or what somebody gets whose address has one, also when it got it this very moment."""
        try:
            saved: tuple[Account | None, HttpResponse | None] = super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            saved = super().try_save(request)
        return saved

    @transaction.atomic
    def save(self, request: HttpRequest) -> Account:
        account: Account = super().save(request)
        turns_18: date | None = self.cleaned_data["turns_18"]
        actions.register_person(
            account=account,
            name=self.cleaned_data["name"],
            position=self.cleaned_data["position"],
            language=translation.get_language() or "en",
            age=self.cleaned_data["age"],
            turns_18=turns_18,
            now=clock.now(),
        )
        return account
