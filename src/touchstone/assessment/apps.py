from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "touchstone.assessment"
