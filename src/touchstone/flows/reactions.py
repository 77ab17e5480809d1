"""What follows from what: handlers that join neighbours. Each may run twice."""

from datetime import datetime
from uuid import UUID

from touchstone.assessment import actions as assessment
from touchstone.assessment.enums import Outcome
from touchstone.assessment.events import (
    AllianceAsked,
    DecisionReleased,
    NobodyEligible,
    OfferDeclined,
    OfferLapsed,
    PairDisagreesOften,
    PoolWidened,
    ReadingWanted,
    WorkOffered,
    WorkTakenBack,
)
from touchstone.assessment.models import Assignment, Decision, PoolAlliance
from touchstone.catalogue import queries as catalogue
from touchstone.core import pathways
from touchstone.credentials import actions as credentials
from touchstone.credentials import queries as awards
from touchstone.credentials.enums import RunKind
from touchstone.credentials.events import (
    AwardMade,
    AwardRevoked,
    AwardShared,
    BadgeRenewed,
    BadgeSigned,
    EndorsementGiven,
    EndorsementWithdrawn,
    EvidenceShown,
    KeyGivenUp,
)
from touchstone.credentials.models import Award, Endorsement, ShownArtifact
from touchstone.flows import judging, notices
from touchstone.kit.actor import system
from touchstone.kit.journal import listen
from touchstone.people.events import ConflictStated, TieDeclared, TieMatched, TiesDerived, TiesImported
from touchstone.people.models import Organisation, Tie
from touchstone.portfolio.events import AttemptSubmitted, AttemptWithdrawn
from touchstone.portfolio.models import Attempt


@listen(AttemptSubmitted)
def find_assessor(event: AttemptSubmitted, at: datetime) -> None:
    assessment.offer_attempt(actor=system("offer"), attempt_id=event.attempt, now=at)


@listen(AttemptSubmitted)
def tell_earner_it_arrived(event: AttemptSubmitted, at: datetime) -> None:
    notices.attempt_submitted(_attempt(event.attempt), at)


@listen(AttemptWithdrawn)
def take_back_assignments(event: AttemptWithdrawn, at: datetime) -> None:
    assessment.cancel_assignments(actor=system("withdraw"), attempt_id=event.attempt, now=at)


@listen(OfferDeclined)
def find_another_assessor(event: OfferDeclined, at: datetime) -> None:
    assessment.offer_attempt(actor=system("offer"), attempt_id=event.attempt, now=at)


@listen(OfferLapsed)
def find_assessor_who_answers(event: OfferLapsed, at: datetime) -> None:
    assessment.offer_attempt(actor=system("offer"), attempt_id=event.attempt, now=at)


@listen(OfferLapsed)
def tell_assessor_it_lapsed(event: OfferLapsed, at: datetime) -> None:
    rows = Assignment.objects.select_related("attempt__submission__version")
    notices.offer_lapsed(rows.get(id=event.assignment), at)


@listen(ReadingWanted)
def find_next_reader(event: ReadingWanted, at: datetime) -> None:
    assessment.offer_attempt(actor=system("offer"), attempt_id=event.attempt, now=at)


@listen(WorkTakenBack)
def find_assessor_in_her_place(event: WorkTakenBack, at: datetime) -> None:
    assessment.offer_attempt(actor=system("offer"), attempt_id=event.attempt, now=at)


@listen(WorkTakenBack)
def tell_assessor_it_went_on(event: WorkTakenBack, at: datetime) -> None:
    rows = Assignment.objects.select_related("attempt__submission__version")
    notices.work_taken_back(rows.get(id=event.assignment), at)


@listen(TieMatched)
def part_whom_a_statement_ties(event: TieMatched, at: datetime) -> None:
    _part(event.tie, at)


@listen(TieDeclared)
def part_the_tied(event: TieDeclared, at: datetime) -> None:
    _part(event.tie, at)


@listen(ConflictStated)
def part_from_a_whole_place(event: ConflictStated, at: datetime) -> None:
    assessment.take_back_barred_work(actor=system("ties"), now=at, among=[event.person])


@listen(TiesDerived)
def part_the_derived(event: TiesDerived, at: datetime) -> None:
    assessment.take_back_barred_work(actor=system("ties"), now=at)


@listen(TiesImported)
def part_the_imported(event: TiesImported, at: datetime) -> None:
    assessment.take_back_barred_work(actor=system("ties"), now=at)


@listen(AllianceAsked)
def tell_the_asked_issuer(event: AllianceAsked, at: datetime) -> None:
    notices.alliance_asked(PoolAlliance.objects.select_related("issuer").get(id=event.alliance), at)


@listen(PoolWidened)
def give_out_to_the_ally(event: PoolWidened, at: datetime) -> None:
    assessment.give_out_waiting_work(actor=system("offer"), now=at)


@listen(PairDisagreesOften)
def tell_leaders_of_the_pair(event: PairDisagreesOften, at: datetime) -> None:
    notices.pair_disagrees(_attempt(event.attempt), at)


@listen(WorkOffered)
def tell_assessor(event: WorkOffered, at: datetime) -> None:
    rows = Assignment.objects.select_related("attempt__submission__version__micro_credential__issuer")
    notices.work_offered(rows.get(id=event.assignment), at)


@listen(NobodyEligible)
def tell_scoring_leaders(event: NobodyEligible, at: datetime) -> None:
    notices.nobody_eligible(_attempt(event.attempt), at)


@listen(DecisionReleased)
def tell_earner_the_outcome(event: DecisionReleased, at: datetime) -> None:
    notices.decision_released(_attempt(event.attempt), at)


@listen(DecisionReleased)
def make_award(event: DecisionReleased, at: datetime) -> None:
    if event.outcome != Outcome.EARNED:
        return
    decision = Decision.objects.get(id=event.decision)
    attempt = _attempt(event.attempt)
    levels = {reason["criterion"]: reason["level"] for reason in decision.reasons}
    judged = judging.judged(attempt)
    credentials.award_version(actor=system("award"), attempt=attempt, levels=levels, judged=judged, now=at)


@listen(AwardMade)
def sign_badge(event: AwardMade, at: datetime) -> None:
    credentials.sign_badge(actor=system("sign"), award_id=event.award, now=at)


@listen(AwardMade)
def award_completed_stacks(event: AwardMade, at: datetime) -> None:
    """Give every stack that this award completes; a completed stack adds nothing to others."""
    award = Award.objects.select_related("version").get(id=event.award)
    if award.version is None:
        return
    held = awards.slugs_held(event.holder, now=at)
    for stack in catalogue.stacks_with(award.version.micro_credential_id):
        version = stack.current
        if version and pathways.progress(catalogue.stack_document(version.id).rule, held).complete:
            credentials.award_stack(actor=system("stack"), holder=event.holder, stack_version=version, now=at)


@listen(BadgeSigned)
def tell_holder(event: BadgeSigned, at: datetime) -> None:
    notices.award_ready(awards.get_award_by_id(event.award), at)


@listen(BadgeRenewed)
def tell_holder_of_renewal(event: BadgeRenewed, at: datetime) -> None:
    notices.badge_renewed(awards.get_award_by_id(event.award), at)


@listen(AwardRevoked)
def publish_status(event: AwardRevoked, at: datetime) -> None:
    credentials.publish_status_list(actor=system("status"), award_id=event.award, now=at)


@listen(AwardRevoked)
def revoke_broken_stacks(event: AwardRevoked, at: datetime) -> None:
    credentials.revoke_broken_stacks(actor=system("stack"), holder=event.holder, now=at)


@listen(KeyGivenUp)
def tell_endorsers_of_the_key(event: KeyGivenUp, at: datetime) -> None:
    notices.key_given_up(Organisation.objects.get(id=event.issuer), event.key, at)


@listen(KeyGivenUp)
def sign_again_what_carries_its_endorsements(event: KeyGivenUp, at: datetime) -> None:
    """Badges of others hold endorsements that the key signed; they get the ones signed anew."""
    rows = Endorsement.objects.filter(endorser_id=event.issuer, withdrawn_at=None)
    about = ("issuer_id", "version__micro_credential__issuer_id", "award__issuer_id")
    issuers = {issuer for row in rows.values_list(*about) for issuer in row if issuer}
    for issuer in Organisation.objects.filter(id__in=issuers).order_by("id"):
        credentials.begin_signing_run(actor=system("endorsements"), issuer=issuer, kind=RunKind.AGAIN, now=at)


@listen(EndorsementGiven)
def let_the_badge_say_it(event: EndorsementGiven, at: datetime) -> None:
    """An award's one badge is signed again at once; of items and issuers, badges signed from now on say it."""
    _sign_endorsed_award(event.endorsement, at)


@listen(EndorsementWithdrawn)
def let_the_badge_say_it_no_more(event: EndorsementWithdrawn, at: datetime) -> None:
    _sign_endorsed_award(event.endorsement, at)


@listen(AwardShared)
def let_the_badge_name_evidence_only_while_shared(event: AwardShared, at: datetime) -> None:
    if ShownArtifact.objects.filter(award=event.award).exists():
        credentials.sign_again(actor=system("evidence"), award_id=event.award, now=at)


@listen(EvidenceShown)
def let_the_badge_name_what_is_shown(event: EvidenceShown, at: datetime) -> None:
    credentials.sign_again(actor=system("evidence"), award_id=event.award, now=at)


@listen(AwardRevoked)
def tell_holder_of_revocation(event: AwardRevoked, at: datetime) -> None:
    notices.award_revoked(awards.get_award_by_id(event.award), at)


def _sign_endorsed_award(endorsement: UUID, at: datetime) -> None:
    award = Endorsement.objects.values_list("award", flat=True).get(id=endorsement)
    if award:
        credentials.sign_again(actor=system("endorsements"), award_id=award, now=at)


def _part(tie_id: UUID, at: datetime) -> None:
    tie = Tie.objects.get(id=tie_id)
    assessment.take_back_barred_work(actor=system("ties"), now=at, among=[tie.a_id, tie.b_id])


def _attempt(attempt_id: UUID) -> Attempt:
    return Attempt.objects.select_related("submission__version__micro_credential").get(id=attempt_id)
