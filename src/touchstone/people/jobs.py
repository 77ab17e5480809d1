"""Jobs of the people context."""

from uuid import UUID

from procrastinate.contrib.django import app

from touchstone.kit import clock
from touchstone.kit.jobs import RETRY, job
from touchstone.people import actions


@job("people.match_statement", retry=RETRY)
def match_statement(statement_id: str) -> None:
    actions.match_statement(statement_id=UUID(statement_id), now=clock.now())


@job("people.send_invitation", retry=RETRY)
def send_invitation(invitation_id: str) -> None:
    actions.mail_invitation(invitation_id=UUID(invitation_id), now=clock.now())


@app.periodic(cron="53 2 * * *")
@job("people.match_statements", queueing_lock="people.match_statements")
def match_statements(timestamp: int) -> None:
    actions.match_all_statements(now=clock.now())
