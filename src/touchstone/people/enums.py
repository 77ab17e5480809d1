"""Choices of the people context."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    SCHOOL = "school", _("School")
    DISTRICT = "district", _("District")
    REGIONAL_AGENCY = "regional_agency", _("Regional agency")
    STATE_AGENCY = "state_agency", _("State agency")
    UNIVERSITY = "university", _("University or preparation programme")
    ASSOCIATION = "association", _("Association or union")
    PROVIDER = "provider", _("Provider")


class Position(TextChoices):
    TEACHER = "teacher", _("Teacher")
    PARAPROFESSIONAL = "paraprofessional", _("Paraprofessional")
    ADMINISTRATOR = "administrator", _("Administrator")
    PRINCIPAL = "principal", _("Principal")
    COACH = "coach", _("Coach")
    MENTOR = "mentor", _("Mentor")
    NOVICE = "novice", _("Novice teacher")
    CANDIDATE = "candidate", _("Future teacher in preparation")
    OTHER = "other", _("Other")


class Role(TextChoices):
    """What a membership lets a person do in an organisation. Earning needs no membership."""

    AUTHOR = "author", _("Author")
    ASSESSOR = "assessor", _("Assessor")
    SCORING_LEADER = "scoring_leader", _("Scoring leader")
    AWARD_STAFF = "award_staff", _("Award staff")
    ADMINISTRATOR = "administrator", _("Administrator")
    FACILITATOR = "facilitator", _("Facilitator")
    RESEARCHER = "researcher", _("Researcher")
    PLATFORM_STAFF = "platform_staff", _("Platform staff")


class TieKind(TextChoices):
    """Relations between two people that always exclude scoring."""

    SCHOOL = "school", _("Works in the same school")
    SUPERVISOR = "supervisor", _("Supervisor")
    COACH = "coach", _("Coach")
    KIN = "kin", _("Family")
    CO_AUTHOR = "co_author", _("Co-author")
    COHORT = "cohort", _("Same cohort")
    PEER_REVIEWER = "peer_reviewer", _("Peer reviewer")


class TieSource(TextChoices):
    DECLARED = "declared", _("Declared")
    DERIVED = "derived", _("Derived")
    IMPORTED = "imported", _("Imported")
