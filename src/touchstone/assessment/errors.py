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
