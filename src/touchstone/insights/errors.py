"""Refusals of the insights."""

from django.utils.translation import gettext_lazy as _

from touchstone.kit.errors import Refusal


class NoteEmpty(Refusal):
    sentence = _("Write down what was found: an entry needs some text.")


class NoteTooLong(Refusal):
    sentence = _("An entry holds {cap} characters; this one has {length}. Split it into several.")


class NoteInTheFuture(Refusal):
    sentence = _("The day of an entry cannot lie in the future.")
