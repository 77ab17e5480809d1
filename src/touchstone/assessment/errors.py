"""States assessment refuses to act in, as sentences."""

from django.utils.translation import gettext_lazy as _

from touchstone.kit.errors import Refusal


class NotOffered(Refusal):
    sentence = _("This offer is no longer open.")


class NotInYourHands(Refusal):
    sentence = _("This work is not open for scoring: accept it first, or it was scored or withdrawn already.")


class WorkWithdrawn(Refusal):
    sentence = _("The earner withdrew this work, so it needs no scores any more. Thank you for your time.")


class AlreadyScored(Refusal):
    sentence = _("You sent these scores already. You need not do anything.")


class UnknownCriterion(Refusal):
    status = 400
    sentence = _("The rubric has no such criterion, or it was met before and is not scored again.")


class UnknownLevel(Refusal):
    status = 400
    sentence = _("The rubric has no such level on this criterion.")


class ScoreChangedElsewhere(Refusal):
    """``theirs`` is the comment that stands now, ``level`` its level, ``revision`` its number."""

    sentence = _("This score was changed in another window. Both are kept: choose which one should stand.")


class CommentTooLong(Refusal):
    status = 400
    sentence = _("This comment has {length} characters; {cap} is the most we can keep. Nothing was changed.")


class ScoresMissing(Refusal):
    """``missing`` and ``uncommented`` hold criterion keys."""

    sentence = _("Every criterion needs a level, and every level below passing a comment the earner can act on.")


class NothingToRelease(Refusal):
    sentence = _("The earner withdrew this work, so there is nothing to release any more.")


class WorkReassigned(Refusal):
    sentence = _("This work was given to somebody else, so it needs no scores from you. Thank you for your time.")


# -- giving out --------------------------------------------------------------------------------------------------------


class NotUsableNumber(Refusal):
    status = 400
    sentence = _("Please give a whole number from {least} to {most}.")


class UnknownLanguage(Refusal):
    status = 400
    sentence = _("“{language}” is not one of the languages here. Choose from the list.")


class NotAnotherIssuer(Refusal):
    status = 400
    sentence = _("Choose another organisation that issues micro-credentials.")


class AlreadyAsked(Refusal):
    sentence = _("You asked this issuer already. You will hear from it.")


class NotOfThePools(Refusal):
    status = 400
    sentence = _("Only assessors of your own pool or of an allied one can be qualified.")


class NotToYourself(Refusal):
    status = 403
    sentence = _("You cannot qualify yourself. Ask another scoring leader.")


class DecidedAlready(Refusal):
    sentence = _("There is a decision on this work already, so it is not read again.")


class SecondReadingPlanned(Refusal):
    sentence = _("This work is read twice already.")


class NothingToWaive(Refusal):
    sentence = _(
        "One reading can stand alone only where two were promised, one is in, and nobody has the other in hand."
    )


class ReasonMissing(Refusal):
    status = 400
    sentence = _("Please write why one reading has to do, in a sentence or two (up to {most} characters).")


class NobodyMissing(Refusal):
    sentence = _("Everything this work needs is in somebody’s hands, so there is nothing to take.")


class NotYoursToRead(Refusal):
    """No detail: the reason could tell whose work it is."""

    sentence = _(
        "You cannot take this reading: it needs somebody who is qualified, confirmed, in the pool, without a tie to the"
        " earner, and who has not read this work."
    )
