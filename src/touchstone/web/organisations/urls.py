"""The organisations' door: what administrators look after, and how people come in."""

from django.urls import path

from touchstone.web.organisations import invitations, joining, members, pages

urlpatterns = [
    path("organisations/", pages.organisations, name="organisations"),
    path("organisations/<slug:slug>/", pages.organisation, name="organisation"),
    path("organisations/<slug:slug>/members/", members.members, name="members"),
    path("organisations/<slug:slug>/members/dates", members.change_dates, name="change_dates"),
    path("organisations/<slug:slug>/members/remove", members.remove, name="remove_member"),
    path("organisations/<slug:slug>/people/", members.employees, name="employees"),
    path("organisations/<slug:slug>/people/confirm", members.confirm_employment, name="confirm_employment"),
    path("organisations/<slug:slug>/people/ended", members.end_employment, name="employment_ended"),
    path("organisations/<slug:slug>/people/identity", members.confirm_identity, name="confirm_identity"),
    path("organisations/<slug:slug>/invitations/", invitations.invitations, name="invitations"),
    path("organisations/<slug:slug>/invitations/one/", invitations.invite, name="invite"),
    path("organisations/<slug:slug>/invitations/link/", invitations.invitation_link, name="invitation_link"),
    path("organisations/<slug:slug>/invitations/list/", invitations.invitation_list, name="invitation_list"),
    path("organisations/<slug:slug>/invitations/list/send", invitations.send_list, name="send_list"),
    path("organisations/<slug:slug>/invitations/again", invitations.invitation_again, name="invitation_again"),
    path("organisations/<slug:slug>/invitations/revoke", invitations.revoke_invitation, name="revoke_invitation"),
    path("organisations/<slug:slug>/requests/", pages.join_requests, name="join_requests"),
    path("organisations/<slug:slug>/requests/answer", pages.answer_request, name="answer_request"),
    path("organisations/<slug:slug>/domains/", pages.domains, name="domains"),
    path("organisations/<slug:slug>/domains/remove", pages.remove_domain, name="remove_domain"),
    path("join/<str:token>/", joining.join, name="join"),
]
