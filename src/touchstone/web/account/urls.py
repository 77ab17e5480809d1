"""The account's own pages; signing in and keeping the account safe are django-allauth's."""

from django.urls import path

from touchstone.web.account import activity, apps, guardian, language, rights, switching, views, work

urlpatterns = [
    path("account/profile/", views.account, name="account"),
    path("account/language", language.set_language, name="set_language"),
    path("account/activity/", activity.activity, name="activity"),
    path("account/apps/", apps.apps, name="apps"),
    path("account/apps/disconnect", apps.disconnect, name="disconnect_app"),
    path("account/data/", rights.your_data, name="your_data"),
    path("account/data/copy", rights.ask_export, name="ask_export"),
    path("account/data/copy/<str:token>", rights.fetch_export, name="fetch_export"),
    path("account/data/erase/", rights.erase_account, name="erase_account"),
    path("erased/<str:token>/", rights.erased, name="erased"),
    path("account/work/", work.work, name="work"),
    path("account/work/find/", work.find_employer, name="find_employer"),
    path("account/work/add/<slug:slug>/", work.add_employer, name="add_employer"),
    path("account/work/ended", work.end_employment, name="end_employment"),
    path("account/work/leave", work.leave, name="leave"),
    path("account/work/withdraw", work.withdraw_request, name="withdraw_request"),
    path("account/guardian/", guardian.ask_guardian, name="ask_guardian"),
    path("guardians/<str:token>/", guardian.guardian, name="guardian"),
    path("account/act-as", switching.act_as, name="act_as"),
    path("account/acting/", switching.acting, name="acting"),
    path("account/second-step/", switching.show_second_step, name="second_step"),
]
