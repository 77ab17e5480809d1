from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "touchstone.flows"

    def ready(self) -> None:
        """Reactions register with the journal when they are imported."""
        from touchstone.flows import reactions  # noqa: F401
