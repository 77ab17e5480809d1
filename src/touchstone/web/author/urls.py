"""The issuers' door: decisions to release, the awards that came of them, keys, and endorsements."""

from django.urls import path

from touchstone.web.author import endorsements, keys, standing, views

urlpatterns = [
    path("author/decisions/", views.decisions, name="decisions"),
    path("author/decisions/<str:token>/", views.decision, name="decision"),
    path("author/decisions/<str:token>/release", views.release, name="release"),
    path("author/awards/", views.issued, name="issued"),
    path("author/awards/<slug:token>/", standing.standing, name="standing"),
    path("author/awards/<slug:token>/lift", standing.lift_suspension, name="lift_suspension"),
    path("author/awards/<slug:token>/renew", standing.renew_award, name="renew_award"),
    path("author/keys/", keys.signing_keys, name="signing_keys"),
    path("author/keys/rotate", keys.rotate_key, name="rotate_key"),
    path("author/keys/sign", keys.sign_badges, name="sign_badges"),
    path("author/keys/<slug:public>/give-up", keys.give_up_key, name="give_up_key"),
    path("author/endorsements/", endorsements.endorsements, name="endorsements"),
    path("author/endorsements/give", endorsements.give_endorsement, name="give_endorsement"),
    path("author/endorsements/<slug:token>/withdraw", endorsements.withdraw_endorsement, name="withdraw_endorsement"),
]
