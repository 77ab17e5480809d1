"""Ways into an organisation: invitations and requests."""

from django.db import models
from django.db.models import Q

from touchstone.kit.ids import new_id
from touchstone.people.enums import RequestState, Role
from touchstone.people.models.organisations import Organisation
from touchstone.people.models.persons import Pseudonym


class Invitation(models.Model):
    """An offer to join: to one address, or by a link that ``max_uses`` people may follow.

    The link carries a token; here stands only its hash, and none before the mail to an address is written.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, null=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    employs = models.BooleanField(default=False)
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    max_uses = models.PositiveIntegerField(default=1)
    uses = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Pseudonym, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(uses__lte=models.F("max_uses")), name="invitation_not_overused"),
            models.CheckConstraint(condition=~Q(role="") | Q(employs=True), name="invitation_offers_something"),
        ]
        indexes = [models.Index(fields=["organisation", "-made_at", "-id"], name="invitations_newest")]

    def __str__(self) -> str:
        return f"invitation to {self.organisation_id}"


class InvitationUse(models.Model):
    """Somebody accepted an invitation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="used_by")
    person = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "person"], name="one_use_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id} by {self.invitation_id}"


class JoinRequest(models.Model):
    """A person says that she works at an organisation and asks it to confirm."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="join_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="join_requests")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Pseudonym, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(state=RequestState.OPEN), name="one_open_join_request"
            )
        ]
        indexes = [models.Index(fields=["organisation", "state", "asked_at"], name="join_requests_waiting")]

    def __str__(self) -> str:
        return f"{self.person_id} asks {self.organisation_id}"
