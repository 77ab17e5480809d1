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
    STUDENT = "student", _("High school student who wants to teach")
    OTHER = "other", _("Other")


class Subject(TextChoices):
    """What somebody teaches, as schools name it."""

    ELEMENTARY = "elementary", _("All elementary subjects")
    EARLY_CHILDHOOD = "early_childhood", _("Early childhood")
    ENGLISH = "english", _("English language arts")
    READING = "reading", _("Reading and literacy")
    MATHEMATICS = "mathematics", _("Mathematics")
    SCIENCE = "science", _("Science")
    SOCIAL_STUDIES = "social_studies", _("Social studies")
    WORLD_LANGUAGES = "world_languages", _("World languages")
    BILINGUAL = "bilingual", _("Bilingual education")
    ENGLISH_LEARNERS = "english_learners", _("English for speakers of other languages")
    SPECIAL_EDUCATION = "special_education", _("Special education")
    GIFTED = "gifted", _("Gifted education")
    ARTS = "arts", _("Visual arts")
    MUSIC = "music", _("Music")
    THEATRE = "theatre", _("Theatre and dance")
    PHYSICAL_EDUCATION = "physical_education", _("Physical education and health")
    COMPUTER_SCIENCE = "computer_science", _("Computer science")
    CAREER_TECHNICAL = "career_technical", _("Career and technical education")
    LIBRARY = "library", _("Library and media")
    COUNSELLING = "counselling", _("Counselling")
    OTHER = "other", _("Something else")


class GradeBand(TextChoices):
    PRE_K = "pre-k", _("Before kindergarten")
    K_2 = "k-2", _("Kindergarten to grade 2")
    GRADES_3_5 = "3-5", _("Grades 3 to 5")
    GRADES_6_8 = "6-8", _("Grades 6 to 8")
    GRADES_9_12 = "9-12", _("Grades 9 to 12")
    ADULT = "adult", _("Adults and after high school")


class AgeBand(TextChoices):
    """What a person says of her age when she registers; a birth date is never asked for."""

    UNDER_13 = "under_13", _("Under 13")
    FROM_13_TO_17 = "13_to_17", _("13 to 17")
    ADULT = "adult", _("18 or older")


class DomainRule(TextChoices):
    """What follows when somebody verifies an address at an organisation's e-mail domain."""

    JOIN = "join", _("Counts as an employee at once")
    ASK = "ask", _("Asks to be counted as an employee")
    NONE = "none", _("Nothing; the domain only shows who may know whom")


class EndReason(TextChoices):
    LEFT = "left", _("Left")
    REMOVED = "removed", _("Removed")


class GlassCause(TextChoices):
    """Why platform staff look at who somebody is, as the person is told."""

    HELP = "help", _("Help with the account was asked for")
    SAFETY = "safety", _("Somebody’s safety")
    MISUSE = "misuse", _("A report of misuse or unfair scoring")
    LEGAL = "legal", _("A legal duty")
    ERROR = "error", _("Something broke, and nobody could be helped without it")


class RequestState(TextChoices):
    OPEN = "open", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


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
    FORMER_COLLEAGUE = "former_colleague", _("Worked together")
    KNOWS = "knows", _("Know each other well")


class TieSource(TextChoices):
    DECLARED = "declared", _("Declared")
    DERIVED = "derived", _("Derived")
    IMPORTED = "imported", _("Imported")
