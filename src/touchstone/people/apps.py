from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "touchstone.people"

    def ready(self) -> None:
        from touchstone.people import allauth, lockout, sign_ins

        allauth.connect()
        sign_ins.connect()
        lockout.connect()
