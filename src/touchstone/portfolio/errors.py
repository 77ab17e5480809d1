"""States the portfolio refuses to act in, as sentences."""

from django.utils.translation import gettext_lazy as _

from touchstone.kit.errors import Refusal


class NotEditable(Refusal):
    sentence = _(
        "This attempt was handed in, so it can no longer be changed. Withdraw it first, or wait for the result."
    )


class AnswerChangedElsewhere(Refusal):
    """``theirs`` is the text that stands now, ``revision`` its number."""

    sentence = _("This answer was changed in another window. Both texts are kept: choose which one should stand.")


class AnswerTooLong(Refusal):
    status = 400
    sentence = _("This answer has {length} characters; {cap} is the most we can keep. Nothing was changed.")


class UnknownPrompt(Refusal):
    status = 400
    sentence = _("This micro-credential has no such question.")


class UnknownSlot(Refusal):
    status = 400
    sentence = _("This micro-credential does not ask for such evidence.")


class SlotFull(Refusal):
    sentence = _("At most {most} pieces fit here. Remove one first.")


class FormNotAccepted(Refusal):
    status = 400
    sentence = _("“{name}” was not added: this evidence must be one of: {accepted}.")


class EvidenceRefused(Refusal):
    """A file that cannot be taken; ``why`` is the sentence of core.media."""

    status = 400
    sentence = _("“{name}” was not added. {why}")


class LinkNotUsable(Refusal):
    status = 400
    sentence = _("This is not a link to a page on the web. It should begin with https:// and name a site.")


class NotComplete(Refusal):
    """``missing`` lists what is missing, one sentence each."""

    sentence = _("Something is still missing, so it was not sent. Nothing was lost.")


class AlreadySubmitted(Refusal):
    sentence = _("This attempt was handed in already. You need not do anything.")


class NotWithdrawable(Refusal):
    sentence = _("Only work that is being assessed can be withdrawn.")


class NoNewAttempt(Refusal):
    sentence = _("A new attempt can begin after a “not yet” or after you withdrew the last one.")


class KeptFromBefore(Refusal):
    sentence = _("This part was met in an earlier attempt and stays as it was.")


class ReleaseWithdrawn(Refusal):
    """Evidence that was there, and whose bytes are gone for good."""

    status = 410
    sentence = _("This piece of evidence was removed, because a release for it was withdrawn or its owner left.")


class NothingToReplace(Refusal):
    sentence = _("These words do not stand in the text any more. Nothing was changed.")


class NotKeepable(Refusal):
    status = 400
    sentence = _("This is known to be yours, so assessors never read it. You can replace it, or leave it to us.")


class DraftEvidence(Refusal):
    sentence = _("This piece was never handed in. Remove it from your draft instead.")
