"""Mail: written to an outbox inside the transaction, sent by a job, never twice for the same reason."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from touchstone.kit.models import OutgoingMail


def write(
    *, kind: str, to: str, language: str, context: dict[str, object], now: datetime, once: str | None = None
) -> None:
    """Render ``mail/<kind>.txt`` and put it in the outbox. The template's first line is the subject.

    ``once`` names the reason: a second mail for the same reason is not written, so handlers may run twice.
    """
    with translation.override(language):
        subject, _, text = render_to_string(f"mail/{kind}.txt", context).strip().partition("\n")
        html = render_to_string("mail/frame.html", {"subject": subject, "text": text.strip()})
    post(kind=kind, to=to, subject=subject, text=text.strip(), html=html, now=now, once=once)


def post(
    *, kind: str, to: str, subject: str, text: str, now: datetime, html: str = "", once: str | None = None
) -> OutgoingMail | None:
    """Put a finished mail in the outbox and defer its sending; None when it was written before."""
    from touchstone.kit import jobs  # the jobs module imports this one

    with transaction.atomic():
        row = OutgoingMail(kind=kind, to=to, subject=subject[:200], text=text, html=html, written_at=now, once=once)
        if not OutgoingMail.objects.bulk_create([row], ignore_conflicts=True) or (
            once and not OutgoingMail.objects.filter(id=row.id).exists()
        ):
            return None
        jobs.send_mail.defer(mail_id=str(row.id))
        return row


def deliver(mail_id: UUID, *, now: datetime) -> None:
    """Hand one mail to the mail server, unless it went already."""
    with transaction.atomic():
        row = OutgoingMail.objects.select_for_update().filter(id=mail_id).first()
        if row is None or row.sent_at:  # forgotten with the person it was to, or gone already
            return
        # Killed after the mail server took it, this runs again; by its id mailboxes know the copy (RFC 5322, 3.6.4).
        headers = {"Message-ID": f"<{row.token}@{urlsplit(settings.ORIGIN).hostname}>"}
        message = EmailMultiAlternatives(row.subject, row.text, to=[row.to], headers=headers)
        if row.html:
            message.attach_alternative(row.html, "text/html")
        message.send()
        row.sent_at = now
        row.save(update_fields=["sent_at"])


def forget(addresses: Iterable[str]) -> None:
    """Take every mail to these addresses out of the outbox, sent or not."""
    OutgoingMail.objects.filter(to__in=list(addresses)).delete()


def forget_sent(kind: str) -> None:
    """Take the mails of a kind that went out of the outbox: the last ones to people who are erased."""
    OutgoingMail.objects.filter(kind=kind, sent_at__isnull=False).delete()
