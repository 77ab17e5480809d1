from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "touchstone.catalogue"
